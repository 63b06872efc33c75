"""``vbdash sidecars`` over a release in an object store, and over one on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from dashboard.cli.command_line import main
from data_layer.nwb.opening import open_session
from data_layer.preparing.shelf import JOURNALS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.bucket import Bucket
from data_layer.remote.streamed import StreamedFiles, streamed_files
from data_layer.settings import Settings
from tests.support.object_store import Fault, ObjectStore
from tests.support.streaming import hurry
from tests.support.uploaded_release import uploaded_release


@pytest.fixture
def store(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    hurry(monkeypatch)
    with uploaded_release(small_release) as store:
        monkeypatch.setenv("VBDASH_S3_ENDPOINT", store.url)
        yield store


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VBDASH_WORK_DIR", str(tmp_path / "work"))
    return tmp_path / "work"


def journal(work: Path) -> list[dict[str, object]]:
    """What has become of files, in order."""
    files = (work / "store" / JOURNALS).glob("sidecars-*/*.jsonl")
    lines = (line for path in files for line in path.read_text().splitlines() if line)
    entries = (json.loads(line) for line in lines)
    ends = (entry for entry in entries if entry["event"] != "started")
    return sorted(ends, key=lambda entry: float(entry["time"]))


def some_of(cache_dir: Path, n: int) -> list[int]:
    cache = VisualBehaviorOphysProjectCache.from_s3_cache(cache_dir)
    return sorted(cache.get_ophys_experiment_table().index)[:n]


def test_a_release_gets_its_sidecars_in_a_pass_that_can_be_resumed(
    store: ObjectStore, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = map(str, some_of(work / "project-cache", 2))
    assert main(["sidecars", first]) == 0
    assert len([*(work / "sidecars").iterdir()]) == 1
    assert main(["sidecars", first, second]) == 0
    assert [line["result"] for line in journal(work)] == ["made", "made"]
    assert "Making sidecars: 100 %" in capsys.readouterr().err
    # a streamed session now opens without a request
    cache = VisualBehaviorOphysProjectCache.from_s3_cache(work / "project-cache")
    files = streamed_files(Settings(work_dir=work, s3_endpoint=store.url))
    cache.stream_with(StreamedFiles(work / "elsewhere", files.bucket, files.sidecars))
    path = cache.path_of("experiment", int(first))
    store.forget()
    with open_session(path) as session:
        assert session.metadata
    assert not store.asked


@pytest.mark.fault
def test_files_that_a_complete_listing_lacks_are_told_once_and_left_out(
    store: ObjectStore, work: Path, small_cache: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    there = [key for key in store.objects.versions if key.endswith(".nwb")]
    for key in there[1:]:
        del store.objects.versions[key]
    assert main(["sidecars", "--all"]) == 2
    told = capsys.readouterr()
    assert "1 files described" in told.out
    assert "0 failed" in told.out
    n = len(small_cache.get_ophys_experiment_table()) - 1
    assert f"lacks the files of {n} experiments and " in told.err
    assert {asked.key for asked in store.asked if ".nwb" in asked.key} == {there[0]}


def test_files_on_this_machine_are_read_here_and_their_sidecars_fit_the_store(
    store: ObjectStore, work: Path, small_release: Path
) -> None:
    (id_,) = some_of(small_release, 1)
    store.forget()
    into = "memory://shipped"
    assert main(["sidecars", str(id_), "--cache-dir", str(small_release), "--into", into]) == 0
    assert not [one for one in store.asked if one.key.endswith(".nwb")]
    assert len(fsspec.filesystem("memory").ls("/shipped")) == 1
    cache = VisualBehaviorOphysProjectCache.from_s3_cache(work / "empty")
    bucket = Bucket(endpoint=store.url)
    cache.stream_with(StreamedFiles(work / "reader", bucket, [into]))
    path = cache.path_of("experiment", id_)
    store.forget()
    with open_session(path) as session:
        assert session.metadata
    assert not store.asked


@pytest.mark.fault
def test_a_file_that_cannot_be_read_costs_no_other_its_sidecar(
    store: ObjectStore, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = some_of(work / "project-cache", 2)
    store.fault = lambda asked, n: Fault(status=403) if str(first) in asked.key else None
    assert main(["sidecars", str(first), str(second), "12"]) == 2
    told = capsys.readouterr().err
    assert "does not allow reading" in told
    assert "No behavior_session_id 12 in the tables" in told
    assert len([*(work / "sidecars").iterdir()]) == 1
    assert sum(line["event"] == "done" for line in journal(work)) == 1


def test_ids_or_all_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sidecars"]) == 2
    assert "--all" in capsys.readouterr().err
