"""Looking prepared stores up, building them once, and what happens when that goes wrong."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from data_layer.errors import CannotPrepare, FileDamaged, FileMissing
from data_layer.prepared.label import FORMAT, LABEL, label_of, read_label
from data_layer.preparing import contents
from data_layer.preparing import shelf as shelf_module
from data_layer.preparing.build import build_store
from data_layer.preparing.process import PreparingProcess
from data_layer.preparing.room import LAST_USED, SIZES
from data_layer.preparing.shelf import HASHES, Shelf
from data_layer.quality.checks.rules import FROM_FILE
from data_layer.quality.summaries import FOLDER as SUMMARIES
from tests.support.nwb_files import truncate, write_behavior, write_experiment
from tests.support.until import is_alive, wait_until

GIGABYTE = 10**9


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_behavior(tmp_path_factory.mktemp("recorded"), n_trials=12)


@pytest.fixture
def file(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(recorded, tmp_path / "behavior_session_1.nwb"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", GIGABYTE)


def standing(shelf: Shelf) -> set[str]:
    """The names of all that lies on a shelf but locks, summaries, hashes and noted sizes."""
    names = {path.name for path in shelf.folder.iterdir() if path.suffix != ".lock"}
    return names - {SUMMARIES, HASHES, SIZES}


# looking up


def test_a_prepared_file_is_found_until_it_changes(shelf: Shelf, file: Path) -> None:
    assert shelf.look_up(file).reason == "missing"
    assert shelf.prepare(file).reason == "hit"
    assert shelf.look_up(file).store.facts["format"] == FORMAT
    assert standing(shelf) == {shelf.store_path(file).name}


def longer(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def edges_changed(path: Path, place: int) -> None:
    """Another content of the same size, and the time of change set back."""
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def later(path: Path) -> None:
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))


@pytest.mark.parametrize(
    "change",
    [longer, later, lambda path: edges_changed(path, 60), lambda path: edges_changed(path, -60)],
    ids=["size", "time", "start", "end"],
)
def test_the_store_of_a_file_that_changed_is_stale(change: Any, shelf: Shelf, file: Path) -> None:
    shelf.prepare(file)
    change(file)
    assert shelf.look_up(file) == shelf_module.LookUp(None, "stale")


def test_a_store_of_another_version_is_built_anew(shelf: Shelf, file: Path) -> None:
    built = shelf.prepare(file).store.built
    label = shelf.store_path(file) / LABEL
    label.write_bytes(label_of(read_label(label.read_bytes()) | {"format": FORMAT + 1}))
    assert shelf.look_up(file).reason == "other version"
    again = shelf.prepare(file)
    assert (again.reason, again.store.facts["format"]) == ("hit", FORMAT)
    assert again.store.built != built


def test_a_store_that_lacks_what_is_declared_today_is_built_anew(
    shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = shelf.prepare(file).store.built
    monkeypatch.setattr(contents, "FROM_FILE", (*FROM_FILE, "a_new_check"))
    assert shelf.look_up(file).reason == "other version"
    again = shelf.prepare(file)
    assert again.reason == "hit"
    assert again.store.built != built


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"facts": {}}', b"\xff\xfe"])
def test_a_store_without_a_whole_label_is_damaged_and_built_anew(
    content: bytes | None, shelf: Shelf, file: Path
) -> None:
    shelf.prepare(file)
    label = shelf.store_path(file) / LABEL
    label.unlink()
    if content is not None:
        label.write_bytes(content)
    assert shelf.look_up(file).reason == "damaged"
    assert shelf.prepare(file).reason == "hit"


def test_a_missing_or_unreadable_file_is_said_as_such(shelf: Shelf, file: Path) -> None:
    truncate(file)
    with pytest.raises(FileDamaged):
        shelf.prepare(file)
    file.unlink()
    with pytest.raises(FileMissing):
        shelf.prepare(file)
    assert standing(shelf) == set()


def test_a_file_that_changes_while_it_is_read_leaves_no_store_that_holds(
    shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = build_store

    def build_and_change(*args: Any) -> None:
        build(*args)
        later(file)

    monkeypatch.setattr(shelf_module, "build_store", build_and_change)
    with pytest.raises(CannotPrepare, match="the file changed while it was read"):
        shelf.prepare(file)
    assert shelf.look_up(file).reason == "stale"


# built once


BUILD_AND_COUNT = """
import sys
from pathlib import Path
from data_layer.preparing import shelf
build = shelf.build_store
def counted(*args):
    with open(sys.argv[3], "a") as log:
        log.write("x")
    build(*args)
