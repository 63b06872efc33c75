"""Which streams of a file are there and cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from data_layer.errors import NotReadableNow, SessionFileError, StreamDamaged, StreamMissing
from data_layer.values.trace_kinds import TRACE_KINDS

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

OF_BEHAVIOR = (
    "metadata",
    "task_parameters",
    "stimulus_timestamps",
    "stimulus_presentations",
    "licks",
    "rewards",
    "trials",
    "running_speed",
    "raw_running_speed",
    "eye_tracking",
    "eye_tracking_rig_geometry",
)
OF_IMAGING = (
    "ophys_experiment_id",
    "ophys_timestamps",
    "cells",
    "max_projection",
    "average_projection",
    "motion_correction",
)


def damage_in(store: SessionStore) -> Iterator[SessionFileError]:
    """The error of each stream that is in the file and cannot be read.

    Every stream is tried, of traces, masks and pictures the first only, because they are large.
    Reading all of them also notes all that is left out (``store.session.left_out``), whatever was
    read before.

    Raises:
        NotReadableNow: The session was closed, or object storage does not answer.
    """
    for read in _reads(store):
        try:
            read()
        except NotReadableNow:
            raise
        except StreamMissing:
            continue
        except SessionFileError as error:
            yield error


def stream_of(error: SessionFileError) -> str:
    """The stream that an error is about; the file's name if it is about the whole file."""
    return error.stream if isinstance(error, StreamDamaged) else error.path.name


def _reads(store: SessionStore) -> Iterator[Callable[[], object]]:
    yield from (_attribute(store.session, name) for name in OF_BEHAVIOR)
    yield lambda: [store.session.template(name) for name in store.session.image_names[:1]]
    if not store.has_cells:
        return
    yield from (_attribute(store.experiment, name) for name in OF_IMAGING)
    yield lambda: [store.experiment.roi_mask(int(roi)) for roi in _first_roi(store)]
    yield from (_trace(store, name) for name in TRACE_KINDS)


def _attribute(session: object, name: str) -> Callable[[], object]:
    return lambda: getattr(session, name)


def _first_roi(store: SessionStore) -> list[int]:
    ids: list[int] = store.experiment.cells["cell_roi_id"].tolist()
    return ids[:1]


def _trace(store: SessionStore, name: str) -> Callable[[], object]:
    def read() -> object:
        matrix = store.experiment.traces_matrix(name)
        return matrix.timestamps, matrix.read(0, 1), store.experiment.trace_parameters(name)

    return read
