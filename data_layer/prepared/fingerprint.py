"""The fingerprint of a file, which changes with its content; computed without reading it whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_layer.errors import FileMissing
from data_layer.remote.bucket import StoredObject
from data_layer.remote.streamed import origin_of

EDGE = 64 * 1024
STREAM = "stream-"


def fingerprint(path: Path) -> str:
    """Size, modification time and a hash of the first and last 64 KiB of a file, as one text.

    An NWB file that is rewritten changes its size or its ends (HDF5 has its superblock at the
    start and appends new objects), even if the modification time is set back. For a streamed file
    it is the version and the hash of its object, as far as they are known.

    Raises:
        FileMissing: There is no such file.
    """
    state = size_and_time(path)
    if state.startswith(STREAM):
        return state
    with _expected(path), path.open("rb") as file:
        digest = hashlib.blake2b(file.read(EDGE), digest_size=16)
        file.seek(max(int(state.partition("-")[0]) - EDGE, 0))
        digest.update(file.read(EDGE))
    return state + digest.hexdigest()


def size_and_time(path: Path) -> str:
    """The beginning of a fingerprint, which is known without opening the file.

    Raises:
        FileMissing: There is no such file.
    """
    if origin := origin_of(path):
        return state_of_object(origin.version)
    with _expected(path):
        status = path.stat()
    return f"{status.st_size}-{status.st_mtime_ns}-"


def state_of_object(version: StoredObject) -> str:
    """The fingerprint of a streamed file of this object."""
    return f"{STREAM}{version.version_id}-{version.file_hash}"


@contextmanager
def _expected(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissing(path, "there is no such file", "Check the path") from error
