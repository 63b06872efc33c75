"""Events around anchors: what a raster draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def events_around(
    times: Floats, anchors: Floats, before: float, after: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which events lie within ``[anchor - before, anchor + after]`` of which anchor.

    Args:
        times: event times (s), ascending, shape (n_events,).
        anchors: times (s) to align to, any order, shape (n_anchors,), none NaN.
        before: how far before an anchor an event may lie (s).
        after: how far after it (s).

    Returns:
        Two equally long arrays: the index of the anchor and the index of the event. An event
        that is near several anchors appears once for each.
    """
    first = np.searchsorted(times, anchors - before, side="left")
    counts = np.searchsorted(times, anchors + after, side="right") - first
    rows = np.repeat(np.arange(len(anchors)), counts)
    place_in_row = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, np.repeat(first, counts) + place_in_row
