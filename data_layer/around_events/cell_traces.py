"""Reads the whole traces of a plane's cells, a few cells at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from data_layer.around_events.triggered_cells import (
    CELLS_AT_ONCE,
    EVENT_KINDS,
    FRAMES_AT_ONCE,
    event_weights,
    sparse_events,
)
from data_layer.values.slices import Floats

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore


def cell_traces(store: SessionStore, signal: str) -> Iterator[tuple[int, Floats]]:
    """Yield each cell's cell_roi_id and trace (n_frames,), in the order of the matrix."""
    activity = store.activity(signal)
    cells = activity.matrix.cell_roi_ids
    if signal in EVENT_KINDS and (sparse := sparse_events(store)) is not None:
        for column, cell in enumerate(cells.tolist()):
            yield cell, sparse.trace(column, event_weights(activity))
        return
    for start in range(0, len(cells), CELLS_AT_ONCE):
        part = slice(start, min(start + CELLS_AT_ONCE, len(cells)))
        if store.source.has_traces(signal):
            traces = store.source.traces(activity, np.arange(part.start, part.stop))
        else:
            traces = _columns(activity.matrix, part)
        yield from zip(cells[part].tolist(), traces, strict=True)


def _columns(matrix: Any, part: slice) -> Floats:
    """The whole traces of some cells (n_cells, n_frames) float32, read in blocks of frames."""
    n_frames, n_cells = matrix.shape
    traces = np.empty((len(range(n_cells)[part]), n_frames), np.float32)
    matrix.fetch()
    step = 8 * FRAMES_AT_ONCE
    for start in range(0, n_frames, step):
        traces[:, start : start + step] = matrix.read(start, start + step)[:, part].T
    return traces
