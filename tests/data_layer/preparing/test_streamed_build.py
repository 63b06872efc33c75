"""A prepared store built from a streamed file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.errors import FileMissing, WrongFile
from data_layer.prepared.file_hash import StillArriving
from data_layer.prepared.fingerprint import fingerprint, size_and_time
from data_layer.preparing import queue
from data_layer.preparing.queue import Preparer
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.identity import open_experiment
from data_layer.remote.download import file_hash
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.sidecars import has_sidecar
from data_layer.remote.streamed import arrived_of, is_whole, spool_of
from data_layer.store.session_store import SessionStore
from tests.support.object_store import Fault
from tests.support.same import assert_same
from tests.support.streaming import Stream, hurry, streamed
from tests.support.until import wait_until


@pytest.fixture
def stream(
    small_experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stream]:
    hurry(monkeypatch)
    with streamed(small_experiment, tmp_path) as stream:
        yield stream


def test_what_is_prepared_from_a_stream_is_what_is_prepared_from_the_file(
    stream: Stream, small_experiment: Path, tmp_path: Path
) -> None:
    shelf, other = Shelf(tmp_path / "a", 10**9), Shelf(tmp_path / "b", 10**9)
    of_stream, of_file = shelf.prepare(stream.path).store, other.prepare(small_experiment).store
    assert of_stream is not None
    assert of_file is not None
    assert of_stream.facts["headers"] == of_file.facts["headers"]
    for name in of_file.facts["arrays"]:
        assert_same(of_stream.array(name)[:], of_file.array(name)[:], name)
    for name in of_file.facts["tables"]:
        assert_same(of_stream.table(name), of_file.table(name), name)
    assert_same(of_stream.small, of_file.small, "small arrays")


def test_a_second_look_needs_no_request(stream: Stream, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "a", 10**9)
    shelf.prepare(stream.path)
    path = stream.elsewhere("again")  # the copy is gone, the store and the sidecar are here
    shelf.folder.joinpath(shelf.store_path(stream.path).name).rename(shelf.store_path(path))
    stream.store.forget()
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        store = SessionStore(session, shelf.look_up(path).store)
        assert store.source.prepared is not None
        assert len(store.trials)
        assert len(store.outlines)
        assert len(store.activity("dff").mean_per_cell())
    assert not stream.store.asked


def test_the_fingerprint_is_that_of_the_version_and_costs_no_request(stream: Stream) -> None:
    path = stream.path
    state = fingerprint(path)
    assert state.startswith(size_and_time(path))
    assert stream.wanted.version_id in state
    assert stream.wanted.file_hash in state
    assert not stream.store.asked
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        assert not SessionStore(session).has_changed()
    assert fingerprint(path) == state


@pytest.mark.fault
def test_the_hash_of_a_copy_is_not_told_before_all_of_it_is_here(
    stream: Stream, small_experiment: Path, tmp_path: Path
) -> None:
    shelf, path = Shelf(tmp_path / "a", 10**9), stream.path
    with BehaviorOphysExperiment.from_nwb_path(path):
        assert not is_whole(path)
    with shelf.hashes.computing(path):
        pass
    assert shelf.hashes.look_up(path) is None
    with pytest.raises(StillArriving):
        shelf.hashes.compute(path)
    size = small_experiment.stat().st_size
    spool_of(path).require([(0, size)])
    assert arrived_of(path) == (size, size)
    assert shelf.hashes.compute(path) == file_hash(small_experiment)


@pytest.mark.fault
def test_preparing_is_tried_again_after_the_network_was_away(
    stream: Stream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, path = Shelf(tmp_path / "a", 10**9), stream.path
    preparer = Preparer(shelf)
    stream.store.fault = lambda asked, n: Fault(status=403)
    preparer.ask(path)
    wait_until(lambda: preparer.state(path).state == "failed")
    assert "does not allow reading" in preparer.state(path).sentence
    stream.store.fault = None
    preparer.ask(path)
    assert preparer.state(path).state == "failed"  # not yet
    monkeypatch.setattr(queue, "RETRY_STREAM_AFTER", 0.0)
    preparer.ask(path)
    wait_until(lambda: preparer.state(path).state == "ready")


@pytest.mark.fault
def test_an_object_of_another_recording_is_refused(stream: Stream) -> None:
    with pytest.raises(WrongFile, match="not 12345"):
        open_experiment(stream.path, 12345)
    with pytest.raises(FileMissing):
        open_experiment(stream.path.with_name("other.nwb"), 12345)


@pytest.mark.fault
def test_nothing_is_kept_of_a_whole_copy_that_differs_from_the_manifest(
    stream: Stream, small_experiment: Path, tmp_path: Path
) -> None:
    shelf, place = Shelf(tmp_path / "a", 10**9), small_experiment.stat().st_size // 2
    stream.store.fault = lambda asked, count: (
        Fault(flip=place - asked.start) if asked.start <= place else None
    )
    whole = spool_of(stream.path)
    whole.require([(0, whole.size)])
    assert is_whole(stream.path)
    with pytest.raises(StreamUnreachable, match="differs from the one in the manifest"):
        shelf.prepare(stream.path)
    assert shelf.look_up(stream.path).reason == "missing"
    assert shelf.summaries().empty
    assert not has_sidecar(stream.path)
    assert arrived_of(stream.path)[0] == 0
    stream.store.fault = None
    assert shelf.prepare(stream.path).store
    assert has_sidecar(stream.path)


def test_the_hash_of_a_streamed_file_is_that_of_its_object(
    stream: Stream, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    assert small_cache.expected_hash(stream.path) == stream.wanted.file_hash
