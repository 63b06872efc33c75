"""Chooses the samples of a signal to draw in a window: fewer points, the same picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data_layer.levels.extremes import FINEST, Extremes, finest_extremes
from data_layer.values.slices import Floats, Ints

POINTS_PER_PIXEL = 2


def window_indices(times: Floats, start: float, stop: float) -> tuple[int, int]:
    """First and one-past-last index of the samples needed to draw ``[start, stop]`` (s).

    One neighbour on each side is included, so that the line reaches the edges of the window.
    """
    first = int(np.searchsorted(times, start, side="left")) - 1
    last = int(np.searchsorted(times, stop, side="right")) + 1
    return max(first, 0), min(last, len(times))


def downsample(
    values: Floats,
    first: int,
    last: int,
    pixels: int,
    extremes: Callable[[], Extremes] | None = None,
) -> tuple[Ints, int]:
    """Choose the samples of ``values[first:last]`` to draw on ``pixels`` pixels.

    Returns their indices, ascending, and the bin size in samples. Of every bin the minimum, the
    maximum and the first NaN (if there is one) are chosen, so that no extreme and no gap is lost.
    Bins start at multiples of their size, so that the line does not shimmer during a pan.
    ``extremes`` gives the precomputed extremes of the whole signal. It is called only for bins of
    at least ``FINEST`` samples and makes the cost independent of the signal's length.
    """
    size = bin_size(last - first, pixels)
    if size == 1:
        return np.arange(first, last), 1
    known = extremes() if extremes is not None and size >= FINEST else None
    if known is not None and size in known.levels:
        chosen = known.chosen(first, last, size)
    else:
        begin = (first // size) * size
        part = np.asarray(values[begin : -(-last // size) * size], dtype=np.float64)
        chosen = np.unique(finest_extremes(part, size))
        chosen = chosen[chosen >= 0] + begin
        chosen = chosen[(chosen >= first) & (chosen < last)]
    return _with_ends(chosen, first, last), size


def _with_ends(chosen: Ints, first: int, last: int) -> Ints:
    if not len(chosen) or chosen[0] != first:
        chosen = np.concatenate([[first], chosen])
    return chosen if chosen[-1] == last - 1 else np.concatenate([chosen, [last - 1]])


def bin_size(count: int, pixels: int) -> int:
    """Samples per bin: 1 if all samples fit, else the smallest power of two with which they fit."""
    size = 1
    while count > POINTS_PER_PIXEL * pixels and count / size > pixels:
        size *= 2
    return size