shelf.build_store = counted
print(shelf.Shelf(Path(sys.argv[2]), 10**9).prepare(Path(sys.argv[1])).reason)
"""


def test_several_processes_that_ask_at_once_build_once(
    shelf: Shelf, file: Path, tmp_path: Path
) -> None:
    words = [sys.executable, "-c", BUILD_AND_COUNT, file, shelf.folder, tmp_path / "log"]
    asking = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0].strip() for process in asking] == ["hit"] * 3
    assert (tmp_path / "log").read_text() == "x"


def test_a_store_that_stands_is_not_built_again(
    shelf: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = shelf.prepare(file).store.built
    monkeypatch.setattr(shelf_module, "build_store", None)
    assert shelf.prepare(file).store.built == built


# what ends a build


BUILD_AND_STOP = """
import sys, time
from pathlib import Path
from data_layer.prepared import writer
from data_layer.preparing import shelf
def stop(*args):
    print("half", flush=True)
    time.sleep(3600)
writer.StoreWriter.finish = stop
shelf.Shelf(Path(sys.argv[2]), 10**9).prepare(Path(sys.argv[1]))
"""


@contextmanager
def half_built(shelf: Shelf, file: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has written everything but the label, and goes no further."""
    words = [sys.executable, "-c", BUILD_AND_STOP, file, shelf.folder]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_killed_build_leaves_nothing_that_counts(shelf: Shelf, file: Path) -> None:
    with half_built(shelf, file) as process:
        assert shelf.look_up(file).reason == "missing"
        assert 0 < shelf.progress(file) <= 1
        process.send_signal(signal.SIGKILL)
    assert standing(shelf) == {f".{shelf.store_path(file).name}.building"}
    assert shelf.look_up(file).reason == "missing"
    assert shelf.prepare(file).reason == "hit"
    assert standing(shelf) == {shelf.store_path(file).name}


def test_what_killed_builds_left_goes_when_another_file_is_built(
    shelf: Shelf, file: Path, recorded: Path
) -> None:
    with half_built(shelf, file) as process:
        shelf.prepare(recorded)
        building = f".{shelf.store_path(file).name}.building"
        assert building in standing(shelf)  # of a build that is under way
        process.kill()
    (shelf.folder / ".old-1.2.gone").mkdir()
    shutil.rmtree(shelf.store_path(recorded))
    shelf.prepare(recorded)
    assert standing(shelf) == {shelf.store_path(recorded).name}


def test_a_build_that_is_interrupted_leaves_nothing(shelf: Shelf, file: Path) -> None:
    with half_built(shelf, file) as process:
        process.send_signal(signal.SIGINT)
        process.wait()
    assert standing(shelf) == set()


# bounds and broken disks


def test_the_store_used_longest_ago_goes_when_there_is_no_room(
    shelf: Shelf, recorded: Path, tmp_path: Path
) -> None:
    files = [Path(shutil.copy2(recorded, tmp_path / f"{i}.nwb")) for i in range(4)]
    for age, file in enumerate(files[:3]):
        shelf.prepare(file)
        os.utime(shelf.store_path(file) / LAST_USED, (age, age))
    shelf.look_up(files[0])  # now the one used last
    inside = shelf.store_path(files[0]).rglob("*")
    size = sum(path.stat().st_size for path in inside if path.is_file())
    Shelf(shelf.folder, round(3.5 * size)).prepare(files[3])
    assert standing(shelf) == {shelf.store_path(files[i]).name for i in (0, 2, 3)}


