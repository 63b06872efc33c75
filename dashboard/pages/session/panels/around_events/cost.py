"""What a figure around events costs; one that costs too much is refused in words."""

from __future__ import annotations

from dashboard.arguments.limits import within
from dashboard.pages.session.panels.around_events.asked import Asked
from data_layer.derived.event_alignment import RATE

MILLION = 10**6


def refuse_too_large(asked: Asked) -> None:
    """Check the numbers of moments and of values that the figure is computed from.

    Raises:
        OverLimit: There are more than the settings ``event_moments`` or ``event_values`` allow.
    """
    moments = n_moments(asked)
    within("event_moments", moments, "values (events × moments of the window)", scale=MILLION)
    values = moments * n_cells(asked)
    within("event_values", values, "values (events × moments × cells)", scale=MILLION)


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
