"""Streamed files: their paths, what is kept of them, and what goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from data_layer.errors import ObjectMissing
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.spool import PAGE, RANGE, Spool
from data_layer.remote.streamed import (
    StreamedFiles,
    arrived_of,
    is_streamed,
    is_whole,
    origin_of,
    spool_of,
    streamed_files,
)
from data_layer.remote.urls import client_of, is_url
from data_layer.settings import Settings
from tests.support.object_store import ObjectStore, object_store

KEY = "release/sessions/a.nwb"
CONTENT = os.urandom(3 * RANGE + 12_345)
WANTED = StoredObject(KEY, "v1", "hash")


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    with object_store("bucket") as store:
        store.objects.put(KEY, CONTENT, "v1")
        yield store


@pytest.fixture
def files(store: ObjectStore, tmp_path: Path) -> StreamedFiles:
    return StreamedFiles(tmp_path / "streamed", Bucket("bucket", store.url), ["cars"])


def read(spool: Spool, start: int, stop: int) -> bytes:
    content = bytearray(stop - start)
    spool.require([(start, stop)])
    spool.read_into(memoryview(content), start)
    return bytes(content)


def spans(store: ObjectStore) -> list[tuple[int, int]]:
    return [(one.start, one.stop) for one in store.asked if one.method == "GET"]


def test_a_path_costs_no_request_and_says_of_which_object_it_is(
    files: StreamedFiles, store: ObjectStore
) -> None:
    path = files.path_of(WANTED)
    assert path.name == "a.nwb"
    assert path.is_file()
    assert is_streamed(path)
    assert not is_whole(path)
    assert arrived_of(path) == (0, 0)
    assert files.path_of(WANTED) == path
    assert files.path_of(StoredObject(KEY, "v2", "hash")) != path
    origin = origin_of(path)
    assert origin is not None
    assert (origin.bucket, origin.wanted) == (files.bucket, WANTED)
    assert not store.asked
    assert path.parent.stat().st_mode & 0o077 == 0


def test_no_other_file_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.nwb"
    path.touch()
    assert not is_streamed(path)
    assert is_whole(path)
    assert origin_of(path) is None


def test_what_has_arrived_is_not_asked_for_again(files: StreamedFiles, store: ObjectStore) -> None:
    path = files.path_of(WANTED)
    spool = spool_of(path)
    assert spool is spool_of(path)
    store.forget()
    assert read(spool, 100, 50_000) == CONTENT[100:50_000]
    assert spans(store) == [(0, 4 * PAGE)]
    assert read(spool, 0, 20_000) == CONTENT[:20_000]
    assert read(spool, 60_000, 70_000) == CONTENT[60_000:70_000]
    assert spans(store) == [(0, 4 * PAGE), (4 * PAGE, 5 * PAGE)]
    assert arrived_of(path) == (5 * PAGE, len(CONTENT))
    end = len(CONTENT) - 10
    assert read(spool, end, len(CONTENT)) == CONTENT[end:]


def test_a_long_stretch_comes_in_parallel_ranges_and_near_ones_as_one(
    files: StreamedFiles, store: ObjectStore
) -> None:
    spool = spool_of(files.path_of(WANTED))
    store.forget()
    spool.require([(0, 10), (2 * PAGE, 2 * PAGE + 5)])
    assert spans(store) == [(0, 3 * PAGE)]
    store.forget()
    spool.require([(0, len(CONTENT))])
    assert len(store.asked) == 3
    assert max(stop - start for start, stop in spans(store)) <= RANGE
    assert read(spool, 0, len(CONTENT)) == CONTENT
    assert is_whole(spool.path)


def test_threads_fetch_a_range_once_and_do_not_wait_for_others(
    files: StreamedFiles, store: ObjectStore
) -> None:
    spool = spool_of(files.path_of(WANTED))
    store.forget()
    store.latency = 0.1
    many = [threading.Thread(target=spool.require, args=([(0, RANGE)],)) for _ in range(6)]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert spans(store) == [(0, RANGE)]


def test_two_processes_fetch_a_range_once(files: StreamedFiles, store: ObjectStore) -> None:
    path = files.path_of(WANTED)
    spool = spool_of(path)
    store.forget()
    store.latency = 1.0
    code = (
        "import sys, pathlib\n"
        "from data_layer.remote.streamed import spool_of\n"
        "spool_of(pathlib.Path(sys.argv[1])).require([(0, int(sys.argv[2]))])\n"
    )
    command = [sys.executable, "-c", code, str(path), str(RANGE)]
    with subprocess.Popen(command) as other:
        for _ in range(500):
            if spans(store):
                break
            threading.Event().wait(0.02)
        spool.require([(0, RANGE)])
        assert other.wait() == 0
    assert spans(store) == [(0, RANGE)]


def test_the_least_recently_used_go_and_none_that_is_open(
    files: StreamedFiles, store: ObjectStore
) -> None:
    files.limit = 3 * RANGE
    wanted = []
    for i in range(4):
        store.objects.put(f"release/{i}.nwb", CONTENT[: 2 * RANGE], "v1")
        wanted.append(StoredObject(f"release/{i}.nwb", "v1"))
    in_use = spool_of(files.path_of(wanted[0]))
    in_use.require([(0, 2 * RANGE)])
    for i in (1, 2):
        spool_of(files.path_of(wanted[i])).require([(0, 2 * RANGE)])
    last = files.path_of(wanted[3])
    kept = {path.name for path in files.folder.glob("*/*.nwb")}
    assert "0.nwb" in kept
    assert last.name in kept
    assert "1.nwb" not in kept
    assert not list(files.folder.glob(".*.gone"))
    assert read(in_use, 0, RANGE) == CONTENT[:RANGE]


def test_settings_name_the_bucket_and_the_places(tmp_path: Path) -> None:
    settings = Settings(
        work_dir=tmp_path, s3_endpoint="http://127.0.0.1:1/", sidecars="s3://b/cars", stream_limit=2
    )
    files = streamed_files(settings)
    assert files.bucket == Bucket(settings.bucket, "http://127.0.0.1:1", settings.region)
    assert files.sidecars == ("s3://b/cars", str(tmp_path / "sidecars"))
    assert files.folder == tmp_path / "streamed"
    assert files.limit == 2 * 10**9


@pytest.mark.parametrize("form", ["s3://bucket/{key}", "{url}/bucket/{key}", "memory://x/a.nwb"])
def test_any_address_can_be_streamed(
    form: str, files: StreamedFiles, store: ObjectStore, tmp_path: Path
) -> None:
    fsspec.filesystem("memory").pipe_file("/x/a.nwb", CONTENT)
    url = form.format(key=KEY, url=store.url)
    assert is_url(url)
    path = files.path_of_url(url)
    assert path.name == "a.nwb"
    assert read(spool_of(path), 5, 100_000) == CONTENT[5:100_000]
    assert files.path_of_url(url) == path


def test_a_version_in_an_address_is_that_version(files: StreamedFiles, store: ObjectStore) -> None:
    store.objects.put(KEY, b"newer" * 10, "v2")
    old = files.path_of_url(f"s3://bucket/{KEY}?versionId=v1")
    web = files.path_of_url(f"{store.url}/bucket/{KEY}?versionId=v1")
    new = files.path_of_url(f"s3://bucket/{KEY}")
    assert len({old, web, new}) == 3
    assert read(spool_of(old), 0, 100) == read(spool_of(web), 0, 100) == CONTENT[:100]
    assert read(spool_of(new), 0, 50) == b"newer" * 10


def test_a_changed_object_behind_an_address_is_another_file(
    files: StreamedFiles, store: ObjectStore
) -> None:
    before = files.path_of_url(f"s3://bucket/{KEY}")
    store.objects.put(KEY, CONTENT[::-1], "v2")
    client_of.cache_clear()  # as in a new process
    assert files.path_of_url(f"s3://bucket/{KEY}") != before


@pytest.mark.parametrize("text", ["a.nwb", "/folder/a.nwb", "C:/a.nwb", "nothing://a/b.nwb"])
def test_a_path_is_no_address(text: str) -> None:
    assert not is_url(text)


@pytest.mark.fault
def test_an_address_of_nothing_is_told(files: StreamedFiles, store: ObjectStore) -> None:
    for url in (f"s3://bucket/{KEY}x", f"{store.url}/bucket/{KEY}x", "memory://nothing/a.nwb"):
        with pytest.raises(ObjectMissing, match=r"a\.nwb"):
            files.path_of_url(url)


@pytest.mark.fault
@pytest.mark.parametrize("facts", ["", "[]", "{}", json.dumps({"bucket": {"x": 1}})])
def test_broken_facts_beside_a_copy_make_it_no_streamed_file(
    files: StreamedFiles, facts: str
) -> None:
    path = files.path_of(WANTED)
    (path.parent / "object.json").write_text(facts)
    assert origin_of(path) is None
    assert files.path_of(WANTED) == path
    assert origin_of(path) is not None


@pytest.mark.fault
def test_a_cut_off_copy_is_begun_anew(files: StreamedFiles, store: ObjectStore) -> None:
    path = files.path_of(WANTED)
    spool = spool_of(path)
    read(spool, 0, 100_000)
    del spool
    path.write_bytes(b"")
    assert read(spool_of(path), 0, 100) == CONTENT[:100]
