"""Where the system does not let a file be read, the advice is not to download it again."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import h5py
import pytest

from data_layer import FileDamaged, FileMissing, FileNotReadable, StreamDamaged, open_session
from tests.support.nwb_files import write_behavior

pytestmark = pytest.mark.fault

LOCK = """
import fcntl, sys
file = open(sys.argv[1], "r+b")
fcntl.flock(file, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""
MANY = """
import os, resource, sys
from data_layer import FileNotReadable, open_session
open_session(sys.argv[1]).close()
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
files = []
try:
    while True:
        files.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
try:
    open_session(sys.argv[1])
except FileNotReadable as error:
    message = str(error)
for file in files:
    os.close(file)
print(message)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_behavior(tmp_path)


def told(path: Path) -> str:
    with pytest.raises(FileNotReadable) as error:
        open_session(path)
    assert "download" not in str(error.value).lower()
    return str(error.value)


def test_a_file_that_another_program_writes_is_told_as_locked(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        message = told(path)
        other.communicate("")
    assert "is locked by a program that writes it. Close that program" in message
    open_session(path).close()


def test_too_many_open_files_are_told_with_the_limit_to_raise(path: Path) -> None:
    command = [sys.executable, "-c", MANY, str(path)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert "too many files open. Raise the limit of open files" in run.stdout, run.stderr


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.EACCES, "permission"),
        (errno.ESTALE, "Mount the drive again"),
        (errno.EIO, "Look whether the drive works"),
        (errno.ENOTCONN, "Connect it"),
    ],
)
def test_a_fault_of_the_system_is_told_with_advice_that_helps(
    path: Path, code: int, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("data_layer.nwb.hdf5.opening.os.open", fail)
    assert advice in told(path)


def test_a_file_without_permission_is_told(path: Path) -> None:
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert "Give this user the permission to read it" in told(path)


def test_a_drive_that_fails_while_a_stream_is_read_is_told_with_advice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("Can't read data (file read failed: errno = 116, error message = 'stale')")

    with open_session(path) as session:
        monkeypatch.setattr(h5py.Dataset, "__getitem__", fail)
        with pytest.raises(StreamDamaged, match="stale file handle") as error:
            session.running_speed  # noqa: B018
    assert "Mount the drive again" in str(error.value)


def test_a_folder_is_told_with_advice_to_choose_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileDamaged, match=r"is a folder .* Choose an NWB file"):
        open_session(tmp_path)


def test_a_link_to_a_file_that_is_not_there_is_a_missing_file(tmp_path: Path) -> None:
    link = tmp_path / "link.nwb"
    link.symlink_to(tmp_path / "nothing.nwb")
    with pytest.raises(FileMissing):
        open_session(link)
