"""Builds a prepared store from one session, in one streaming pass and bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.camera_range import camera_range
from data_layer.errors import SessionFileError
from data_layer.levels.extremes import build_extremes
from data_layer.levels.matrix_levels import BLOCK_FRAMES, MatrixLevels, build_levels
from data_layer.levels.sparse_traces import SparseTraces
from data_layer.prepared.metadata import to_json
from data_layer.prepared.pack import outline_arrays, span_arrays
from data_layer.prepared.reader import TICK
from data_layer.prepared.writer import StoreWriter
from data_layer.quality.measures import measured
from data_layer.quality.session_checks import quality, to_rows
from data_layer.quality.trace_passes import PASSED, begin_pass, keep_pass
from data_layer.store.activity import sampled_top
from data_layer.store.cell_order import CHANGE_RESPONSE, change_response
from data_layer.store.eye import Range, eye_columns, pupil_centres
from data_layer.store.session_store import MOMENTS, SPANS, TRIALS_IDS, SessionStore
from data_layer.store.signals import SIGNALS, usual_range
from data_layer.values.slices import Floats

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

Progress = Callable[[float], None]
Seen = Callable[[int, Floats], None]
ACTIVITIES = ("dff", "events", "filtered_events", "corrected_fluorescence")
WITH_TRACES = ("dff", "events")
SPARSE = ("events", "filtered_events")
CHUNK_BINS = 1024
CHUNK_SAMPLES = 32768
CELLS_AT_ONCE = 16
CHUNK_EYE_FRAMES = 4096


def build_store(
    store: SessionStore, folder: Path, fingerprint: str, progress: Progress = lambda part: None
) -> None:
    """Write the store of an open session into the empty ``folder``, its label last.

    What the session lacks, or cannot give because a stream is damaged, is left out.
    ``progress(part)`` is told of every step, ``part`` from 0 to 1.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    _Build(store, StoreWriter(folder), progress).run(fingerprint)


