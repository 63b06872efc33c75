"""What a figure around events costs; one that costs too much is refused in words."""

from __future__ import annotations

from dashboard.limits.current import current_settings
from dashboard.pages.session.panels.around_events.asked import Asked
from data_layer.derived.event_alignment import RATE
from data_layer.errors import TooLarge

MILLION = 10**6


def refuse_too_large(asked: Asked) -> None:
    """Check the numbers of moments and of values that the figure is computed from.

    Raises:
        TooLarge: There are more than the settings ``event_moments`` or ``event_values`` allow.
    """
    settings = current_settings()
    moments = n_moments(asked)
    _check(moments, settings.event_moments, "events × moments of the window")
    _check(moments * n_cells(asked), settings.event_values, "events × moments × cells")


def _check(n: int, millions: int, what: str) -> None:
    if n > millions * MILLION:
        advice = "Choose a shorter window, fewer events, or selected cells."
        raise TooLarge(n, millions * MILLION, f"values ({what})", advice)


def n_moments(asked: Asked) -> int:
    """Events × moments of the window."""
    start, stop = asked.choices.around
    return len(asked.events.times) * round((stop - start) * RATE)


def n_cells(asked: Asked) -> int:
    """How many cells are read; a signal of behaviour counts as one."""
    choices = asked.choices
    if not choices.is_of_cells:
        return 1
    if choices.of == "cells":
        return len(asked.cells)
    return len(asked.plane.activity(choices.signal).matrix.cell_roi_ids)
