"""The change response of a cell; its only definition.

The change response is the mean of the frames in the 0.5 s after the change, minus the mean of the
frames in the 0.5 s before it, averaged over all image changes whose two windows are inside the
recording. Change times include the display delay. Windows and clock are those of the change
responses in visual_behavior_analysis (``response_analysis/response_processing.py``), which calls
the two means ``mean_response`` and ``baseline_response``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data_layer.derived.cell_responses.windows import (
    BASELINE,
    RESPONSE,
    Around,
    Floats,
    around,
    inside,
)
from data_layer.derived.event_alignment import mean_of_known


def around_changes(times: Floats, changes: Floats) -> Around:
    """The samples of response and baseline of every change that is inside the recording.

    Args:
        times: (n,) times of the samples, s, ascending.
        changes: (n_changes,) s.
    """
    return around(times, _counted(times, changes, RESPONSE[1]), RESPONSE, BASELINE)


def change_response(
    times: Floats, changes: Floats, read: Callable[[int, int], Floats], n_cells: int
) -> Floats:
    """The change response of all cells of a plane (n_cells,), in the unit of the traces.

    Only the frames around the changes are read. For one cell's whole trace, ``mean_response`` over
    :func:`around_changes` gives the same number.

    Args:
        times: (n_frames,) s, ascending.
        changes: (n_changes,) s.
        read: called with the first and one-past-last index; returns the frames (n, n_cells).
        n_cells: the number of cells.

    Returns:
        The response of each cell; NaN if no change has known samples in both windows.
    """
    return step_response(times, changes, read, n_cells, RESPONSE[1])


def step_response(
    times: Floats, events: Floats, read: Callable[[int, int], Floats], n_cells: int, until: float
) -> Floats:
    """The mean from each event to ``until`` (s after it) minus the baseline; all else as above."""
    edges = np.array([BASELINE[0], 0.0, until])
    found = np.searchsorted(times, _counted(times, events, until)[:, None] + edges)
    steps = [_step(read(first, last), event - first) for first, event, last in found.tolist()]
    return mean_of_known(np.array(steps, np.float64).reshape(len(steps), n_cells), axis=0)


def _counted(times: Floats, events: Floats, until: float) -> Floats:
    return inside(times, np.asarray(events, np.float64), (BASELINE[0], until))


def _step(frames: Floats, n_before: int) -> Floats:
    """Response minus baseline of each cell, from the frames (n, n_cells) of both windows."""
    known = np.asarray(frames, np.float64)
    step: Floats = mean_of_known(known[n_before:], axis=0) - mean_of_known(known[:n_before], axis=0)
    return step
