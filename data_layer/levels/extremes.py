"""The extremes of a signal at every zoom: per bin the indices of minimum, maximum and first gap.

Indices are stored rather than values, so that the drawn points are recorded samples at their own
times. The finest bins have ``FINEST`` samples; each coarser level doubles the size and is computed
from the level before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_layer.values.slices import Floats, Ints

FINEST = 8
COARSEST_BINS = 64
NONE = -1


@dataclass(frozen=True, slots=True)
class Extremes:
    """``levels[size]`` (n_bins, 3) int32: indices of each bin's minimum, maximum and first NaN.

    An index is -1 where a bin has none.
    """

    levels: dict[int, NDArray[np.int32]]

    def chosen(self, first: int, last: int, size: int) -> Ints:
        """Indices in ``[first, last)`` of the extremes and gaps of bins of ``size``, ascending."""
        rows = np.sort(self.levels[size][first // size : -(-last // size)], axis=1).ravel()
        chosen = rows[(rows >= first) & (rows < last)]
        fresh = np.ones(len(chosen), dtype=bool)
        fresh[1:] = chosen[1:] != chosen[:-1]
        return chosen[fresh]


def build_extremes(values: Floats) -> Extremes:
    """The extremes of a whole signal (n,) at all bin sizes; the samples are read once."""
    level = finest_extremes(values, FINEST)
    levels = {FINEST: level}
    size = FINEST
    while len(level) > COARSEST_BINS:
        size *= 2
        level = coarser(values, level)
        levels[size] = level
    return Extremes(levels)


def finest_extremes(values: Floats, size: int) -> NDArray[np.int32]:
    """The extremes (n_bins, 3) of bins of ``size`` samples, computed from the samples."""
    n_bins = -(-len(values) // size)
    padded = np.full(n_bins * size, np.nan)
    padded[: len(values)] = values
    bins = padded.reshape(n_bins, size)
    missing = np.isnan(bins)
    missing_inside = missing.copy()
    missing_inside.ravel()[len(values) :] = False
    offsets = np.arange(n_bins) * size
    minima = np.where(missing, np.inf, bins).argmin(axis=1) + offsets
    maxima = np.where(missing, -np.inf, bins).argmax(axis=1) + offsets
    gaps = missing_inside.argmax(axis=1) + offsets
    empty = missing.all(axis=1)
    minima[empty], maxima[empty] = NONE, NONE
    gaps[~missing_inside.any(axis=1)] = NONE
    return np.column_stack([minima, maxima, gaps]).astype(np.int32)


def coarser(values: Floats, level: NDArray[np.int32]) -> NDArray[np.int32]:
    """The level with twice the bin size; of equal extremes the earlier one is chosen."""
    if len(level) % 2:
        level = np.vstack([level, np.full((1, 3), NONE, dtype=np.int32)])
    left, right = level[::2], level[1::2]
    minima = _better(values, left[:, 0], right[:, 0], sign=-1)
    maxima = _better(values, left[:, 1], right[:, 1], sign=1)
    gaps = np.where(left[:, 2] != NONE, left[:, 2], right[:, 2])
    return np.column_stack([minima, maxima, gaps])


def _better(
    values: Floats, left: NDArray[np.int32], right: NDArray[np.int32], sign: int
) -> NDArray[np.int32]:
    take_right = (left == NONE) | ((right != NONE) & (sign * values[right] > sign * values[left]))
    return np.where(take_right, right, left)


def usual_range(values: Floats) -> tuple[float, float]:
    """The 0.1st and 99.9th percentile of the finite samples; (0, 1) where there are none."""
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 1.0
    low, high = np.percentile(known, (0.1, 99.9))
    return float(low), float(high)