class _Build:
    def __init__(self, store: SessionStore, writer: StoreWriter, progress: Progress) -> None:
        self.store, self.writer, self.progress = store, writer, progress
        self.ranges: dict[str, tuple[float, float]] = {}
        self.extremes: dict[str, dict[str, int]] = {}
        self.activity: dict[str, dict[str, Any]] = {}
        self.camera_range: Range | None = None
        self.spans: dict[str, dict[str, Any]] = {}
        self.done, self.total = 0, 1

    def run(self, fingerprint: str) -> None:
        """Everything, the small first."""
        matrices = self._matrices()
        # Tables and signals take about as long as two blocks of frames.
        self.total = sum(matrix.shape[0] for matrix in matrices.values()) + 2 * BLOCK_FRAMES
        self._step(0)
        self._tables()
        self._small()
        self._step(BLOCK_FRAMES)
        self._signals()
        self._step(BLOCK_FRAMES)
        for name, matrix in matrices.items():
            with suppress(SessionFileError):
                self._matrix(name, matrix)
        facts = {
            "ranges": self.ranges,
            "extremes": self.extremes,
            "activity": self.activity,
            "camera_range": self.camera_range,
            "spans": self.spans,
            **self._known(),
            # Last: by now every block of frames was told of.
            "quality": to_rows(quality(self.store)),
            "measures": measured(self.store),
        }
        self.writer.finish(fingerprint, facts)

    def _step(self, frames: int) -> None:
        self.done += frames
        self.progress(min(self.done / self.total, 1.0))

    def _matrices(self) -> dict[str, TraceMatrix]:
        """The trace matrices that have any frame and cell."""
        matrices = {}
        for name in ACTIVITIES if self.store.has_cells else ():
            with suppress(SessionFileError):
                matrix = self.store.activity(name).matrix
                if all(matrix.shape):
                    matrices[name] = matrix
        return matrices

    def _tables(self) -> None:
        store = self.store
        readers: dict[str, Callable[[], pd.DataFrame]] = {
            "presentations": lambda: store.presentations,
            "trials": lambda: store.trials,
            "licks": lambda: store.lick_table,
            "rewards": lambda: store.reward_table,
            "pupil_centres": partial(pupil_centres, store),
        }
        if store.has_cells:
            readers["cells"] = lambda: store.cells
        for name, read in readers.items():
            with suppress(SessionFileError):
                self.writer.table(name, read())

    def _small(self) -> None:
        """What the first view of a session is made of, beside its traces."""
        store = self.store
        for name in SPANS:
            with suppress(SessionFileError):
                arrays, facts = span_arrays(name, store.spans(name))
                self.writer.small(arrays)
                self.spans[name] = facts
        readers: dict[str, Callable[[], NDArray[Any]]] = {
            f"moments/{kind}": partial(store.moments, kind) for kind in MOMENTS
        }
        readers[TRIALS_IDS] = lambda: store.trials_ids
        if store.has_cells:
            readers[CHANGE_RESPONSE] = partial(change_response, store)
            readers |= {f"cells of {name}": partial(store.cells_of, name) for name in ACTIVITIES}
            with suppress(SessionFileError):
                self.writer.small(outline_arrays(store.outlines))
        for name, read in readers.items():
            with suppress(SessionFileError):
                self.writer.small({name: read()})

    def _known(self) -> dict[str, Any]:
        known: dict[str, Any] = {}
        with suppress(SessionFileError):
            known["metadata"] = to_json(self.store.metadata)
        with suppress(SessionFileError):
            known["bounds"] = self.store.bounds
        with suppress(SessionFileError):
            known["image_names"] = self.store.image_names
        return known

    def _signals(self) -> None:
        for name, signal in SIGNALS.items():
            if hasattr(type(self.store.session), signal.stream):  # the class: this reads nothing
                with suppress(SessionFileError):
                    self._signal(name, *signal.read(self.store.session))
        with suppress(SessionFileError):
            self._eye(self.store.session.eye_tracking)

    def _signal(self, name: str, times: Floats, values: Floats) -> None:
        if not len(times):
            return
        self._times(SIGNALS[name].clock, times)
        self.writer.array(f"signals/{name}", values, CHUNK_SAMPLES)
        levels = build_extremes(values).levels
        starts = np.cumsum([0, *(len(level) for level in levels.values())]).tolist()
        self.writer.array(f"extremes/{name}", np.concatenate([*levels.values()]), compress=True)
        self.extremes[name] = {str(size): starts[i] for i, size in enumerate(levels)}
        self.ranges[name] = usual_range(values)

    def _eye(self, table: pd.DataFrame) -> None:
        if len(table):
            self.writer.array("eye", eye_columns(table), CHUNK_EYE_FRAMES)
            self.camera_range = camera_range(table)

    def _times(self, clock: str, times: Floats) -> None:
        if not self.writer.has(f"times/{clock}"):
            self.writer.array(f"times/{clock}", times, CHUNK_SAMPLES)
            self.writer.small({f"ticks/{clock}": times[::TICK], f"ends/{clock}": times[[0, -1]]})

    def _matrix(self, name: str, matrix: TraceMatrix) -> None:
        self._times("ophys", matrix.timestamps)
        top = sampled_top(matrix)
        gathered = begin_pass(self.store, name) if name in PASSED else None
        seen = gathered.add if gathered else _unseen
        with_traces = name in WITH_TRACES
        levels = (
            self._with_traces(name, matrix, seen) if with_traces else self._levels(matrix, seen)
        )
        if gathered:
            keep_pass(self.store, name, gathered)
        for statistic, values in (("mean", levels.mean), ("max", levels.max)):
            place = f"activity/{name}/{statistic}"
            self.writer.array(place, values, CHUNK_BINS, compress=name in SPARSE)
        offsets = {str(size): row for size, row in levels.offsets.items()}
        self.activity[name] = {"offsets": offsets, "top": top}

    def _levels(self, matrix: TraceMatrix, seen: Seen) -> MatrixLevels:
        def told(start: int, block: Floats) -> None:
            seen(start, block)
            self._step(len(block))

        return build_levels(*matrix.shape, matrix.read, told)

    def _with_traces(self, name: str, matrix: TraceMatrix, seen: Seen) -> MatrixLevels:
        """The levels; on the way every sample goes where a cell's lie in one piece."""
        n_frames, n_cells = matrix.shape
        shards, chunks = (n_cells, BLOCK_FRAMES), (1, BLOCK_FRAMES)
        shape = n_cells, n_frames
        with self.writer.filling(
            f"traces/{name}", shape, "float32", shards, chunks, compress=name in SPARSE
        ) as traces:
            sparse = SparseTraces.Builder(n_frames, n_cells)

            def keep(start: int, block: Floats) -> None:
                by_cell = block.T.astype(np.float32)
                traces[:, start : start + len(block)] = by_cell
                seen(start, block)
                if name in SPARSE:
                    sparse.add(start, by_cell)

            levels = self._levels(matrix, keep)
            cells = range(0, n_cells, CELLS_AT_ONCE)
            ranges = [usual_range(row) for i in cells for row in traces[i : i + CELLS_AT_ONCE]]
            self.writer.small({f"ranges/{name}": np.array(ranges).ravel()})
        for part, values in sparse.finished().items():
            self.writer.array(f"sparse/{name}/{part}", values, compress=True)
        return levels


def _unseen(start: int, block: Floats) -> None:
    del start, block
