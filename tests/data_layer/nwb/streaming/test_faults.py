"""What a store of objects does wrong is told, is no damage of the file, and can be tried again."""

from __future__ import annotations

import errno
import gc
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.errors import ObjectMissing, RemoteError, SessionFileError
from data_layer.nwb.opening import open_session
from data_layer.preparing.shelf import Shelf
from data_layer.quality.session_checks import quality
from data_layer.quality.streams import damage_in
from data_layer.remote import spool
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.streamed import StreamedFiles, arrived_of
from data_layer.remote.urls import client_of
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import Floats
from data_layer.values.window import Window
from tests.support.object_store import Asked, Fault
from tests.support.same import assert_same
from tests.support.streaming import Stream, hurry, streamed

pytestmark = pytest.mark.fault

FAULTS: dict[str, tuple[Fault, str]] = {
    "an internal error": (Fault(status=500), "answers 500"),
    "too busy": (Fault(status=503), "answers 503"),
    "cut off": (Fault(cut=1000), "broke"),
    "the whole object instead of the range": (Fault(whole=True), "another range"),
    "too slow": (Fault(wait=4.0), "did not answer in time"),
    "refused": (Fault(status=403), "does not allow reading"),
    "gone": (Fault(status=404), "in this version"),
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> tuple[Callable[[Asked, int], Fault], str]:
    what, sentence = FAULTS[request.param]
    return lambda asked, n: what, sentence


def test_a_store_that_fails_while_a_session_is_read_is_told_and_tried_again(
    stream: Stream,
    fault: tuple[Callable[[Asked, int], Fault], str],
    experiment: BehaviorOphysExperiment,
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(stream.path) as session:
        stream.store.fault = fault[0]
        for read in (
            lambda: session.traces_matrix("dff").column(int(experiment.cells["cell_roi_id"][0])),
            lambda: session.stimulus_presentations,
            lambda: session.has("eye_tracking") and session.eye_tracking,
        ):
            with pytest.raises(StreamUnreachable, match=fault[1]) as error:
                read()
            assert isinstance(error.value, RemoteError)
            assert isinstance(error.value, SessionFileError)
            assert stream.path.name in str(error.value)
            is_gone = isinstance(error.value.reason, ObjectMissing)  # to try again is of no use
            assert ("try again" in str(error.value)) != is_gone
            assert str(stream.folder) not in str(error.value)
        assert not session.left_out
        stream.store.fault = None
        shown = experiment.stimulus_presentations
        assert session.stimulus_presentations.equals(shown)
        assert session.left_out == experiment.left_out


def test_a_store_that_fails_when_a_session_is_opened_is_told_and_tried_again(
    stream: Stream, fault: tuple[Callable[[Asked, int], Fault], str]
) -> None:
    stream.store.fault = fault[0]
    with pytest.raises(StreamUnreachable, match=fault[1]):
        open_session(stream.path)
    assert arrived_of(stream.path)[0] == 0
    stream.store.fault = None
    with open_session(stream.path) as session:
        assert len(session.licks)


@pytest.mark.parametrize("n", range(1, 11))
def test_whichever_request_fails_nothing_incomplete_is_remembered(
    old_experiment_file: Path,
    old_experiment: BehaviorOphysExperiment,
    tmp_path: Path,
    n: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hurry(monkeypatch)
    experiment = old_experiment  # its presentations are read with the help of the trials
    with (
        streamed(old_experiment_file, tmp_path) as stream,
        BehaviorOphysExperiment.from_nwb_path(stream.path) as session,
    ):
        stream.store.forget()
        stream.store.fault = lambda asked, i: Fault(status=403) if i == n else None
        for name in ("stimulus_presentations", "trials", "metadata", "cells", "eye_tracking"):
            with suppress(StreamUnreachable):
                getattr(session, name)
            assert_same(getattr(session, name), getattr(experiment, name), name)
        assert session.left_out == experiment.left_out


def test_a_request_that_fails_once_is_not_noticed(stream: Stream) -> None:
    stream.store.fault = lambda asked, n: Fault(status=500) if n % 2 else None
    with open_session(stream.path) as session:
        assert len(session.licks)


def test_a_store_that_nobody_finds_is_told(stream: Stream, tmp_path: Path) -> None:
    for endpoint, why in (
        ("http://127.0.0.1:9", "nothing listens there"),
        (
            "http://no-such-store.invalid",
            "its name cannot be resolved; this machine may be offline",
        ),
    ):
        files = StreamedFiles(tmp_path / "s", Bucket("bucket", endpoint))
        with pytest.raises(StreamUnreachable, match=why):
            open_session(files.path_of(stream.wanted))


def test_a_store_that_fails_is_no_damage_of_any_stream(stream: Stream) -> None:
    with BehaviorOphysExperiment.from_nwb_path(stream.path) as session:
        stream.store.fault = lambda asked, n: Fault(status=403)
        store = SessionStore(session)
        with pytest.raises(StreamUnreachable):
            list(damage_in(store))
        with pytest.raises(StreamUnreachable):
            quality(store)
        stream.store.fault = None
        assert not list(damage_in(store))
        assert quality(store)


def test_nothing_is_prepared_while_a_store_fails(stream: Stream, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "store", 10**9)
    with open_session(stream.path):
        pass
    for n_good in (0, 1, 2):  # it fails early and late
        path = stream.elsewhere(f"after {n_good}")
        stream.store.forget()
        stream.store.fault = lambda asked, n, good=n_good: Fault(status=403) if n > good else None
        with pytest.raises(StreamUnreachable):
            shelf.prepare(path)
        assert shelf.look_up(path).reason == "missing"
        stream.store.fault = None
        assert shelf.prepare(path).store is not None
    assert len(shelf.summaries()) == 3


def test_an_object_that_was_replaced_is_not_mixed_with_the_old_one(
    experiment_file: Path, old_experiment_file: Path, tmp_path: Path
) -> None:
    with streamed(experiment_file, tmp_path, version="") as stream:
        with BehaviorOphysExperiment.from_nwb_path(stream.path) as session:
            assert len(session.licks)
            store = SessionStore(session)
            assert not store.has_changed()
            stream.store.objects.put(stream.wanted.key, old_experiment_file, "2")
            with pytest.raises(StreamUnreachable, match="has another"):
                session.traces_matrix("dff").column(int(session.cells["cell_roi_id"][0]))
            assert store.has_changed()  # so that it is opened again
        with BehaviorOphysExperiment.from_nwb_path(stream.path) as session:
            assert session.generation == "2021"


def test_an_object_that_was_replaced_between_two_runs_is_not_mixed(
    experiment_file: Path, old_experiment_file: Path, tmp_path: Path
) -> None:
    with streamed(experiment_file, tmp_path, version="") as stream:
        _read_licks(stream.path)
        gc.collect()
        client_of.cache_clear()  # as in a new process
        stream.store.objects.put(stream.wanted.key, old_experiment_file, "2")
        with pytest.raises(StreamUnreachable, match="has another"):  # HDF5 or the copy notes it
            _dff(stream.path)
        matrix = _dff(stream.path)
        with BehaviorOphysExperiment.from_nwb_path(old_experiment_file) as expected:
            assert np.array_equal(matrix, expected.traces_matrix("dff").by_cell())


def _read_licks(path: Path) -> None:
    with open_session(path) as session:
        assert len(session.licks)


def _dff(path: Path) -> Floats:
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        return session.traces_matrix("dff").by_cell()


def test_a_full_disk_is_told(stream: Stream, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with open_session(stream.path) as session:
        monkeypatch.setattr(spool, "_write", full)
        with pytest.raises(StreamUnreachable, match="No space left"):
            session.stimulus_presentations  # noqa: B018
        monkeypatch.undo()
        assert len(session.stimulus_presentations)


def test_a_copy_that_somebody_removes_is_fetched_again(stream: Stream) -> None:
    with open_session(stream.path) as session:
        assert len(session.licks)
    shutil.rmtree(stream.path.parent)
    with open_session(stream.path) as session:
        assert len(session.licks)


def test_wrong_facts_beside_a_copy_do_not_make_it_another(stream: Stream) -> None:
    path = stream.path
    (path.parent / "object.json").write_text("{}")
    with open_session(stream.path) as session:  # written anew
        assert SessionStore(session).licks(Window(0, 1000, 100))
    assert stream.files.path_of(StoredObject("other.nwb", "v1")) != path
