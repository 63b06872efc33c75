"""``vbdash prepare``: several files at once, resumed where it ended, past files that are bad."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest
from distributed import LocalCluster
from filelock import FileLock

from dashboard.cli import prepare as module
from dashboard.cli.command_line import main
from data_layer.batch.journal import Journal
from data_layer.batch.task import Item
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.quality.summaries import FOLDER as SUMMARIES
from data_layer.quality.summary_table import TABLE
from tests.data_layer.project_cache.releases import place_of, write_release
from tests.support.nwb_files import truncate, write_behavior, write_experiment
from tests.support.running import VBDASH
from tests.support.until import children_of, is_alive, wait_until
from tests.support.uploaded_release import uploaded_release

FILES = {101: "experiment", 2001: "behavior", 2002: "behavior"}
NOT_HERE = 104


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with three of its files."""
    root = write_release(tmp_path_factory.mktemp("release"))
    for id_, kind in FILES.items():
        folder = tmp_path_factory.mktemp("file")
        if kind == "experiment":
            ids = {"ophys_experiment_id": id_, "behavior_session_id": 1001}
            written = write_experiment(folder, n_trials=10, **ids)
        else:
            written = write_behavior(folder, n_trials=10, behavior_session_id=id_)
        shutil.move(written, place_of(root, kind, id_))
    return root.parent


@pytest.fixture
def cache_dir(originals: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(originals, tmp_path / "release"))


@pytest.fixture
def files(cache_dir: Path) -> dict[int, Path]:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(cache_dir)
    return {id_: cache.path_of(kind, id_) for id_, kind in FILES.items()}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "work" / "store", 10**9)


@pytest.fixture
def words(cache_dir: Path, tmp_path: Path) -> list[str]:
    return ["prepare", "--cache-dir", str(cache_dir), "--work-dir", str(tmp_path / "work")]


def prepared(shelf: Shelf, files: dict[int, Path]) -> dict[int, str]:
    """Which build stands for each file."""
    found = {id_: shelf.look_up(path).store for id_, path in files.items()}
    return {id_: store.built for id_, store in found.items() if store is not None}


