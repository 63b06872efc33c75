"""The view of a session page (time span, cells, options) and the query that stores it.

``assets/session/view/query.js`` writes the same query; the cases in ``tests/cases/urls.json``
test both. An example::

    ?t=1203.4-1263.4&cells=1086500017,1086500034&rows=stimulus,licks&activity=dff&sort=stored
    &traces=dff,events&projection=max_projection&tab=events&event=omission&split=image
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboard.urls.kept_choices import OFF, ON
from dashboard.urls.templates import escaped, query_value, whole_numbers

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
"""Defaults of the panel ``events``; an empty window means the default window of the event."""

PANEL_OPTIONS: dict[str, Any] = {
    "trials-order": "time",
    "trials-outcomes": ["hit", "miss", "false_alarm", "correct_reject", "auto_rewarded"],
    "trials-view": "raster",
    "performance-raw": OFF,
    "field-of-view-outlines": ON,
    "replay-side": "warped",
    "replay-speed": "1",
    "replay-loop": OFF,
    "stimuli-side": "warped",
    "details-view": "keys",
    "details-attribute": "trials",
    "details-plane": "",  # the first that can be read
}
"""Defaults of choices that only their own panel uses, by the id of the control."""

TABLES = ("trials-table", "cells-table", "responses-table", "stimuli-rows", "details-rows")
"""The tables of panels; ``assets/core/row_choice.js`` writes how each is sorted and filtered."""

DEFAULT_OPTIONS: dict[str, Any] = {
    "rows": list(DEFAULT_ROWS),
    "activity": "dff",
    "sort": "stored",
    "traces": ["dff"],
    "projection": "max_projection",
    "tab": "trials",
    "max": "",
    "columns": "",
    "notes": "",
    "cursor": "",
    **EVENT_OPTIONS,
    **PANEL_OPTIONS,
    **dict.fromkeys(TABLES, ""),
}
"""``max`` names the panel that fills the page. ``columns`` is the left column's width in percent of
the page; where it is empty the reader's own is meant, else the usual one. ``notes`` is ``open``
while the drawer is. ``cursor`` is the time (s) of the cursor until the window is moved; it
stands in the middle where there is none."""
_SPAN = re.compile(r"^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class ViewState:
    """A time span (s), the selected cells and the options.

    The server chooses the span where it is None, and a cell where there are none.
    """

    span: tuple[float, float] | None = None
    cells: tuple[int, ...] = ()
    options: dict[str, Any] = field(default_factory=lambda: dict(DEFAULT_OPTIONS))

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> ViewState:
        """Parse a query as Dash passes it to layouts; invalid values give the defaults."""
        options = dict(DEFAULT_OPTIONS)
        for name, default in DEFAULT_OPTIONS.items():
            if text := query_value(query, name):
                options[name] = text.split(",") if isinstance(default, list) else text
        return cls(
            _span(query_value(query, "t")), whole_numbers(query_value(query, "cells")), options
        )

    def to_query(self) -> str:
        """The query of this view without ``?``; options that have their default are left out."""
        parts = [] if self.span is None else [f"t={'-'.join(_seconds(t) for t in self.span)}"]
        if self.cells:
            parts.append(f"cells={_text(self.cells)}")
        for name, value in self.options.items():
            if (text := _text(value)) != _text(DEFAULT_OPTIONS[name]):
                parts.append(f"{name}={escaped(text)}")
        return "&".join(parts)


def _seconds(time: float) -> str:
    """Seconds rounded as JavaScript does, to a tenth of a millisecond: 0.00025 gives 0.0003."""
    rounded = Decimal(time).quantize(Decimal("0.0001"), ROUND_HALF_UP) + 0  # no −0
    return f"{rounded:f}".rstrip("0").rstrip(".")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ",".join(map(str, value))


def _span(text: str) -> tuple[float, float] | None:
    match = _SPAN.match(text)
    if not match:
        return None
    start, stop = sorted((float(match[1]), float(match[2])))
    return (start, stop) if start < stop < math.inf else None
