"""Activity of all cells over time for the heatmap, read at the resolution that is drawn."""

from __future__ import annotations

from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data_layer.levels.downsampling import window_indices
from data_layer.levels.matrix_levels import (
    FINEST,
    MatrixLevels,
    Values,
    build_levels,
    level_sizes,
    reduce_bins,
    sampled_top,
)
from data_layer.prepared.fallback import Fallback
from data_layer.prepared.stored_traces import levels_key, read_levels, read_top
from data_layer.values.slices import Floats, Ints, MatrixSlice
from data_layer.values.trace_kinds import TRACE_KINDS, Statistic
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

EVEN_WITHIN_PIXELS = 0.5


class Activity:
    """One trace matrix (n_frames, n_cells) and its levels.

    The levels are read from the prepared store of ``fallback``. If there is none, they are
    computed from the file when a window is first wide enough to need them.
    """

    def __init__(self, name: str, matrix: TraceMatrix, fallback: Fallback | None = None) -> None:
        self.name, self.matrix = name, matrix
        self.times: Floats = matrix.timestamps
        self.statistic: Statistic = TRACE_KINDS[name].statistic
        self._fallback = fallback or Fallback()
        self._stored_levels = cache(partial(read_levels, name=name))

    @cached_property
    def frame_period(self) -> float:
        """Median time between two frames (s), because the rate in the file is rounded."""
        return float(np.median(np.diff(self.times))) if len(self.times) > 1 else 1.0

    @cached_property
    def top(self) -> float:
        """Upper end of the colour scale; see :func:`sampled_top`."""
        return self._fallback.either(
            levels_key(self.name),
            partial(read_top, name=self.name),
            self._sampled_top,
        )

    def _sampled_top(self) -> float:
        self.matrix.fetch()
        return sampled_top(self.matrix.shape[0], self.matrix.read)

    @cached_property
    def _sizes(self) -> list[int]:
        """Frames per bin of each level."""
        return level_sizes(self.matrix.shape[0])

    @cached_property
    def _own_levels(self) -> MatrixLevels:
        self.matrix.fetch()
        return build_levels(*self.matrix.shape, self.matrix.read)

    def _read_levels(self, statistic: Statistic, size: int, first: int, last: int) -> Values:
        """Bins of a level; damage of the store is noticed here, when a window reads them."""
        return self._fallback.either(
            levels_key(self.name),
            lambda store: self._stored_levels(store).read(statistic, size, first, last),
            lambda: self._own_levels.read(statistic, size, first, last),
        )

    @cached_property
    def edges(self) -> Floats:
        """Start and end of each frame (n_frames + 1,) in s, halfway between neighbours."""
        middles = (self.times[1:] + self.times[:-1]) / 2
        half = self.frame_period / 2
        return np.concatenate([[self.times[0] - half], middles, [self.times[-1] + half]])

    def mean_per_cell(self) -> Floats:
        """Mean of each cell over the session (n_cells,), from the coarsest level."""
        size = max(self._sizes)
        n_bins = -(-self.matrix.shape[0] // size)
        means: Floats = np.nanmean(self._read_levels("mean", size, 0, n_bins), axis=0)
        return means

    def frames(self, window: Window, cell_ids: Ints) -> tuple[Floats, NDArray[np.float32]]:
        """Times (n_frames,) and values (n_cells, n_frames) of a window and the frames beside it.

        Rows are as in :meth:`heatmap`.
        """
        first, last = window_indices(self.times, window.start, window.stop)
        return self.times[first:last], self._in_order(self._bins(1, first, last), cell_ids)

    def heatmap(self, window: Window, cell_ids: Ints) -> MatrixSlice:
        """Every cell in bins no finer than a pixel, rows in the order of ``cell_ids``.

        A cell without this kind of trace (some may lack events) has a row of NaN.
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
        """Bins resampled to one column per pixel, for frames at irregular times.

        Every pixel shows the bin of its nearest frame. It is NaN if that is more than 1.5 frames
        (or a pixel, if longer) away, so that a gap in the recording stays a gap.
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
        """Bins ``first`` to ``last`` of a size: (n_bins, n_cells)."""
        if size >= FINEST and size in self._sizes:
            return self._read_levels(self.statistic, size, first, last)
        frames = self.matrix.read(first * size, last * size)
        return reduce_bins(frames, size, self.statistic) if size > 1 else frames.astype(np.float32)

    def _in_order(self, bins: NDArray[np.float32], cell_ids: Ints) -> NDArray[np.float32]:
        column_of = {cell: column for column, cell in enumerate(self.matrix.cell_roi_ids.tolist())}
        columns = np.array([column_of.get(cell, -1) for cell in cell_ids.tolist()], np.int64)
        ordered = np.full((len(columns), len(bins)), np.nan, dtype=np.float32)
        ordered[columns >= 0] = bins.T[columns[columns >= 0]]
        return ordered

    def _slice(
        self, edges: Floats, values: NDArray[np.float32], cell_ids: Ints, size: int
    ) -> MatrixSlice:
        unit, statistic = self.matrix.unit, self.statistic
        return MatrixSlice(self.name, unit, edges, values, cell_ids, self.top, size, statistic)
