"""The queue of downloads, against a store that is slow, breaks off or refuses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.online import downloads as queue_module
from data_layer.project_cache.online.downloads import Downloads
from data_layer.project_cache.online.states import DownloadState
from data_layer.remote import parts
from data_layer.remote.download import file_hash
from tests.support.object_store import Asked, Fault, ObjectStore

SECONDS = 60


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 256 * 1024)
    monkeypatch.setattr(parts, "PIECE", 64 * 1024)


@pytest.fixture
def ids(small_cache: Cache) -> list[int]:
    return sorted(small_cache.here("experiment"))


@pytest.fixture
def cache(store: ObjectStore, folder: Path) -> Cache:
    return Cache.from_s3_cache(folder)


@pytest.fixture
def downloads(cache: Cache) -> Iterator[Downloads]:
    queue = Downloads(cache)
    yield queue
    queue.close()


def until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


def forget(store: ObjectStore) -> None:
    """Count anew, once the answers that nobody waits for any more have ended."""
    before = -1
    while before != store.sent:
        before = store.sent
        time.sleep(0.3)
    store.forget()


def of(downloads: Downloads, id_: int) -> DownloadState:
    return next(state for state in downloads.states() if state.id == id_)


def beside(cache: Cache, id_: int) -> set[str]:
    place = cache.place_of("experiment", id_)
    assert place is not None
    return {one.name for one in place.parent.iterdir() if place.name in one.name} - {
        f".{place.name}.lock"
    }


def test_several_files_arrive_whole(cache: Cache, downloads: Downloads, ids: list[int]) -> None:
    downloads.start("experiment", ids)
    downloads.start("experiment", ids)  # those on their way go on
    assert downloads.wait(SECONDS)
    assert [state.id for state in downloads.states()] == ids
    for id_ in ids:
        path = cache.path_of("experiment", id_)
        assert file_hash(path) == cache.expected_hash(path)
        state = of(downloads, id_)
        assert (state.stage, state.bytes) == ("done", state.total)
        assert state.bytes == path.stat().st_size


def test_progress_has_bytes_a_rate_and_the_time_left(
    store: ObjectStore, downloads: Downloads, ids: list[int]
) -> None:
    store.bytes_per_second = 1e6
    downloads.start("experiment", ids[:1])
    until(lambda: of(downloads, ids[0]).seconds_left is not None)
    state = of(downloads, ids[0])
    assert state.stage == "running"
    assert state.total is not None
    assert 0 < state.bytes < state.total
    assert state.rate is not None
    assert state.seconds_left == pytest.approx((state.total - state.bytes) / state.rate)


def test_a_paused_download_goes_on_where_it_was(
    store: ObjectStore, cache: Cache, downloads: Downloads, ids: list[int]
) -> None:
    store.latency = 0.05
    downloads.start("experiment", ids[:1])
    until(lambda: of(downloads, ids[0]).bytes > 0)
    downloads.pause(ids[0])
    assert downloads.wait(SECONDS)
    state = of(downloads, ids[0])
    assert state.stage == "paused"
    assert state.bytes > 0
    forget(store)
    downloads.resume(ids[0])
    assert downloads.wait(SECONDS)
    assert of(downloads, ids[0]).stage == "done"
    size = cache.path_of("experiment", ids[0]).stat().st_size
    assert store.sent <= size - state.bytes


def test_another_start_of_the_program_goes_on_where_the_last_one_was(
    store: ObjectStore, folder: Path, cache: Cache, ids: list[int]
) -> None:
    store.latency = 0.05
    first = Downloads(cache)
    first.start("experiment", ids[:1])
    until(lambda: of(first, ids[0]).bytes > 0)
    first.close()
    arrived = of(first, ids[0]).bytes
    assert of(first, ids[0]).stage == "paused"
    forget(store)
    again = Cache.from_s3_cache(folder)
    second = Downloads(again)
    second.start("experiment", ids[:1])
    assert second.wait(SECONDS)
    second.close()
    assert store.sent <= again.path_of("experiment", ids[0]).stat().st_size - arrived


def test_a_cancelled_download_leaves_nothing(
    store: ObjectStore, cache: Cache, downloads: Downloads, ids: list[int]
) -> None:
    store.latency = 0.05
    downloads.start("experiment", ids[:3])
    until(lambda: of(downloads, ids[0]).bytes > 0)
    downloads.cancel(ids[0])  # running
    downloads.cancel(ids[2])  # waiting
    assert downloads.wait(SECONDS)
    assert [of(downloads, id_).stage for id_ in ids[:3]] == ["cancelled", "done", "cancelled"]
    assert beside(cache, ids[0]) == beside(cache, ids[2]) == set()


def test_a_paused_download_can_be_cancelled(
    store: ObjectStore, cache: Cache, downloads: Downloads, ids: list[int]
) -> None:
    store.latency = 0.05
    downloads.start("experiment", ids[:1])
    until(lambda: of(downloads, ids[0]).bytes > 0)
    downloads.pause(ids[0])
    assert downloads.wait(SECONDS)
    assert len(beside(cache, ids[0])) == 2
    downloads.cancel(ids[0])
    assert beside(cache, ids[0]) == set()
    downloads.start("experiment", ids[:1])  # and asked for again
    assert downloads.wait(SECONDS)
    assert of(downloads, ids[0]).stage == "done"


def test_no_more_files_than_allowed_are_on_their_way(
    store: ObjectStore, downloads: Downloads, ids: list[int]
) -> None:
    store.latency = 0.02
    downloads.start("experiment", ids)
    most = 0
    while not downloads.wait(0.01):
        running = [state.stage in ("running", "checking") for state in downloads.states()]
        most = max(most, sum(running))
    assert most == queue_module.AT_ONCE


@pytest.mark.fault
@pytest.mark.parametrize(
    "told",
    [
        (Fault(status=403), "does not allow reading"),
        (Fault(status=404), "does not have the NWB file of ophys_experiment_id"),
        (Fault(flip=5), "differs from the one in the manifest"),
    ],
    ids=["refused", "gone", "changed on its way"],
)
def test_a_file_that_cannot_be_had_is_a_sentence_and_the_others_arrive(
    store: ObjectStore,
    cache: Cache,
    downloads: Downloads,
    ids: list[int],
    told: tuple[Fault, str],
) -> None:
    fault, sentence = told

    def chosen(asked: Asked, count: int) -> Fault | None:
        return fault if str(ids[0]) in asked.key else None

    store.fault = chosen
    downloads.start("experiment", ids[:2])
    assert downloads.wait(SECONDS)
    failed, arrived = downloads.states()
    assert failed.stage == "failed"
    assert sentence in failed.sentence
    assert arrived.stage == "done"
    assert cache.here("experiment") == {ids[1]}
    store.fault = None
    downloads.resume(ids[0])
    assert downloads.wait(SECONDS)
    assert [state.stage for state in downloads.states()] == ["done", "done"]
    assert of(downloads, ids[0]).sentence == ""


@pytest.mark.fault
def test_a_full_disk_is_a_sentence_and_nothing_is_asked_for(
    store: ObjectStore, downloads: Downloads, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        free = 1000

    monkeypatch.setattr("shutil.disk_usage", lambda path: Full)
    store.forget()
    downloads.start("experiment", ids[:1])
    assert downloads.wait(SECONDS)
    assert "are free on the disk" in of(downloads, ids[0]).sentence
    assert store.sent == 0


@pytest.mark.fault
def test_an_id_that_nobody_knows_is_a_sentence(downloads: Downloads) -> None:
    downloads.start("experiment", [1])
    downloads.pause(2)
    downloads.resume(2)
    downloads.cancel(2)
    assert downloads.wait(SECONDS)
    (state,) = downloads.states()
    assert state.has_ended
    assert "ophys_experiment_id 1" in state.sentence
