"""``vbdash verify``: a line per file that is not as the manifest says, a summary, a status."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli.command_line import main
from data_layer.prepared.file_hash import FileHashes, file_hash
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.table_checks import TableChecks
from data_layer.quality.checks.tables import FILE_HASH
from tests.data_layer.project_cache.releases import place_of, write_release
from tests.support.nwb_files import write_behavior
from tests.support.running import VBDASH
from tests.support.until import wait_until

pytestmark = pytest.mark.fault
ID = 2001


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A release with one NWB file, and the hashes of all its files in the manifest."""
    root = write_release(tmp_path / "cache")
    made = write_behavior(tmp_path, behavior_session_id=ID, n_trials=5)
    shutil.move(made, place_of(root, "behavior", ID))
    change_manifest(root, lambda path: file_hash(path) if path.is_file() else "0" * 128)
    return root


def change_manifest(root: Path, hash_of: Any) -> None:
    (path,) = root.parent.glob("*_manifest_v*.json")
    content = json.loads(path.read_text())
    for entry in [*content["metadata_files"].values(), *content["data_files"].values()]:
        entry["file_hash"] = hash_of(root / entry["url"].split("/visual-behavior-ophys/")[1])
    path.write_text(json.dumps(content))


@pytest.fixture
def words(root: Path, tmp_path: Path) -> list[str]:
    return ["verify", "--cache-dir", str(root.parent), "--work-dir", str(tmp_path / "work")]


@pytest.fixture
def hashes(tmp_path: Path) -> FileHashes:
    return Shelf(tmp_path / "work" / "store", 10**9).hashes


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_files_as_in_the_manifest_are_counted_and_the_status_is_0(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--all"]) == 0
    assert lines(capsys) == ["5 of 5 files verified: 5 equal."]
    assert main([*words, str(ID)]) == 0
    assert lines(capsys) == ["1 of 1 files verified: 1 equal."]


def test_a_changed_byte_is_found_in_a_file_and_in_a_table(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = place_of(root, "behavior", ID)
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2)
        byte = opened.read(1)
        opened.seek(-1, os.SEEK_CUR)
        opened.write(bytes([byte[0] ^ 1]))
    table = root / "project_metadata" / "ophys_cells_table.csv"
    table.write_text(table.read_text() + "\n")
    assert main([*words, "--all"]) == 2
    *found, summary = lines(capsys)
    assert [line.split(": differs")[0] for line in found] == [str(table), str(file)]
    assert summary == "5 of 5 files verified: 3 equal, 2 different."


def test_a_table_that_cannot_be_opened_does_not_keep_the_others_from_being_verified(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    table = root / "project_metadata" / "behavior_session_table.csv"
    table.write_text(table.read_text()[:-30])
    (root / "project_metadata" / "ophys_cells_table.csv").unlink()
    assert main([*words, "--all"]) == 2
    *found, summary = lines(capsys)
    assert "behavior_session_table.csv: differs" in found[0]
    assert "ophys_cells_table.csv: is not on this machine" in found[1]
    assert summary == "5 of 5 files verified: 3 equal, 1 different, 1 missing."


def test_a_file_without_a_hash_in_the_manifest_is_told(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    change_manifest(root, lambda path: "none")
    assert main([*words, str(ID)]) == 2
    assert "the manifest has no hash of it" in lines(capsys)[0]


def test_a_file_that_may_not_be_read_does_not_end_the_others(
    root: Path,
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compute = FileHashes.compute

    def refuse(self: FileHashes, path: Path, *more: Any) -> str:
        if path.suffix == ".csv":
            raise PermissionError(13, "Permission denied")
        return compute(self, path, *more)

    # The tests may run as a user who may read everything.
    monkeypatch.setattr(FileHashes, "compute", refuse)
    assert main([*words, "--all"]) == 2
    *found, summary = lines(capsys)
    assert len(found) == 4
    assert all("Permission denied" in line and "Delete" not in line for line in found)
    assert summary == "5 of 5 files verified: 1 equal, 4 unreadable."


def test_an_id_without_a_file_is_told_and_the_others_are_verified(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, str(ID), "2002", "5"]) == 2
    *found, summary = lines(capsys)
    assert "2002 is not on this machine" in found[0]
    assert "No behavior_session_id 5" in found[1]
    assert summary == "1 of 1 files verified: 1 equal."


def test_a_cache_without_a_manifest_is_told_in_one_sentence(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--all", "--cache-dir", str(root)]) == 2
    assert "holds no manifest, so that there are no hashes" in capsys.readouterr().err


def test_a_broken_manifest_is_told_in_one_sentence(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = root.parent.glob("*_manifest_v*.json")
    path.write_text(path.read_text()[:100])
    assert main([*words, "--all"]) == 2
    told = capsys.readouterr().err
    assert "is not a readable manifest" in told
    assert len(told.splitlines()) == 1


def test_ctrl_c_ends_with_the_summary_of_what_was_read(
    root: Path, words: list[str], hashes: FileHashes
) -> None:
    with (root / "project_metadata" / "ophys_cells_table.csv").open("wb") as endless:
        endless.truncate(2**40)
    process = subprocess.Popen(
        [VBDASH, *words, "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_until(lambda: len(list(hashes.folder.glob("*.json"))) == 1)
    time.sleep(0.5)  # the result is counted after it is stored
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "files verified: 1 equal" in out
    assert "Traceback" not in err


def test_hashing_needs_no_more_memory_than_a_block(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(400 * 2**20)
    program = """import sys; from pathlib import Path
from data_layer.prepared.file_hash import file_hash
from tests.support.memory import peak_megabytes
before = peak_megabytes()
file_hash(Path(sys.argv[1]))
print(peak_megabytes() - before)"""
    run = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
    )
    assert float(run.stdout) < 20  # MB


def check_of(cache: Cache, hashes: FileHashes, path: Path) -> Any:
    checks = TableChecks(cache, hashes).of_file("behavior", {"behavior_session_id": ID}, path)
    return next(check for check in checks if check.name == FILE_HASH)


def test_the_check_of_a_file_says_whether_it_was_verified_and_equals_or_differs(
    root: Path, words: list[str], hashes: FileHashes
) -> None:
    cache, path = Cache.from_local_cache(root.parent), place_of(root, "behavior", ID)
    check = check_of(cache, hashes, path)
    assert (check.verdict, "Not verified yet" in check.note) == ("not applicable", True)
    main([*words, str(ID)])
    check = check_of(cache, hashes, path)
    assert (check.verdict, "equals" in check.note) == ("pass", True)
    with path.open("ab") as file:
        file.write(b"x")
    check = check_of(cache, hashes, path)
    assert (check.verdict, "Not verified yet" in check.note) == ("not applicable", True)
    main([*words, str(ID)])
    check = check_of(cache, hashes, path)
    assert (check.verdict, "differs" in check.note) == ("fail", True)


def test_preparing_a_file_verifies_it(root: Path, tmp_path: Path) -> None:
    path, shelf = place_of(root, "behavior", ID), Shelf(tmp_path / "work" / "store", 10**9)
    shelf.prepare(path)
    check = check_of(Cache.from_local_cache(root.parent), shelf.hashes, path)
    assert check.verdict == "pass"
