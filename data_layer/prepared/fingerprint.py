"""What tells one state of a file from another, without reading it whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_layer.errors import FileMissing

EDGE = 64 * 1024


def fingerprint(path: Path) -> str:
    """Size, time of change and the ends of a file as one short text.

    An NWB file that is written again changes its size or its ends (HDF5 keeps its superblock at
    the start, and new objects at the end), even where the time of change was set back.

    Raises:
        FileMissing: there is no such file.
    """
    state = size_and_time(path)
    with _expected(path), path.open("rb") as file:
        digest = hashlib.blake2b(file.read(EDGE), digest_size=16)
        file.seek(max(int(state.partition("-")[0]) - EDGE, 0))
        digest.update(file.read(EDGE))
    return state + digest.hexdigest()


def size_and_time(path: Path) -> str:
    """What a fingerprint begins with; known without opening the file.

    Raises:
        FileMissing: there is no such file.
    """
    with _expected(path):
        status = path.stat()
    return f"{status.st_size}-{status.st_mtime_ns}-"


@contextmanager
def _expected(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissing(path, "there is no such file", "Check the path") from error
