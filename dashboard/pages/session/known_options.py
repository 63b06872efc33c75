"""What a link may name in the lists and choices of a session's page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from dashboard.pages.session import columns
from dashboard.pages.session.panels import TABS, field_of_view, replay, stimuli
from dashboard.pages.session.panels.field_of_view import PROJECTIONS
from dashboard.pages.session.panels.timeline import NO_ROW_OF_ITS_OWN
from dashboard.pages.session.timeline_rows import ROWS
from dashboard.urls import DEFAULT_OPTIONS, ViewState
from dashboard.vocabulary.signals import TRACES
from data_layer.store.cell_order import ORDERS

CHOICES: Mapping[str, Collection[str]] = {
    "rows": ROWS,
    "traces": [kind for kind in TRACES if kind != NO_ROW_OF_ITS_OWN],
    "activity": TRACES,
    "sort": ORDERS,
    "projection": PROJECTIONS,
    replay.SPEED: replay.SPEEDS,
    replay.SIDE: stimuli.SIDES,
    "max": ("navigator", "timeline", field_of_view.NAME, *TABS),
    "columns": columns.WIDTHS,
    "notes": ("open",),
}


def with_known_options(view: ViewState) -> ViewState:
    """The view without what no control offers, as in a mistyped link; the defaults stand in."""
    known = {name: _known(name, view.options[name]) for name in CHOICES}
    if known["max"] in TABS:  # a panel in a tab that is closed could not be seen
        known["tab"] = known["max"]
    return replace(view, options=view.options | known)


def _known(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return value if value in CHOICES[name] else DEFAULT_OPTIONS[name]
    return [item for item in value if item in CHOICES[name]] or list(DEFAULT_OPTIONS[name])
