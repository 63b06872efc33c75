"""``vbdash fetch`` and ``serve`` beside a release in object storage, as a user types them."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboard.cli.command_line import main
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.download import file_hash
from data_layer.remote.parts import PART, PIECE
from data_layer.values.sizes import in_bytes
from tests.data_layer.project_cache.releases import write_release
from tests.support.object_store import Fault, ObjectStore
from tests.support.running import VBDASH, vbdash
from tests.support.until import wait_until
from tests.support.uploaded_release import uploaded_release

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def store(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    monkeypatch.setenv("VBDASH_OFFLINE", "")
    with uploaded_release(small_release) as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache"


@pytest.fixture
def words(store: ObjectStore, folder: Path) -> list[str]:
    return ["fetch", "--endpoint", store.url, "--cache-dir", str(folder)]


@pytest.fixture
def ids(small_cache: Cache) -> list[int]:
    return sorted(small_cache.here("experiment"))


def test_sessions_arrive_and_the_size_is_told_before(
    words: list[str],
    ids: list[int],
    folder: Path,
    small_cache: Cache,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chosen = [str(id_) for id_ in ids[:2]]
    assert main([*words, *chosen]) == 0
    size = sum(small_cache.path_of("experiment", id_).stat().st_size for id_ in ids[:2])
    told = capsys.readouterr()
    assert told.out == f"2 files: 0 here, 2 to download ({in_bytes(size)}).\n"
    assert "2 of 2 files" in told.err
    cache = Cache.from_local_cache(folder)
    assert cache.here("experiment") == set(ids[:2])
    paths = [cache.path_of("experiment", id_) for id_ in ids[:2]]
    assert [file_hash(path) for path in paths] == [cache.expected_hash(path) for path in paths]
    assert main([*words, *chosen]) == 0
    assert capsys.readouterr().out == "2 files: 2 here, 0 to download (0 bytes).\n"


def test_a_query_names_sessions_each_file_once(
    words: list[str], folder: Path, small_cache: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    chosen = experiments.index[experiments["session_number"] == 1]
    assert main([*words, "--query", "session_number == 1"]) == 0
    assert Cache.from_local_cache(folder).here("experiment") == set(chosen)
    types = small_cache.get_behavior_session_table()["session_type"]
    training = types[types.str.startswith("TRAINING")].iloc[0]
    assert main([*words, "--behavior", "--query", f"session_type == {training!r}"]) == 0
    assert Cache.from_local_cache(folder).here("behavior")
    capsys.readouterr()
    assert main([*words, "--behavior", "--query", "session_number == 1"]) == 0  # in those planes
    assert " 0 to download" in capsys.readouterr().out


@pytest.mark.fault
def test_what_cannot_be_fetched_is_told_and_the_rest_arrives(
    store: ObjectStore,
    words: list[str],
    ids: list[int],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store.fault = lambda asked, count: Fault(status=403) if str(ids[0]) in asked.key else None
    assert main([*words, *map(str, ids[:2]), "1"]) == 2
    told = capsys.readouterr().out
    assert "behavior_session_id 1" in told
    assert f"{ids[0]}: " in told
    assert "does not allow reading" in told
    assert Cache.from_local_cache(folder).here("experiment") == {ids[1]}


@pytest.mark.fault
def test_files_that_a_complete_listing_lacks_are_told_and_never_asked_for(
    store: ObjectStore, words: list[str], small_cache: Cache, capsys: pytest.CaptureFixture[str]
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    lost = sorted(set(experiments.index) - small_cache.here("experiment"))
    assert lost
    assert main([*words, *map(str, lost)]) == 2
    told = capsys.readouterr().out
    assert told.count("does not have the NWB file of ophys_experiment_id") == len(lost)
    assert told.startswith("0 files: 0 here, 0 to download (0 bytes).")
    assert not [asked for asked in store.asked if ".nwb" in asked.key]


def test_an_imaging_session_stands_for_all_of_its_planes(
    words: list[str], folder: Path, small_cache: Cache
) -> None:
    experiments, here = small_cache.get_ophys_experiment_table(), small_cache.here("experiment")
    planes = experiments.groupby("ophys_session_id").groups
    id_, chosen = max(planes.items(), key=lambda one: (here.issuperset(one[1]), len(one[1])))
    assert len(chosen) > 1
    assert main([*words, str(id_)]) == 0
    assert Cache.from_local_cache(folder).here("experiment") == set(chosen)


@pytest.mark.fault
@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ([], "by their ids, or by a --query"),
        (["1", "--query", "passive"], "by their ids, or by a --query"),
        (["--query", "__import__('os')"], "cannot be answered"),
    ],
)
def test_a_question_that_cannot_be_answered_is_one_sentence(
    words: list[str], more: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, *more]) == 2
    assert sentence in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_fetch_that_is_ended_is_continued_by_the_same_command(
    store: ObjectStore, words: list[str], ids: list[int], folder: Path, number: signal.Signals
) -> None:
    store.objects.put(*_large(store, ids[0]))
    store.fault = lambda asked, count: Fault(wait=25) if asked.start >= 4 * PART else None
    command = [VBDASH, *words, str(ids[0])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: _arrived(folder) == 4 * PART // PIECE)
    process.send_signal(number)
    out, err = process.communicate(timeout=15)  # it does not wait for those that are silent
    assert process.returncode == (130 if number == signal.SIGINT else -9)
    assert "Traceback" not in err
    if number == signal.SIGINT:
        assert "the same command goes on" in out
    store.fault = None
    store.forget()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2  # it is not what the manifest names, which is seen at the end
    asked = [one.start for one in store.asked if one.method == "GET" and one.stop > PART]
    assert sorted(asked) == [4 * PART, 5 * PART]


def _arrived(folder: Path) -> int:
    """How many pieces of the one file have arrived."""
    found = list(folder.rglob(".*.nwb.parts.json"))
    return len(json.loads(found[0].read_bytes())["done"]) if found else 0


def _large(store: ObjectStore, id_: int) -> tuple[str, bytes, str]:
    """A version of an experiment's file that has six parts."""
    key = next(key for key in store.objects.versions if key.endswith(f"{id_}.nwb"))
    return key, bytes(6 * PART), next(iter(store.objects.versions[key]))


