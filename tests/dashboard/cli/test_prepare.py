"""``vbdash prepare``: several files at once, resumed where it ended, past files that are bad."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from filelock import FileLock

from dashboard.cli import prepare as module
from dashboard.cli.command_line import main
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.data_layer.project_cache.releases import place_of, write_release
from tests.support.nwb_files import truncate, write_behavior, write_experiment
from tests.support.running import VBDASH
from tests.support.until import children_of, is_alive, wait_until

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
