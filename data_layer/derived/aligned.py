"""Finds events around anchors, for rasters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def events_around(
    times: Floats, anchors: Floats, before: float, after: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the events within ``[anchor - before, anchor + after]`` of each anchor.

    Args:
        times: event times (s), ascending, shape (n_events,).
        anchors: times (s) to align to, any order, shape (n_anchors,), none NaN.
        before: maximum time from an event to a later anchor (s).
        after: maximum time from an anchor to a later event (s).

    Returns:
        Two arrays of equal length: indices of anchors and indices of events. An event near
        several anchors appears once for each.
    """
    first = np.searchsorted(times, anchors - before, side="left")
    counts = np.searchsorted(times, anchors + after, side="right") - first
    rows = np.repeat(np.arange(len(anchors)), counts)
    index_in_row = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, np.repeat(first, counts) + index_in_row