@pytest.mark.fault
def test_a_disk_that_fills_on_the_way_is_told_and_the_rest_arrives_when_there_is_room(
    words: list[str], ids: list[int], folder: Path
) -> None:
    assert main([*words, str(ids[0])]) == 0  # the tables are here
    command = [VBDASH, *words, str(ids[1])]
    full = subprocess.run(command, capture_output=True, text=True, preexec_fn=_little_room)
    assert full.returncode == 2
    assert "cannot be written" in full.stdout
    assert "Traceback" not in full.stderr
    assert Cache.from_local_cache(folder).here("experiment") == {ids[0]}
    assert subprocess.run(command, capture_output=True).returncode == 0
    cache = Cache.from_local_cache(folder)
    path = cache.path_of("experiment", ids[1])
    assert file_hash(path) == cache.expected_hash(path)


def _little_room() -> None:
    """No file of the process may grow beyond 2 MB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * 10**6, 2 * 10**6))


def test_serve_begins_with_an_empty_directory_and_the_tables(
    store: ObjectStore, small_cache: Cache, tmp_path: Path
) -> None:
    with vbdash("serve", "--endpoint", store.url, "--work-dir", tmp_path) as server:
        assert urlopen(server.url).status == 200
        cache = Cache.from_local_cache(tmp_path / "project-cache")
        assert len(cache.get_ophys_experiment_table()) == len(
            small_cache.get_ophys_experiment_table()
        )
        wait_until(lambda: bool(list(tmp_path.rglob("_vbdash_sizes_*.json"))))
    assert not [one.key for one in store.asked if one.key.endswith(".nwb")]


@pytest.mark.fault
def test_serve_starts_offline_with_what_is_there_and_says_so(
    store: ObjectStore, tmp_path: Path
) -> None:
    Cache.from_s3_cache(tmp_path / "project-cache", endpoint=store.url)
    with vbdash("serve", "--endpoint", NOWHERE, "--work-dir", tmp_path) as server:
        assert urlopen(server.url).status == 200
        wait_until(lambda: "nothing listens there" in server.printed)


@pytest.mark.fault
def test_serve_without_anything_here_or_there_is_one_sentence(
    store: ObjectStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    words = ["serve", "--endpoint", NOWHERE, "--work-dir", str(tmp_path), "--port", "0"]
    assert main(words) == 2
    assert "none can be fetched" in capsys.readouterr().err
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("what", ["demo", "mounted", "tables", "elsewhere", "offline"])
def test_what_is_no_copy_of_the_release_asks_nobody(
    store: ObjectStore,
    small_release: Path,
    tmp_path: Path,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dashboard.cli.project_cache import open_project_cache
    from data_layer.settings import Settings

    cache_dir = tmp_path / "cache"
    if what in ("demo", "offline"):
        shutil.copytree(small_release, cache_dir)
    else:
        write_release(cache_dir, static=what == "mounted")
    if what == "offline":
        (cache_dir / "demo_release.json").unlink()
        monkeypatch.setenv("VBDASH_OFFLINE", "1")
    elif what == "tables":
        cache_dir = next(cache_dir.glob("*/project_metadata"))
    bucket = "another" if what == "elsewhere" else "visual-behavior-ophys-data"
    settings = Settings.from_environment(cache_dir=cache_dir, bucket=bucket)
    assert open_project_cache(settings).online is None


def test_the_cache_of_allensdk_can_fetch_more(store: ObjectStore, tmp_path: Path) -> None:
    from dashboard.cli.project_cache import open_project_cache
    from data_layer.settings import Settings

    write_release(tmp_path)
    store.forget()
    cache = open_project_cache(Settings.from_environment(cache_dir=tmp_path))
    assert cache.online is not None
    assert not store.asked  # the start needs nobody
