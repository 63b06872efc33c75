"""What a session page shows, as its URL query says it. Pure; ``assets/view.js`` writes the same.

?t=1203.4-1263.4&cells=1086500017,1086500034&rows=stimulus,licks&activity=dff&sort=stored
&traces=dff,events&projection=max_projection&tab=events&event=omission&split=image
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

DEFAULT_ROWS = ("stimulus", "trials", "licks", "running_speed", "pupil_area", "activity", "cells")
EVENT_OPTIONS = {
    "event": "change",
    "signal": "dff",
    "of": "cells",
    "split": "outcome",
    "around": "",
    "baseline": "",
    "response": "",
    "subtract": "no",
    "band": "sem",
    "at": "",
    "engaged": "",
    "order": "response",
    "show": "figure",
}
"""Choices of the panel ``events``; an empty window is the usual one of the event."""

DEFAULT_OPTIONS: dict[str, Any] = {
    "rows": list(DEFAULT_ROWS),
    "activity": "dff",
    "sort": "stored",
    "traces": ["dff"],
    "projection": "max_projection",
    "tab": "trials",
    **EVENT_OPTIONS,
}
_SPAN = re.compile(r"^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class ViewState:
    """A time span (s), the selected cells and the options; None and empty mean: choose for me."""

    span: tuple[float, float] | None = None
    cells: tuple[int, ...] = ()
    options: dict[str, Any] = field(default_factory=lambda: dict(DEFAULT_OPTIONS))

    @classmethod
    def from_query(cls, query: dict[str, Any]) -> ViewState:
        """Read a URL query; what cannot be understood is left at its default."""
        options = dict(DEFAULT_OPTIONS)
        for name, default in DEFAULT_OPTIONS.items():
            if text := str(query.get(name) or ""):
                options[name] = text.split(",") if isinstance(default, list) else text
        return cls(_span(query.get("t")), _cells(query.get("cells")), options)


def _span(text: Any) -> tuple[float, float] | None:
    match = _SPAN.match(str(text or ""))
    if not match:
        return None
    start, stop = float(match[1]), float(match[2])
    return (start, stop) if stop > start else None


def _cells(text: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in str(text or "").split(",") if part.isdigit())
