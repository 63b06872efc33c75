"""Finds runs of True in a boolean array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def longest_run(flags: NDArray[np.bool_]) -> tuple[int, int]:
    """Start index and length of the longest run of True; (0, 0) if there is none."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    starts, stops = edges[::2], edges[1::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(stops - starts))
    return int(starts[longest]), int(stops[longest] - starts[longest])
