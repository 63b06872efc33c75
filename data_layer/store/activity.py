"""Cells by time: what the heatmap shows, read from the file only as finely as it is drawn."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data_layer.store.levels import column_means
from data_layer.store.slices import Floats, Ints, MatrixSlice
from data_layer.store.window import Window

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

COARSE_FRAMES = 16
BLOCK_FRAMES = 4096
SAMPLED_FRAMES = 2000


class Activity:
    """One trace matrix (frames by cells) with a coarse level for wide windows."""

    def __init__(self, name: str, matrix: TraceMatrix) -> None:
        self.name, self.matrix = name, matrix
        self.times: Floats = matrix.timestamps

    @cached_property
    def frame_period(self) -> float:
        """Median time between two frames (s); the stored rate is rounded."""
        return float(np.median(np.diff(self.times))) if len(self.times) > 1 else 1.0

    @cached_property
    def top(self) -> float:
        """The 99th percentile over cells and frames sampled evenly through the session.

        Where at least 99 in 100 samples are zero, as in sparse events, it is that of the others.
        """
        step = max(len(self.times) // SAMPLED_FRAMES, 1)
        sample = np.concatenate(
            [self.matrix.read(i, i + 1) for i in range(0, len(self.times), step)]
        )
        top = float(np.nanpercentile(sample, 99))
        positive = sample[sample > 0]
        return top if top > 0 else float(np.percentile(positive, 99)) if len(positive) else 1.0

    @cached_property
    def coarse(self) -> tuple[Floats, NDArray[np.float32]]:
        """Times (n,) and means (n, cells) of every 16 frames, read in blocks."""
        means = [
            _block_means(self.matrix.read(i, min(i + BLOCK_FRAMES, len(self.times))))
            for i in range(0, len(self.times), BLOCK_FRAMES)
        ]
        starts = np.arange(0, len(self.times), COARSE_FRAMES)
        counts = np.minimum(COARSE_FRAMES, len(self.times) - starts)
        return np.add.reduceat(self.times, starts) / counts, np.concatenate(means)

    def heatmap(self, window: Window, cell_ids: Ints) -> MatrixSlice:
        """The mean of every cell in every pixel column, rows in the order of ``cell_ids``.

        A cell without such a trace (events may lack some) has a row of NaN.
        """
        edges = np.linspace(window.start, window.stop, window.pixels + 1)
        frames_per_pixel = window.seconds_per_pixel / self.frame_period
        coarse = frames_per_pixel >= 2 * COARSE_FRAMES
        times, values = self.coarse if coarse else self._frames(window)
        period = self.frame_period * (COARSE_FRAMES if coarse else 1)
        means = self._in_order(column_means(times, values, edges, period), cell_ids)
        size = max(round(frames_per_pixel), COARSE_FRAMES if coarse else 1)
        return MatrixSlice(self.name, self.matrix.unit, edges, means, cell_ids, self.top, size)

    def _frames(self, window: Window) -> tuple[Floats, Floats]:
        first, last = np.searchsorted(self.times, (window.start, window.stop))
        first, last = max(int(first) - 1, 0), min(int(last) + 1, len(self.times))
        return self.times[first:last], self.matrix.read(first, last)

    def _in_order(self, means: NDArray[np.float32], cell_ids: Ints) -> NDArray[np.float32]:
        place = {int(cell): row for row, cell in enumerate(self.matrix.cell_roi_ids)}
        padded = np.vstack([means, np.full((1, means.shape[1]), np.nan, dtype=np.float32)])
        return padded[[place.get(int(cell), -1) for cell in cell_ids]]


def _block_means(block: Floats) -> NDArray[np.float32]:
    starts = np.arange(0, len(block), COARSE_FRAMES)
    known = ~np.isnan(block)
    sums = np.add.reduceat(np.where(known, block, 0.0), starts, axis=0)
    counts = np.add.reduceat(known, starts, axis=0, dtype=np.int64)
    with np.errstate(invalid="ignore"):
        return (sums / np.where(counts, counts, np.nan)).astype(np.float32)
