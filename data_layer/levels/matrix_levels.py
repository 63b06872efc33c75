"""Mean and maximum per bin of a trace matrix, at every bin size that the views need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_layer.values.color_scale import robust_top
from data_layer.values.slices import Floats
from data_layer.values.trace_kinds import Statistic

FINEST = 8
COARSEST_BINS = 256
BLOCK_FRAMES = 16384
SMALL = 2**20  # values
SAMPLED_BLOCKS, SAMPLED_FRAMES = 64, 32
Values = NDArray[np.float32]
Read = Callable[[int, int], Floats]
"""Called with ``start`` and ``stop``; returns these frames of all cells (n, n_cells)."""
OnBlock = Callable[[int, Floats], None]
"""Called with the index of a block's first frame and the block (n, n_cells)."""


@dataclass(frozen=True)
class MatrixLevels:
    """All levels of one matrix, concatenated along the first axis.

    ``mean`` and ``max`` are (all bins, n_cells) float32 arrays, in memory or on disk; the bins of
    ``size`` frames begin at row ``offsets[size]``. Bin i of a level holds the frames
    ``i * size`` to ``(i + 1) * size``. NaN samples are ignored; a bin that is all NaN is NaN.
    Small levels on disk, which wide windows use, are read whole and memoised.
    """

    mean: Any
    max: Any
    offsets: dict[int, int]
    _whole: dict[tuple[Statistic, int], Values] = field(default_factory=dict, repr=False)

    def read(self, statistic: Statistic, size: int, first: int, last: int) -> Values:
        """Bins ``first`` to ``last`` of a level: (n, n_cells) float32."""
        array = self.mean if statistic == "mean" else self.max
        start, stop = self._rows(size)
        if isinstance(array, np.ndarray) or (stop - start) * array.shape[1] > SMALL:
            part: Values = array[start + first : min(start + last, stop)]
            return part
        whole = self._whole.get((statistic, size))
        if whole is None:
            whole = self._whole[statistic, size] = array[start:stop]
        return whole[first:last]

    def _rows(self, size: int) -> tuple[int, int]:
        """First and one-past-last row of a level."""
        following = self.offsets.get(2 * size)
        return self.offsets[size], self.mean.shape[0] if following is None else following


def level_sizes(n_frames: int) -> list[int]:
    """The bin sizes of a recording: 8 frames, doubled until there are at most 256 bins."""
    sizes = [FINEST]
    while n_frames / sizes[-1] > COARSEST_BINS:
        sizes.append(2 * sizes[-1])
    return sizes


def reduce_bins(frames: Floats, size: int, statistic: Statistic) -> Values:
    """Bins of ``size`` of the frames (n, n_cells): (n_bins, n_cells); the last may be shorter."""
    n_whole = len(frames) // size
    whole = frames[: n_whole * size].reshape(n_whole, size, frames.shape[1])
    # Much faster than _reduced(), but wrong where a bin is incomplete or has a NaN.
    simple = whole.mean(axis=1) if statistic == "mean" else whole.max(axis=1, initial=-np.inf)
    if len(frames) == n_whole * size and not np.isnan(simple).any():
        values: Values = simple.astype(np.float32)
        return values
    sums, counts, maxima = _reduced(frames, size)
    return _mean(sums, counts) if statistic == "mean" else maxima


def build_levels(
    n_frames: int,
    n_cells: int,
    read: Read,
    on_block: OnBlock = lambda start, block: None,
) -> MatrixLevels:
    """All levels, computed in one pass over blocks of frames; ``on_block`` is called with each."""
    finest = -(-n_frames // FINEST)
    sums = np.zeros((finest, n_cells))
    counts = np.zeros((finest, n_cells), dtype=np.int32)
    maxima = np.full((finest, n_cells), np.nan, dtype=np.float32)
    for start in range(0, n_frames, BLOCK_FRAMES):
        block = read(start, min(start + BLOCK_FRAMES, n_frames))
        rows = slice(start // FINEST, start // FINEST + -(-len(block) // FINEST))
        sums[rows], counts[rows], maxima[rows] = _reduced(block, FINEST)
        on_block(start, block)
    return _stacked(level_sizes(n_frames), sums, counts, maxima)


def sampled_top(n_frames: int, read: Read) -> float:
    """Upper end of the colour scale, from blocks of frames spread through the session.

    See :func:`~data_layer.values.color_scale.robust_top`.
    """
    starts = np.linspace(0, max(n_frames - SAMPLED_FRAMES, 0), SAMPLED_BLOCKS).astype(int)
    blocks = [read(start, start + SAMPLED_FRAMES) for start in np.unique(starts).tolist()]
    return robust_top(np.concatenate(blocks).T)


def _reduced(frames: Floats, size: int) -> tuple[NDArray[np.float64], NDArray[np.int32], Values]:
    starts = np.arange(0, len(frames), size)
    missing = np.isnan(frames)
    if missing.any():
        sums = np.add.reduceat(np.where(missing, 0.0, frames), starts, axis=0)
        counts = np.add.reduceat(~missing, starts, axis=0, dtype=np.int32)
    else:
        sums = np.add.reduceat(frames, starts, axis=0)
        sizes = np.diff(np.append(starts, len(frames))).astype(np.int32)
        counts = np.broadcast_to(sizes[:, None], sums.shape)
    maxima = np.fmax.reduceat(frames, starts, axis=0)
    return sums, counts, maxima.astype(np.float32)


def _stacked(
    sizes: list[int],
    sums: NDArray[np.float64],
    counts: NDArray[np.int32],
    maxima: Values,
) -> MatrixLevels:
    mean_levels, max_levels, offsets, offset = [], [], {}, 0
    for size in sizes:
        if size > FINEST:
            pairs = np.arange(0, len(sums), 2)
            sums, counts = (np.add.reduceat(a, pairs, axis=0) for a in (sums, counts))
            maxima = np.fmax.reduceat(maxima, pairs, axis=0)
        mean_levels.append(_mean(sums, counts))
        max_levels.append(maxima)
        offsets[size] = offset
        offset += len(sums)
    return MatrixLevels(np.concatenate(mean_levels), np.concatenate(max_levels), offsets)


def _mean(sums: NDArray[np.float64], counts: NDArray[np.int32]) -> Values:
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Values = (sums / np.where(counts, counts, np.nan)).astype(np.float32)
    return mean