def test_all_files_are_prepared_and_those_that_are_cost_nothing(
    words: list[str], files: dict[int, Path], shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--all"]) == 0
    first = prepared(shelf, files)
    assert first.keys() == files.keys()
    assert "100 %" in capsys.readouterr().err
    shutil.rmtree(shelf.store_path(files[2001]))
    assert main([*words, "--all"]) == 0
    second = prepared(shelf, files)
    assert {id_ for id_ in files if first[id_] != second[id_]} == {2001}


def test_only_what_is_named_is_prepared(
    words: list[str], files: dict[int, Path], shelf: Shelf
) -> None:
    assert main([*words, "101", "2002"]) == 0
    assert prepared(shelf, files).keys() == {101, 2002}


def test_each_problem_is_one_sentence_and_the_others_are_prepared(
    words: list[str], files: dict[int, Path], shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    truncate(files[2001])
    assert main([*words, "2001", str(NOT_HERE), "7", "2002"]) == 2
    told = capsys.readouterr().err.rpartition("vbdash: ")[2].splitlines()
    assert len(told) == 3
    expected = ("ophys_experiment_id 104 is not on", "No behavior_session_id 7", str(files[2001]))
    for what, line in zip(expected, told, strict=True):
        assert what in line
    assert prepared(shelf, files).keys() == {2002}


@pytest.mark.parametrize("chosen", [[], ["101", "--all"]])
def test_either_ids_or_all_must_be_asked_for(
    chosen: list[Any], words: list[str], shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, *chosen]) == 2
    assert "by their ids, or ask for --all" in capsys.readouterr().err
    assert not shelf.folder.exists()


def test_files_are_prepared_side_by_side(
    cache_dir: Path, files: dict[int, Path], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    cache = VisualBehaviorOphysProjectCache.from_local_cache(cache_dir)
    ids = [101, 2001]
    run = Thread(target=module.prepare_sessions, args=(cache, ids, shelf))
    with held(shelf, files[101]):
        run.start()
        wait_until(lambda: prepared(shelf, files).keys() == {2001})
    run.join()
    assert prepared(shelf, files).keys() == {101, 2001}


def held(shelf: Shelf, file: Path) -> FileLock:
    """Nobody can build the file's store meanwhile."""
    shelf.folder.mkdir(parents=True, exist_ok=True)
    return FileLock(shelf.folder / f".{shelf.store_path(file).name}.lock")


def test_ctrl_c_ends_it_and_the_next_run_goes_on(
    words: list[str], files: dict[int, Path], shelf: Shelf
) -> None:
    with held(shelf, files[101]):
        run = subprocess.Popen([VBDASH, *words, "101", "2001"], stderr=subprocess.DEVNULL)
        wait_until(lambda: prepared(shelf, files).keys() == {2001})
        children = children_of(run.pid)
        assert children
        run.send_signal(signal.SIGINT)
        assert run.wait() == 130
        # The workers are ended first; a helper of Python's ends when it notices.
        wait_until(lambda: not [pid for pid in children if is_alive(pid)])
    before = prepared(shelf, files)
    assert main([*words, "--all"]) == 0
    assert prepared(shelf, files).items() > before.items()


@pytest.mark.fault
def test_a_worker_that_is_killed_while_sessions_are_prepared_loses_one_session_alone(
    words: list[str], files: dict[int, Path], shelf: Shelf, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    command = [VBDASH, *words, "--all", "--workers", "2", "--report", report]
    with held(shelf, files[101]):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until(lambda: prepared(shelf, files).keys() == {2001, 2002})
        os.kill(int(entries(shelf, files[101])[-1]["pid"]), signal.SIGKILL)
        wait_until(lambda: len(entries(shelf, files[101])) == 2)
    assert run.wait() == 0
    assert prepared(shelf, files).keys() == files.keys()
    told = {id_: [entry["event"] for entry in entries(shelf, files[id_])] for id_ in files}
    once = ["started", "done"]
    assert told == {101: ["started", *once], 2001: once, 2002: once}
    rows = {row["id"]: row for row in json.loads(report.read_text())["files"]}
    assert {id_: row["state"] for id_, row in rows.items()} == dict.fromkeys(files, "done")
    assert rows[101]["tries"] == 2
    assert rows[101]["bytes"] == files[101].stat().st_size


def entries(shelf: Shelf, file: Path) -> list[Any]:
    """What the journal has about a file."""
    item = Item("", 0, str(file))
    return list(Journal(shelf.journals / "prepare", "", "").entries(item))


def test_the_jobs_of_an_array_prepare_each_file_once(
    words: list[str], files: dict[int, Path], shelf: Shelf
) -> None:
    there: list[set[int]] = []
    for part in ("1/2", "2/2"):
        assert main([*words, "--all", "--shard", part]) == 0
        there.append(set(prepared(shelf, files)))
    assert [len(one) for one in there] == [2, 3]
    assert all(len(entries(shelf, file)) == 2 for file in files.values())


def test_sessions_are_prepared_on_the_cluster_that_is_named(
    words: list[str], files: dict[int, Path], shelf: Shelf
) -> None:
    options = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with LocalCluster(n_workers=1, threads_per_worker=1, **options) as cluster:
        assert main([*words, "--all", "--scheduler", cluster.scheduler_address]) == 0
    assert prepared(shelf, files).keys() == files.keys()
    pids = {entry["pid"] for file in files.values() for entry in entries(shelf, file)}
    assert os.getpid() not in pids


def test_the_summaries_of_all_files_become_one_table(words: list[str], shelf: Shelf) -> None:
    assert main([*words, "--all"]) == 0
    assert len(pd.read_parquet(shelf.folder / SUMMARIES / TABLE)) == len(FILES)


@pytest.mark.fault
def test_stores_for_which_there_is_no_room_are_told(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--all", "--store-limit", "0", "--workers", "1"]) == 2
    assert "2 of the prepared files were removed again" in capsys.readouterr().err


def test_what_is_not_here_is_prepared_from_object_storage_and_only_once(
    small_release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = tmp_path / "work"
    (work / "cache").mkdir(parents=True)
    with uploaded_release(small_release) as store:
        monkeypatch.setenv("VBDASH_S3_ENDPOINT", store.url)
        monkeypatch.delenv("VBDASH_OFFLINE", raising=False)
        words = ["prepare", "--stream", "--work-dir", str(work), "--cache-dir", str(work / "cache")]
        cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
        id_ = min(cache.here("experiment"))
        assert main([*words, str(id_)]) == 0
        assert "1 files prepared" in capsys.readouterr().out
        shutil.rmtree(work / "streamed")  # as where room was made
        store.forget()
        assert main([*words, str(id_)]) == 0
        assert "0 files prepared (0.00 GB), 1 already prepared" in capsys.readouterr().out
        assert not [asked for asked in store.asked if asked.key.endswith(".nwb")]
    assert not list((work / "cache").rglob("*.nwb"))
    table = Shelf(work / "store", 10**9).summaries()
    assert table["ophys_experiment_id"].tolist() == [id_]
