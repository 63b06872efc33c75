"""Builds a prepared store from one session, in one streaming pass and bounded memory."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_layer import around_events, quality, store
from data_layer.errors import SessionClosed, SessionFileError
from data_layer.levels.matrix_levels import BLOCK_FRAMES
from data_layer.prepared.registry import REGISTRY, Datum
from data_layer.prepared.stored_signals import write_signal
from data_layer.prepared.stored_traces import write_matrix
from data_layer.prepared.writer import StoreWriter
from data_layer.quality.trace_passes import PASSED, begin_pass, keep_pass
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS
from data_layer.values.slices import Floats
from data_layer.values.trace_kinds import PREPARED, TraceKind

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

OnProgress = Callable[[float], None]
DECLARING = (store, around_events, quality)
"""The folders whose modules may declare prepared data."""


def every_datum() -> Iterable[Datum[Any, Any]]:
    """Every prepared datum; all modules that may declare one are imported for that."""
    for folder in DECLARING:
        for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
            import_module(module.name)
    return REGISTRY.values()


def build_store(
    store: SessionStore,
    folder: Path,
    fingerprint: str,
    on_progress: OnProgress = lambda part: None,
) -> None:
    """Write the store of an open session into the empty ``folder``, its label last.

    What the session lacks, or cannot give because a stream is damaged, is left out.
    ``on_progress(part)`` is told of every step, ``part`` from 0 to 1.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    _Build(store, StoreWriter(folder), on_progress).run(fingerprint)


class _Build:
    def __init__(self, store: SessionStore, writer: StoreWriter, on_progress: OnProgress) -> None:
        self.store, self.writer, self.on_progress = store, writer, on_progress
        self.done, self.total = 0, 1

    def run(self, fingerprint: str) -> None:
        """Everything; the data last, as the checks among them need what the frames told."""
        matrices = list(self._matrices())
        # Signals and data take about as long as a block of frames each.
        self.total = sum(matrix.shape[0] for _, matrix in matrices) + 2 * BLOCK_FRAMES
        self._step(0)
        self._signals()
        self._step(BLOCK_FRAMES)
        for kind, matrix in matrices:
            with _left_out_where_unreadable():
                self._matrix(kind, matrix)
        self._data()
        self._step(BLOCK_FRAMES)
        self.writer.finish(fingerprint)

    def _step(self, frames: int) -> None:
        self.done += frames
        self.on_progress(min(self.done / self.total, 1.0))

    def _matrices(self) -> Iterator[tuple[TraceKind, TraceMatrix]]:
        """The trace matrices that have any frame and cell."""
        for kind in PREPARED if self.store.has_cells else ():
            with _left_out_where_unreadable():
                matrix = self.store.activity(kind.name).matrix
                if all(matrix.shape):
                    yield kind, matrix

    def _signals(self) -> None:
        for name, signal in SIGNALS.items():
            if hasattr(type(self.store.session), signal.stream):  # the class: this reads nothing
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
            keep_pass(self.store, kind.name, gathered)

    def _data(self) -> None:
        for datum in every_datum():
            if self.store.has_cells or not datum.needs_cells:
                with _left_out_where_unreadable():
                    datum.write(self.writer, self.store.get(datum))


@contextmanager
def _left_out_where_unreadable() -> Iterator[None]:
    try:
        yield
    except SessionClosed:
        raise
    except SessionFileError:
        pass
