"""Traces of cells in a prepared store: levels, whole traces, sparse traces and usual ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data_layer.levels.extremes import usual_range
from data_layer.levels.matrix_levels import (
    BLOCK_FRAMES,
    MatrixLevels,
    OnBlock,
    build_levels,
    sampled_top,
)
from data_layer.levels.sparse_traces import PARTS, SparseTraces
from data_layer.prepared.stored_signals import write_times
from data_layer.values.slices import Floats
from data_layer.values.trace_kinds import TraceKind

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix
    from data_layer.prepared.reader import PreparedStore
    from data_layer.prepared.writer import StoreWriter

CLOCK = "ophys"
CHUNK_BINS = 1024
CELLS_AT_ONCE = 16


def levels_key(name: str) -> str:
    """Prefix of the arrays with the levels of a kind of trace."""
    return f"activity/{name}"


def traces_key(name: str) -> str:
    """Name of the array with the whole traces of the cells."""
    return f"traces/{name}"


def ranges_key(name: str) -> str:
    """Name of the small array with the usual ranges of the cells."""
    return f"ranges/{name}"


def sparse_key(name: str, part: str = PARTS[-1]) -> str:
    """Name of the array with one part of the sparse traces."""
    return f"sparse/{name}/{part}"


def write_matrix(
    writer: StoreWriter, kind: TraceKind, matrix: TraceMatrix, on_block: OnBlock
) -> None:
    """Write a trace matrix, which must have at least one frame and cell, in one pass.

    ``on_block(start, block)`` is called with every block of frames.
    """
    matrix.fetch()
    write_times(writer, CLOCK, matrix.timestamps)
    top = sampled_top(matrix.shape[0], matrix.read)
    build = _write_traces if kind.prepared == "traces" else _build_levels
    levels = build(writer, kind, matrix, on_block)
    for statistic, values in (("mean", levels.mean), ("max", levels.max)):
        array = f"{levels_key(kind.name)}/{statistic}"
        writer.array(array, values, CHUNK_BINS, compress=kind.is_sparse)
    offsets = {str(size): row for size, row in levels.offsets.items()}
    writer.header(levels_key(kind.name), {"offsets": offsets, "top": top})


def _build_levels(
    writer: StoreWriter, kind: TraceKind, matrix: TraceMatrix, on_block: OnBlock
) -> MatrixLevels:
    return build_levels(*matrix.shape, matrix.read, on_block)


def _write_traces(
    writer: StoreWriter, kind: TraceKind, matrix: TraceMatrix, on_block: OnBlock
) -> MatrixLevels:
    """Build the levels and, in the same pass, write the whole trace of each cell."""
    n_frames, n_cells = matrix.shape
    shards, chunks = (n_cells, BLOCK_FRAMES), (1, BLOCK_FRAMES)
    sparse = SparseTraces.Builder(n_frames, n_cells)
    with writer.filling(
        traces_key(kind.name),
        (n_cells, n_frames),
        "float32",
        shards,
        chunks,
        compress=kind.is_sparse,
    ) as traces:

        def keep(start: int, block: Floats) -> None:
            by_cell = block.T.astype(np.float32)
            traces[:, start : start + len(block)] = by_cell
            if kind.is_sparse:
                sparse.add(start, by_cell)
            on_block(start, block)

        levels = _build_levels(writer, kind, matrix, keep)
        cells = range(0, n_cells, CELLS_AT_ONCE)
        ranges = [usual_range(row) for i in cells for row in traces[i : i + CELLS_AT_ONCE]]
        writer.small({ranges_key(kind.name): np.array(ranges).ravel()})
    for part, values in sparse.finished().items():
        writer.array(sparse_key(kind.name, part), values, compress=True)
    return levels


def read_levels(store: PreparedStore, name: str) -> MatrixLevels:
    """The levels; their values are read when a window needs them."""
    key = levels_key(name)
    offsets = {int(size): row for size, row in store.header(key)["offsets"].items()}
    return MatrixLevels(store.array(f"{key}/mean"), store.array(f"{key}/max"), offsets)


def read_top(store: PreparedStore, name: str) -> float:
    """The upper end of the colour scale."""
    return float(store.header(levels_key(name))["top"])


def read_usual_range_of_cell(store: PreparedStore, name: str, row: int) -> tuple[float, float]:
    """The range of nearly all samples of a cell; ``row`` is its index in the matrix."""
    low, high = store.small[ranges_key(name)].reshape(-1, 2)[row].tolist()
    return low, high


def read_sparse_traces(store: PreparedStore, name: str) -> SparseTraces:
    """The nonzero samples of all cells."""
    n_frames = store.array(traces_key(name)).shape[1]
    return SparseTraces(n_frames, *(store.array(sparse_key(name, part))[:] for part in PARTS))
