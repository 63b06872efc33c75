"""Levels of detail: fewer numbers, the same picture. Pure numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_layer.store.slices import Floats, Ints

POINTS_PER_PIXEL = 2


def window_indices(times: Floats, start: float, stop: float) -> tuple[int, int]:
    """First and one-past-last sample that a line across ``[start, stop]`` needs.

    One neighbour on either side is kept, so that the line reaches the edges of the window.
    """
    first = int(np.searchsorted(times, start, side="left")) - 1
    last = int(np.searchsorted(times, stop, side="right")) + 1
    return max(first, 0), min(last, len(times))


def thin(values: Floats, first: int, last: int, pixels: int) -> tuple[Ints, int]:
    """Choose the samples of ``values[first:last]`` to draw on ``pixels`` pixels.

    Returns their indices, ascending, and the bin size in samples. Every bin keeps its least and
    its greatest sample and, where it has a NaN, one NaN, so that no extreme and no gap is lost.
    Bins start at multiples of their size, so that a pan does not make the line shimmer.
    """
    count = last - first
    size = bin_size(count, pixels)
    if size == 1:
        return np.arange(first, last), 1
    begin = (first // size) * size
    stop = min(-(-last // size) * size, len(values))
    chosen = _extremes(np.asarray(values[begin:stop], dtype=np.float64), size) + begin
    ends = [first, max(last - 1, first)]
    chosen = chosen[(chosen >= first) & (chosen < last)]
    return np.union1d(chosen, ends), size


def bin_size(count: int, pixels: int) -> int:
    """How many samples share a bin: 1 where all fit, else the smallest power of two that does."""
    size = 1
    while count > POINTS_PER_PIXEL * pixels and count / size > pixels:
        size *= 2
    return size


def _extremes(values: Floats, size: int) -> Ints:
    """Indices of each bin's least and greatest value and of its first NaN."""
    n_bins = -(-len(values) // size)
    padded = np.full(n_bins * size, np.nan)
    padded[: len(values)] = values
    bins = padded.reshape(n_bins, size)
    missing = np.isnan(bins)
    offsets = np.arange(n_bins) * size
    least = np.where(missing, np.inf, bins).argmin(axis=1) + offsets
    greatest = np.where(missing, -np.inf, bins).argmax(axis=1) + offsets
    gaps = missing.argmax(axis=1)[missing.any(axis=1)] + offsets[missing.any(axis=1)]
    chosen = np.unique(np.concatenate([least, greatest, gaps]))
    return chosen[chosen < len(values)]


def column_means(
    times: Floats, values: Floats, edges: Floats, frame_period: float
) -> NDArray[np.float32]:
    """Mean of ``values`` (n, cells) in each column of time; (cells, columns) float32.

    A column without a sample of its own shows the nearest one, or NaN where the nearest is more
    than a frame and a half away: a gap in the recording stays a gap.
    """
    n_columns, n_cells = len(edges) - 1, values.shape[1]
    result = np.full((n_columns, n_cells), np.nan, dtype=np.float32)
    if not len(times):
        return result.T
    bounds = np.searchsorted(times, edges, side="left")
    filled = np.flatnonzero(np.diff(bounds) > 0)
    if len(filled):
        inside = values[bounds[0] : bounds[-1]]
        known = ~np.isnan(inside)
        starts = bounds[filled] - bounds[0]
        counts = np.add.reduceat(known, starts, axis=0, dtype=np.int64)
        sums = np.add.reduceat(np.where(known, inside, 0.0), starts, axis=0)
        with np.errstate(invalid="ignore"):
            result[filled] = sums / np.where(counts, counts, np.nan)
    _fill_with_nearest(result, np.diff(bounds) == 0, times, values, edges, frame_period)
    return result.T


def _fill_with_nearest(
    result: NDArray[np.float32],
    empty: NDArray[np.bool_],
    times: Floats,
    values: Floats,
    edges: Floats,
    frame_period: float,
) -> None:
    columns = np.flatnonzero(empty)
    centres = (edges[columns] + edges[columns + 1]) / 2
    after = np.clip(np.searchsorted(times, centres), 0, len(times) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(
        np.abs(times[after] - centres) <= np.abs(times[before] - centres), after, before
    )
    close = np.abs(times[nearest] - centres) <= 1.5 * frame_period
    result[columns[close]] = values[nearest[close]]
