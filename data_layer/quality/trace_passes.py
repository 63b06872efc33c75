"""One pass over the frames of each kind of trace, for the quality checks.

While a prepared store is built, its pass over the frames is used. Otherwise the frames are read
here, in the same blocks, so that the numbers are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_layer.levels.matrix_levels import BLOCK_FRAMES
from data_layer.quality.checks.trace_statistics import EventCounts, TraceStatistics
from data_layer.values.slices import Floats, Ints

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix
    from data_layer.store.session_store import SessionStore

PASSED = ("dff", "corrected_fluorescence", "events")


@dataclass(frozen=True)
class TracePass:
    """The results of one pass; ``cell_roi_ids`` (n_cells,) name the columns."""

    cell_roi_ids: Ints
    seconds: float
    statistics: TraceStatistics | None = None
    events: EventCounts | None = None

    def add(self, start: int, block: Floats) -> None:
        """Add a block of frames (n, n_cells) that begins at ``start``."""
        for part in (self.statistics, self.events):
            if part is not None:
                part.add(start, block)


def begin_pass(store: SessionStore, name: str) -> TracePass:
    """An empty pass over one of ``PASSED``.

    Raises:
        SessionFileError: The stream is missing or damaged.
    """
    matrix: TraceMatrix = store.activity(name).matrix
    n_frames, n_cells = matrix.shape
    measured = float(np.median(np.diff(matrix.timestamps))) if n_frames > 1 else 1.0
    period = measured if measured > 0 else 1.0  # in case the clock does not advance
    cells, seconds = matrix.cell_roi_ids, period * n_frames
    if name == "events":
        noise = store.experiment.trace_parameters(name)["noise_std"].to_numpy(np.float64)
        return TracePass(cells, seconds, events=EventCounts(noise))
    return TracePass(cells, seconds, TraceStatistics(n_frames, n_cells, period))


def trace_pass(store: SessionStore, name: str) -> TracePass:
    """A complete pass over one of ``PASSED``, memoised in the store.

    Raises:
        SessionFileError: The stream is missing or damaged.
    """
    return store.memo.get(f"pass {name}", lambda: _read(store, name))


def memoise_pass(store: SessionStore, name: str, done: TracePass) -> None:
    """Memoise a pass that was made while a prepared store was built."""
    store.memo.get(f"pass {name}", lambda: done)


def _read(store: SessionStore, name: str) -> TracePass:
    matrix, started = store.activity(name).matrix, begin_pass(store, name)
    matrix.fetch()
    for start in range(0, matrix.shape[0], BLOCK_FRAMES):
        started.add(start, matrix.read(start, min(start + BLOCK_FRAMES, matrix.shape[0])))
    return started
