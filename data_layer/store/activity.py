"""Cells by time: what the heatmap shows, read only as finely as it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data_layer.errors import StoreDamaged
from data_layer.levels.matrix_levels import (
    FINEST,
    MatrixLevels,
    Statistic,
    Values,
    build_levels,
    reduce_bins,
)
from data_layer.values.slices import Floats, Ints, MatrixSlice
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

# A mean over many frames hides rare events; their greatest value in the bin does not.
STATISTICS: dict[str, Statistic] = {"events": "max", "filtered_events": "max"}
SAMPLED_BLOCKS, SAMPLED_FRAMES = 64, 32
EVEN_WITHIN_PIXELS = 0.5


class Activity:
    """One trace matrix (frames by cells) and its levels.

    ``levels`` are those of a prepared store; without them they are made from the file when a
    window is first wide enough to need them. So they are where those of the store prove to be
    damaged, which shows late, as windows ask for them; ``damaged`` is told.
    """

    def __init__(
        self,
        name: str,
        matrix: TraceMatrix,
        levels: MatrixLevels | None = None,
        top: float | None = None,
        damaged: Callable[[StoreDamaged], None] = lambda damage: None,
    ) -> None:
        self.name, self.matrix = name, matrix
        self.times: Floats = matrix.timestamps
        self.statistic: Statistic = STATISTICS.get(name, "mean")
        self._levels, self._top, self._damaged = levels, top, damaged

    @cached_property
    def frame_period(self) -> float:
        """Median time between two frames (s); the stored rate is rounded."""
        return float(np.median(np.diff(self.times))) if len(self.times) > 1 else 1.0

    @cached_property
    def top(self) -> float:
        """The 99th percentile over all cells of blocks of frames spread through the session.

        Where at least 99 in 100 samples are zero, as in sparse events, it is that of the others.
        """
        return self._top if self._top is not None else sampled_top(self.matrix)

    @cached_property
    def levels(self) -> MatrixLevels:
        """Mean and greatest value per bin of 8, 16, … frames."""
        if self._levels is not None:
            return self._levels
        return build_levels(*self.matrix.shape, self.matrix.read)

    def _read_levels(self, statistic: Statistic, size: int, first: int, last: int) -> Values:
        try:
            return self.levels.read(statistic, size, first, last)
        except StoreDamaged as damage:
            self._damaged(damage)
            self._levels = None
            self.__dict__.pop("levels", None)
            return self.levels.read(statistic, size, first, last)

    @cached_property
    def edges(self) -> Floats:
        """(n_frames + 1,) s: where each frame begins and ends, half way to its neighbours."""
        middles = (self.times[1:] + self.times[:-1]) / 2
        half = self.frame_period / 2
        return np.concatenate([[self.times[0] - half], middles, [self.times[-1] + half]])

    def mean_per_cell(self) -> Floats:
        """The mean of each cell over the session (n_cells,), from the coarsest level."""
        size = max(self.levels.offsets)
        n_bins = -(-self.matrix.shape[0] // size)
        means: Floats = np.nanmean(self._read_levels("mean", size, 0, n_bins), axis=0)
        return means

    def heatmap(self, window: Window, cell_ids: Ints) -> MatrixSlice:
        """Every cell in bins of at least a pixel's frames, rows in the order of ``cell_ids``.

        A cell without such a trace (events may lack some) has a row of NaN.
        """
        frames = np.searchsorted(self.edges, (window.start, window.stop))
        first, last = max(int(frames[0]) - 1, 0), min(int(frames[1]), len(self.times))
        if last <= first:
            nothing = np.full((len(cell_ids), 1), np.nan, dtype=np.float32)
            edges = np.array([window.start, window.stop])
            return self._slice(edges, nothing, cell_ids, 1)
        size = 1
        while (last - first) / size > window.pixels:
            size *= 2
        bins = first // size, -(-last // size)
        values = self._in_order(self._bins(size, *bins), cell_ids)
        ends = np.minimum(np.arange(bins[0], bins[1] + 1) * size, len(self.times))
        edges = self.edges[ends]
        even = np.linspace(edges[0], edges[-1], len(edges))
        if np.abs(even - edges).max() > EVEN_WITHIN_PIXELS * window.seconds_per_pixel:
            even, values = self._spread(values, bins[0], size, window)
        return self._slice(even, values, cell_ids, size)

    def _spread(
        self, values: NDArray[np.float32], first_bin: int, size: int, window: Window
    ) -> tuple[Floats, NDArray[np.float32]]:
        """Bins as one column per pixel, for frames that do not come evenly.

        Every pixel shows the bin of the frame nearest to it, or nothing where that is further
        away than a frame and a half: a gap in the recording stays a gap.
        """
        columns = np.linspace(window.start, window.stop, window.pixels + 1)
        centres = (columns[1:] + columns[:-1]) / 2
        after = np.clip(np.searchsorted(self.times, centres), 1, len(self.times) - 1)
        nearer = centres - self.times[after - 1] < self.times[after] - centres
        frame = np.where(nearer, after - 1, after)
        spread = values[:, np.clip(frame // size - first_bin, 0, values.shape[1] - 1)]
        reach = max(1.5 * self.frame_period, window.seconds_per_pixel)
        spread[:, np.abs(self.times[frame] - centres) > reach] = np.nan
        return columns, spread

    def _bins(self, size: int, first: int, last: int) -> NDArray[np.float32]:
        """Bins of a size as (n_bins, n_cells)."""
        if size >= FINEST and size in self.levels.offsets:
            return self._read_levels(self.statistic, size, first, last)
        frames = self.matrix.read(first * size, last * size)
        return reduce_bins(frames, size, self.statistic) if size > 1 else frames.astype(np.float32)

    def _in_order(self, bins: NDArray[np.float32], cell_ids: Ints) -> NDArray[np.float32]:
        place = {cell: column for column, cell in enumerate(self.matrix.cell_roi_ids.tolist())}
        columns = np.array([place.get(cell, -1) for cell in cell_ids.tolist()])
        ordered: NDArray[np.float32] = bins.T[columns]
        ordered[columns < 0] = np.nan
        return ordered

    def _slice(
        self, edges: Floats, values: NDArray[np.float32], cell_ids: Ints, size: int
    ) -> MatrixSlice:
        unit, statistic = self.matrix.unit, self.statistic
        return MatrixSlice(self.name, unit, edges, values, cell_ids, self.top, size, statistic)


def sampled_top(matrix: TraceMatrix) -> float:
    """See :attr:`Activity.top`."""
    n_frames = matrix.shape[0]
    starts = np.linspace(0, max(n_frames - SAMPLED_FRAMES, 0), SAMPLED_BLOCKS).astype(int)
    sample = np.concatenate(
        [matrix.read(start, start + SAMPLED_FRAMES) for start in np.unique(starts).tolist()]
    )
    top = float(np.nanpercentile(sample, 99)) if np.isfinite(sample).any() else 1.0
    positive = sample[sample > 0]
    if top > 0:
        return top
    return float(np.percentile(positive, 99)) if len(positive) else 1.0