def test_a_store_that_was_just_built_stays_even_if_it_is_too_large(
    shelf: Shelf, recorded: Path, file: Path
) -> None:
    shelf.prepare(recorded)
    assert Shelf(shelf.folder, 10).prepare(file).reason == "hit"
    assert standing(shelf) == {shelf.store_path(file).name}


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file can grow beyond ``size`` bytes, as where a disk is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_one_sentence_and_nothing_stays(shelf: Shelf, file: Path) -> None:
    with largest_file(5000):
        process = PreparingProcess(file, shelf)
    sentence = process.problem()
    assert sentence.startswith(f"{file.name} cannot be prepared in {shelf.folder}: File too large")
    assert "--work-dir" in sentence
    assert "\n" not in sentence
    assert standing(shelf) == set()


def test_a_folder_that_cannot_be_written_is_one_sentence(file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CannotPrepare, match="taken/shelf: Not a directory"):
        Shelf(tmp_path / "taken" / "shelf", GIGABYTE).prepare(file)


LOOK_UP_AND_PREPARE = """
import sys
from pathlib import Path
from data_layer.errors import CannotPrepare
from data_layer.preparing.shelf import Shelf
file, shelf = Path(sys.argv[1]), Shelf(Path(sys.argv[2]), 10**9)
print(shelf.look_up(file).reason)
try:
    print(shelf.prepare(file).reason)
except CannotPrepare as error:
    print(error)
"""


def obey_permissions() -> None:
    """Let root, too, write only where the permissions say so, after the next exec."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


def test_a_read_only_folder_is_used_as_far_as_it_goes(shelf: Shelf, file: Path) -> None:
    words = [sys.executable, "-c", LOOK_UP_AND_PREPARE, file, shelf.folder]

    def told() -> list[str]:
        shelf.folder.chmod(0o555)
        run = subprocess.run(words, preexec_fn=obey_permissions, capture_output=True, text=True)
        shelf.folder.chmod(0o755)
        return run.stdout.splitlines()

    shelf.folder.mkdir()
    reason, sentence = told()
    assert reason == "missing"
    assert f"{file.name} cannot be prepared in {shelf.folder}: Permission denied." in sentence
    shelf.prepare(file)
    assert told() == ["hit", "hit"]


# a process of its own


def test_a_preparation_that_succeeds_has_nothing_to_say(shelf: Shelf, file: Path) -> None:
    process = PreparingProcess(file, shelf)
    assert process.problem() == ""
    assert shelf.look_up(file).reason == "hit"


def test_a_preparation_runs_nothing_of_the_current_folder(
    shelf: Shelf, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data_layer.py").write_text("raise SystemExit('not ours')")
    monkeypatch.chdir(tmp_path)
    assert PreparingProcess(file, shelf).problem() == ""


def test_a_preparation_says_what_was_wrong_with_the_file(shelf: Shelf, file: Path) -> None:
    process = PreparingProcess(truncate(file), shelf)
    sentence = process.problem()
    assert str(file) in sentence
    assert len(sentence.splitlines()) == 1


def test_a_preparation_that_is_ended_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    file = write_experiment(tmp_path)
    process = PreparingProcess(file, shelf)
    process.end()
    assert process.has_ended()
    assert not list(shelf.folder.glob(".*.building"))


ASK_AND_DIE = """
import os, sys, time
from pathlib import Path
from data_layer.preparing.process import PreparingProcess
from data_layer.preparing.shelf import Shelf
process = PreparingProcess(Path(sys.argv[1]), Shelf(Path(sys.argv[2]), 10**9))
print(process._process.pid, flush=True)
time.sleep(3600)
"""


def test_a_preparation_ends_with_a_server_that_is_killed(shelf: Shelf, file: Path) -> None:
    with half_built(shelf, file):  # so that the preparation waits for its turn
        words = [sys.executable, "-c", ASK_AND_DIE, file, shelf.folder]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            preparing = int(server.stdout.readline())
            assert is_alive(preparing)
            server.kill()
        wait_until(lambda: not is_alive(preparing))
