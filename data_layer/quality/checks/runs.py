"""Stretches of a boolean array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def longest_run(flags: NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest stretch of True begins, and its length; (0, 0) without any."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    starts, stops = edges[::2], edges[1::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(stops - starts))
    return int(starts[longest]), int(stops[longest] - starts[longest])
