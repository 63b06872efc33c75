"""Reads traces of cells, as a whole or in parts."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from data_layer.derived.filtered_events import filter_events
from data_layer.errors import StreamDamaged
from data_layer.nwb.cells import KeptRois, row_of
from data_layer.nwb.file import ROWS_AT_ONCE, NwbFile
from data_layer.nwb.hdf5.limits import MOST_BYTES
from data_layer.nwb.tables import length_of
from data_layer.values.trace_kinds import TRACE_KINDS

Floats = NDArray[np.float64]
FILTERED = "filtered_events"


class TraceMatrix:
    """One kind of trace (n_frames, n_cells), which is read in parts.

    The cells are those of the cell table, in its order. A matrix of events lacks the cells without
    events in the file.

    Attributes:
        name: a name of ``TRACE_KINDS``.
        unit: unit of the samples.
        cell_roi_ids: (n_cells,).
        shape: (n_frames, n_cells).
    """

    def __init__(
        self, nwb: NwbFile, name: str, cells: KeptRois, read_timestamps: Callable[[], Floats]
    ) -> None:
        self.name, kind = name, TRACE_KINDS[name]
        self._nwb, self._read_timestamps, self.unit = nwb, read_timestamps, kind.unit
        self._stream, self._group, self._data = kind.attribute, kind.group, f"{kind.group}/data"
        n_frames, self._n_stored = self._stored_shape()
        # By row and not by id, because ids may repeat.
        column_of = {row: i for i, row in enumerate(self._stored_rows(cells))}
        kept = [row for row in cells.rows.tolist() if row in column_of]
        self.cell_roi_ids = cells.stored_ids[np.array(kept, np.int64)]
        self._columns = np.array([column_of[row] for row in kept], np.int64)
        self._takes_all = np.array_equal(self._columns, np.arange(self._n_stored))
        self.shape = (n_frames, len(kept))
        self._frames: NDArray[np.int64] | None = None

    def timed(self) -> Self:
        """The matrix without the frames that have no time: itself if every frame has one."""
        known = np.isfinite(self.timestamps)
        if known.all():
            return self
        other = copy(self)
        other._frames = np.flatnonzero(known)
        other.timestamps = self.timestamps[known]
        other.shape = (len(other._frames), self.shape[1])
        return other

    @cached_property
    def timestamps(self) -> Floats:
        """Times of the frames (n_frames,) in s.

        Raises:
            StreamDamaged: The numbers of timestamps and frames differ by more than one.
        """
        timestamps = self._read_timestamps()
        if len(timestamps) == self.shape[0] + 1:
            timestamps = timestamps[:-1]
        if len(timestamps) != self.shape[0]:
            problem = f"{self.shape[0]} frames, but {len(timestamps)} ophys_timestamps"
            raise self._nwb.damaged(self._stream, problem)
        return timestamps

    def fetch(self) -> None:
        """Let all of a streamed file's matrix arrive at once, before it is read in parts."""
        self._nwb.fetch(self._stream, self._data)

    def read(self, start: int = 0, stop: int | None = None) -> Floats:
        """Frames ``start`` to ``stop`` of all cells (n, n_cells), limited to the recording."""
        begin, end, _ = slice(start, stop).indices(self.shape[0])
        rows = self._rows(begin, max(begin, end))
        rows = rows if self._takes_all else rows[:, self._columns]
        return rows.astype(np.float64, copy=False)

    def _rows(self, begin: int, end: int) -> NDArray[Any]:
        if self._frames is None:
            return self._nwb.array(self._stream, self._data, ndim=2, rows=slice(begin, end))
        frames = self._frames[begin:end]
        first, last = (int(frames[0]), int(frames[-1]) + 1) if len(frames) else (0, 0)
        rows = self._nwb.array(self._stream, self._data, ndim=2, rows=slice(first, last))
        return rows[frames - first]

    def column(self, cell_roi_id: int) -> Floats:
        """One cell's whole trace: (n_frames,).

        Raises:
            KeyError: The matrix has no such cell.
        """
        stored = int(self._columns[row_of(self.cell_roi_ids, cell_roi_id)])
        trace = self._nwb.column(self._stream, self._data, stored)
        trace = trace[: self.shape[0]] if self._frames is None else trace[self._frames]
        return trace.astype(np.float64, copy=False)

    def read_per_cell(self, path: str) -> Floats:
        """One number per cell (n_cells,) from a dataset with one number per stored column.

        Raises:
            StreamDamaged: The dataset has another length.
        """
        values = self._nwb.array(self._stream, path)
        if len(values) != self._n_stored:
            problem = f"/{path} has {len(values)} values for {self._n_stored} traces"
            raise self._nwb.damaged(self._stream, problem)
        return values[self._columns].astype(np.float64)

    def by_cell(self) -> Floats:
        """All traces as (n_cells, n_frames), contiguous for each cell.

        Raises:
            StreamDamaged: The numbers of timestamps and frames differ, as in AllenSDK.
        """
        if self._nwb.has(f"{self._group}/timestamps"):
            self.timestamps  # noqa: B018 - compares the numbers
        self.fetch()
        traces = np.empty(self.shape[::-1])
        for start in range(0, self.shape[0], ROWS_AT_ONCE):
            stop = min(start + ROWS_AT_ONCE, self.shape[0])
            traces[:, start:stop] = self.read(start, stop).T
        return traces

    def _stored_shape(self) -> tuple[int, int]:
        shape = self._nwb.shape(self._stream, self._data)
        if len(shape) != 2:
            problem = f"/{self._data} has shape {shape}, expected (frames, cells)"
            raise self._nwb.damaged(self._stream, problem)
        if shape[0] * shape[1] * np.float64().itemsize > MOST_BYTES:
            problem = f"/{self._data} has shape {shape}, more than fits into memory"
            raise self._nwb.damaged(self._stream, problem)
        return shape[0] - self._surplus(shape[0]), shape[1]

    def _surplus(self, n_frames: int) -> int:
        """1 if there is a frame after the last time, which is left out; else 0.

        Times after the last frame are left out too, as in AllenSDK.

        Raises:
            StreamDamaged: The trace's own clock is shorter by more than one.
        """
        clock = f"{self._group}/timestamps"
        if not self._nwb.has(clock):
            return 0
        n_times = length_of(self._nwb, self._stream, clock)
        counts = f"/{self._group} has {n_frames} frames, but {n_times} timestamps"
        if n_times < n_frames - 1:
            raise self._nwb.damaged(self._stream, counts)
        if n_times > n_frames + 1:
            self._nwb.leave_out(f"{self._stream}: {counts}; those after the last frame.")
        return int(n_times == n_frames - 1)

    def _stored_rows(self, cells: KeptRois) -> list[int]:
        """The row of each stored column's cell; ``rois`` selects them, by default all."""
        n_cells = len(cells.stored_ids)
        rows = self._region(n_cells)
        once = len(set(rows.tolist())) == len(rows) == self._n_stored
        if not (once and ((rows >= 0) & (rows < n_cells)).all()):
            problem = (
                f"/{self._data} has {self._n_stored} columns, but its rois name "
                f"{len(rows)} of the {n_cells} cells"
            )
            raise self._nwb.damaged(self._stream, problem)
        return [int(row) for row in rows]

    def _region(self, n_cells: int) -> NDArray[Any]:
        """The stored ``rois``; all cells where they cannot be read, as AllenSDK does always.

        Events may lack some cells, so nothing else says which they are of.
        """
        region = f"{self._group}/rois"
        if not self._nwb.has(region):
            return np.arange(n_cells)
        try:
            return self._nwb.array(self._stream, region)
        except StreamDamaged as error:
            # The other traces link to the rois of dF/F, whose fault must not cost them too.
            if TRACE_KINDS[self.name].is_sparse or self._n_stored != n_cells:
                raise
            self._nwb.leave_out(f"/{region}: {error.problem}.")
            return np.arange(n_cells)


class FilteredEvents(TraceMatrix):
    """Events smoothed over earlier frames, computed only for the part that is read.

    Args as :class:`TraceMatrix`; ``weights`` (n_steps,) are those of a frame and the frames before
    it.
    """

    def __init__(
        self,
        nwb: NwbFile,
        cells: KeptRois,
        read_timestamps: Callable[[], Floats],
        weights: Floats,
    ) -> None:
        super().__init__(nwb, FILTERED, cells, read_timestamps)
        self.weights = weights

    def read(self, start: int = 0, stop: int | None = None) -> Floats:
        """Frames ``start`` to ``stop`` of all cells, as if the whole recording were filtered."""
        begin, end, _ = slice(start, stop).indices(self.shape[0])
        lead = min(begin, len(self.weights) - 1)
        return filter_events(super().read(begin - lead, max(begin, end)), self.weights)[lead:]

    def column(self, cell_roi_id: int) -> Floats:
        """One cell's whole filtered trace: (n_frames,)."""
        events = super().column(cell_roi_id)
        return filter_events(events[:, None], self.weights)[:, 0]
