"""How a session page is looked at, as its URL's query says it.

``assets/session/view/query.js`` writes the same; ``tests/cases/urls.json`` has the cases::

    ?t=1203.4-1263.4&cells=1086500017,1086500034&rows=stimulus,licks&activity=dff&sort=stored
    &traces=dff,events&projection=max_projection&tab=events&event=omission&split=image
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboard.urls.templates import escaped, said, whole_numbers

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
"""The choices of the panel ``events``; an empty window means the usual one of the event."""

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
    def from_query(cls, query: Mapping[str, Any]) -> ViewState:
        """Read a query as Dash parses it; what cannot be understood is left at its default."""
        options = dict(DEFAULT_OPTIONS)
        for name, default in DEFAULT_OPTIONS.items():
            if text := said(query, name):
                options[name] = text.split(",") if isinstance(default, list) else text
        return cls(_span(said(query, "t")), whole_numbers(said(query, "cells")), options)

    def to_query(self) -> str:
        """The query that says the same, without ``?``; options at their defaults are left out."""
        parts = [] if self.span is None else [f"t={'-'.join(_seconds(t) for t in self.span)}"]
        if self.cells:
            parts.append(f"cells={_text(self.cells)}")
        for name, value in self.options.items():
            if (text := _text(value)) != _text(DEFAULT_OPTIONS[name]):
                parts.append(f"{name}={escaped(text)}")
        return "&".join(parts)


def _seconds(time: float) -> str:
    """Whole milliseconds as JavaScript writes them, which rounds ties up: 0.0625 as 0.063."""
    rounded = Decimal(time).quantize(Decimal("0.001"), ROUND_HALF_UP) + 0  # no −0
    return f"{rounded:f}".rstrip("0").rstrip(".")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ",".join(map(str, value))


def _span(text: str) -> tuple[float, float] | None:
    match = _SPAN.match(text)
    if not match:
        return None
    start, stop = float(match[1]), float(match[2])
    return (start, stop) if stop > start else None
