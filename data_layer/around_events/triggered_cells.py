"""Traces of cells around task events, read in blocks so that memory stays bounded.

A few cells are read from their own traces. Many cells are read from the file, which stores the
cells of a frame together: only the frames around the task events are read. Calcium events, which
the file compresses in long chunks, are read from the prepared traces if there are any, a few cells
at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from data_layer.derived.event_alignment import Alignment, between
from data_layer.derived.filtered_events import Floats as Weights
from data_layer.derived.filtered_events import filter_sparse
from data_layer.levels.sparse_traces import UNFILTERED, SparseTraces
from data_layer.nwb.traces import FilteredEvents
from data_layer.values.slices import Floats, Ints
from data_layer.values.trace_kinds import TRACE_KINDS

if TYPE_CHECKING:
    from data_layer.store.activity import Activity
    from data_layer.store.session_store import SessionStore

FEW_CELLS = 12
CELLS_AT_ONCE = 32
FRAMES_AT_ONCE, FRAMES_APART = 2048, 300
EVENT_KINDS = tuple(kind.name for kind in TRACE_KINDS.values() if kind.is_sparse)

Block = tuple[Ints, Ints, Floats]
"""Indices of task events, indices of cells, values (n_events, n_t, n_cells) float32."""


@dataclass(frozen=True)
class Piece:
    """Frames (n, n_cells) from ``start`` on that cover the windows of the task events ``events``.

    ``events`` and ``cells`` are indices into the requested task events and cells.
    """

    events: Ints
    cells: Ints
    frames: Floats
    start: int = 0


@dataclass(frozen=True)
class CellBlocks:
    """One kind of trace of some cells at the sample indices of an alignment.

    ``cell_ids`` are cell_roi_ids in the requested order. A cell without this kind of trace is NaN.
    """

    store: SessionStore
    activity: Activity
    cell_ids: Ints
    alignment: Alignment

    @property
    def unit(self) -> str:
        """The unit of the values."""
        return self.activity.matrix.unit

    @property
    def shape(self) -> tuple[int, int, int]:
        """(n_events, n_t, n_cells)."""
        return (*self.alignment.left.shape, len(self.cell_ids))

    def collected(self) -> Floats:
        """Every trial: (n_events, n_cells, n_t) float32."""
        n_events, n_t, n_cells = self.shape
        values = np.full((n_events, n_cells, n_t), np.nan, np.float32)
        for events, cells, block in self._blocks():
            values[np.ix_(events, cells)] = block.transpose(0, 2, 1)
        return values

    def mean_over_cells(self) -> Floats:
        """The mean over all cells at each task event: (n_events, n_t)."""
        sums, counts = np.zeros(self.shape[:2]), np.zeros(self.shape[:2], np.int64)
        for events, _, block in self._blocks():
            total, n = _sums(block, axis=2)
            sums[events] += total
            counts[events] += n
        return _divided(sums, counts)

    def mean_over_events(self, groups: Ints, n_groups: int) -> Floats:
        """The mean of each cell over the events of each group: (n_groups, n_cells, n_t) float32."""
        _, n_t, n_cells = self.shape
        sums = np.zeros((n_groups, n_t, n_cells))
        counts = np.zeros(sums.shape, np.int64)
        for piece in self._pieces():
            of_event = groups[piece.events]
            for group in np.unique(of_event[of_event >= 0]):
                total, n = self._sum_over(piece, piece.events[of_event == group])
                sums[group][:, piece.cells] += total
                counts[group][:, piece.cells] += n
        return np.ascontiguousarray(_divided(sums, counts).transpose(0, 2, 1), np.float32)

    def _sum_over(self, piece: Piece, events: Ints) -> tuple[Floats, Ints | int]:
        """Sum over task events (n_t, n_cells), and the number of values summed."""
        if piece.frames.flags.c_contiguous and not self.alignment.is_gap[events].any():
            total = self._weighed(events, piece.start, len(piece.frames)) @ piece.frames
            if not np.isnan(total).any():
                return total, len(events)
        return _sums(self._taken(piece, events), axis=0)

    def _weighed(self, events: Ints, start: int, n_frames: int) -> csr_array:
        """The weight of each frame in the sum over task events at each offset: (n_t, n_frames)."""
        left, weight = self.alignment.left[events].T - start, self.alignment.weight[events].T
        indices = np.concatenate([left, np.minimum(left + 1, n_frames - 1)], axis=1)
        weights = np.concatenate([1 - weight, weight], axis=1)
        ends = np.arange(len(left) + 1) * indices.shape[1]
        return csr_array((weights.ravel(), indices.ravel(), ends), shape=(len(left), n_frames))

    def _blocks(self) -> Iterator[Block]:
        for piece in self._pieces():
            yield piece.events, piece.cells, self._taken(piece, piece.events)

    def _pieces(self) -> Iterator[Piece]:
        matrix = self.activity.matrix
        column_of = {cell: column for column, cell in enumerate(matrix.cell_roi_ids.tolist())}
        columns = np.array([column_of.get(cell, -1) for cell in self.cell_ids.tolist()], np.int64)
        known = np.flatnonzero(columns >= 0)
        if not len(known) or not self.alignment.left.size:
            return
        if len(known) <= FEW_CELLS:
            yield from self._cell_by_cell(known)
        elif self.activity.name in EVENT_KINDS and self.store.source.has_traces("events"):
            yield from self._from_events(known, columns[known])
        else:
            yield from self._from_frames(known, columns[known])

    def _cell_by_cell(self, known: Ints) -> Iterator[Piece]:
        for i in known:
            trace = self.store.cell_samples(self.activity.name, int(self.cell_ids[i]))[1]
            yield Piece(self._all_events, np.array([i]), trace[:, None])

    def _from_events(self, known: Ints, columns: Ints) -> Iterator[Piece]:
        """Pieces computed from the prepared calcium events alone."""
        store, weights = self.store, event_weights(self.activity)
        sparse = sparse_events(store)
        order = np.argsort(columns, kind="stable")
        for part in np.array_split(order, -(-len(order) // CELLS_AT_ONCE)):
            if sparse is not None:
                traces = np.stack([sparse.trace(cell, weights) for cell in columns[part].tolist()])
            else:
                traces = store.source.traces(store.activity("events"), columns[part])
                traces = np.stack([_filtered(trace, weights) for trace in traces])
            yield Piece(self._all_events, known[part], traces.T)

    def _from_frames(self, known: Ints, columns: Ints) -> Iterator[Piece]:
        plan, n_frames = self.alignment, self.activity.matrix.shape[0]
        everything = np.array_equal(columns, np.arange(self.activity.matrix.shape[1]))
        self.activity.matrix.fetch()
        first, last = plan.left[:, 0], np.minimum(plan.left[:, -1] + 2, n_frames)
        for events in _runs(first, last):
            start, stop = int(first[events].min()), int(last[events].max())
            frames = self.activity.matrix.read(start, stop)
            yield Piece(events, known, frames if everything else frames[:, columns], start)

    @property
    def _all_events(self) -> Ints:
        return np.arange(self.shape[0])

    def _taken(self, piece: Piece, events: Ints) -> Floats:
        """Values (n_events, n_t, n_cells) float32 around some of the task events of a piece."""
        plan, frames = self.alignment, piece.frames.astype(np.float32, copy=False)
        indices = plan.left[events] - piece.start
        weight = plan.weight[events].astype(np.float32)[..., None]
        right = frames[np.minimum(indices + 1, len(frames) - 1)]
        return between(frames[indices], right, weight, plan.is_gap[events])


def sparse_events(store: SessionStore) -> SparseTraces | None:
    """The calcium events of all cells, memoised; None if the prepared store lacks them."""
    return store.memo.get("sparse events", lambda: store.source.sparse_traces("events"))


def event_weights(activity: Activity) -> Weights:
    """The weights that filter events over earlier frames; ``[1.0]`` for unfiltered events."""
    matrix = activity.matrix
    return matrix.weights if isinstance(matrix, FilteredEvents) else UNFILTERED


def _filtered(trace: Floats, weights: Weights) -> Floats:
    indices = np.flatnonzero(trace)
    return filter_sparse(len(trace), indices, trace[indices], weights)


def _runs(first: Ints, last: Ints) -> Iterator[Ints]:
    """Groups of task events, in order of time, whose frames are few and close together."""
    order = np.argsort(first, kind="stable")
    run: list[int] = []
    for event in order.tolist():
        ends = max((int(last[one]) for one in run[-1:]), default=0)
        far = first[event] > ends + FRAMES_APART
        if run and (far or last[event] - first[run[0]] > FRAMES_AT_ONCE):
            yield np.array(run)
            run = []
        run.append(event)
    if run:
        yield np.array(run)


def _sums(block: Floats, axis: int) -> tuple[Floats, Ints | int]:
    """Sum and number of the values that are not NaN."""
    total: Floats = block.sum(axis=axis, dtype=np.float64)
    if not np.isnan(total).any():
        return total, block.shape[axis]
    known = ~np.isnan(block)
    return np.where(known, block, 0).sum(axis=axis, dtype=np.float64), known.sum(axis=axis)


def _divided(sums: Floats, counts: Ints) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Floats = sums / counts
    return result
