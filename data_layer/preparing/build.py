"""Builds the prepared store of one session, in one pass over the frames and bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data_layer.errors import NotReadableNow, SessionFileError
from data_layer.levels.matrix_levels import BLOCK_FRAMES
from data_layer.prepared.stored_signals import write_signal
from data_layer.prepared.stored_traces import write_matrix
from data_layer.prepared.writer import StoreWriter
from data_layer.preparing.contents import declared, every_datum
from data_layer.quality.trace_passes import PASSED, begin_pass, memoise_pass
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS
from data_layer.values.slices import Floats
from data_layer.values.trace_kinds import PREPARED, TraceKind

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

OnProgress = Callable[[float], None]


def build_store(
    store: SessionStore,
    folder: Path,
    fingerprint: str,
    on_progress: OnProgress = lambda part: None,
) -> None:
    """Write the prepared store of an open session into the empty ``folder``, the label last.

    Data that the session lacks, or that a damaged stream does not give, are left out.
    ``on_progress(part)`` is called after every step, with ``part`` from 0 to 1.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    _Build(store, StoreWriter(folder), on_progress).run(fingerprint)


class _Build:
    def __init__(self, store: SessionStore, writer: StoreWriter, on_progress: OnProgress) -> None:
        self.store, self.writer, self.on_progress = store, writer, on_progress
        self.done, self.total = 0, 1

    def run(self, fingerprint: str) -> None:
        """Build everything; the data come last because checks need results of the pass."""
        matrices = list(self._matrices())
        # Signals and data each take about as long as one block of frames.
        self.total = sum(matrix.shape[0] for _, matrix in matrices) + 2 * BLOCK_FRAMES
        self._step(0)
        self._signals()
        self._step(BLOCK_FRAMES)
        for kind, matrix in matrices:
            with _left_out_where_unreadable():
                self._matrix(kind, matrix)
        self._data()
        self._step(BLOCK_FRAMES)
        self.writer.finish(fingerprint, declared())

    def _step(self, frames: int) -> None:
        self.done += frames
        self.on_progress(min(self.done / self.total, 1.0))

    def _matrices(self) -> Iterator[tuple[TraceKind, TraceMatrix]]:
        """The trace matrices with at least one frame and cell."""
        for kind in PREPARED if self.store.has_cells else ():
            with _left_out_where_unreadable():
                matrix = self.store.activity(kind.name).matrix
                if all(matrix.shape):
                    yield kind, matrix

    def _signals(self) -> None:
        for name, signal in SIGNALS.items():
            # On the class, because on the instance hasattr() would read the stream.
            if hasattr(type(self.store.session), signal.stream):
                with _left_out_where_unreadable():
                    samples = signal.read(self.store.session)
                    if len(samples[0]):
                        write_signal(self.writer, name, signal.clock, samples)

    def _matrix(self, kind: TraceKind, matrix: TraceMatrix) -> None:
        gathered = begin_pass(self.store, kind.name) if kind.name in PASSED else None

        def on_block(start: int, block: Floats) -> None:
            if gathered:
                gathered.add(start, block)
            self._step(len(block))

        write_matrix(self.writer, kind, matrix, on_block)
        if gathered:
            memoise_pass(self.store, kind.name, gathered)

    def _data(self) -> None:
        for datum in every_datum():
            if self.store.has_cells or not datum.needs_cells:
                with _left_out_where_unreadable():
                    datum.write(self.writer, self.store.get(datum))


@contextmanager
def _left_out_where_unreadable() -> Iterator[None]:
    try:
        yield
    except NotReadableNow:
        raise
    except SessionFileError:
        pass
