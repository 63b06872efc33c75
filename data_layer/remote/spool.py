"""A sparse local copy of a remote object: what has been read of it is never asked for again.

Beside the file lies a map with one byte per page, 1 where the page has arrived. Several processes
may share both: a page is marked after it has been written, and two that want the same page at the
same moment at worst fetch it twice.
"""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data_layer.remote.bucket import StoredObject
from data_layer.remote.client import BucketClient

PAGE = 16 * 1024
RANGE = 8 * 2**20
"""Longer stretches are fetched as several ranges of this size, in parallel."""
MERGE = 2**20
"""Ranges with a smaller gap are fetched as one: a request costs more than these bytes."""

Range = tuple[int, int]


class Spool:
    """What has been read of one object, in ``folder``. Thread-safe.

    Raises:
        RemoteError: Bytes cannot be read; see :class:`BucketClient`.
        OSError: They cannot be written here.
    """

    def __init__(self, client: BucketClient, wanted: StoredObject, size: int, folder: Path) -> None:
        self.client, self.wanted, self.size = client, wanted, size
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "content"
        self._content = _opened(self.path, size)
        self._map = _opened(folder / "pages", -(-size // PAGE))
        self._pages = mmap.mmap(self._map, -(-size // PAGE))
        self._lock = threading.Lock()

    @property
    def arrived(self) -> int:
        """How many bytes have been fetched, in whole pages."""
        return min(self._pages[:].count(1) * PAGE, self.size)

    def read(self, start: int, stop: int) -> bytes:
        """The bytes of a range, fetched where they have not arrived yet."""
        self.require([(start, stop)])
        return os.pread(self._content, stop - start, start)

    def array(self, offset: int, shape: tuple[int, ...], dtype: np.dtype) -> NDArray:
        """A contiguous dataset as an array over the local copy; ``require`` its rows first."""
        return np.memmap(self.path, dtype, "r", offset, shape)

    def require(self, spans: list[Range]) -> None:
        """Fetch the ranges where they have not arrived yet, in parallel."""
        with self._lock:
            missing = list(self._missing(spans))
            for span, content in zip(missing, self.client.read_many(self.wanted, missing)):
                os.pwrite(self._content, content, span[0])
                first, last = span[0] // PAGE, -(-span[1] // PAGE)
                self._pages[first:last] = b"\x01" * (last - first)

    def close(self) -> None:
        """Close the files; what has arrived stays."""
        self._pages.close()
        os.close(self._map)
        os.close(self._content)

    def _missing(self, spans: list[Range]) -> Iterator[Range]:
        """The pages of the ranges that are not here, joined, and cut into pieces."""
        arrived = np.frombuffer(self._pages, np.uint8)
        wanted = np.zeros(len(arrived), dtype=bool)
        for start, stop in spans:
            wanted[start // PAGE : -(-min(stop, self.size) // PAGE)] = True
        pages = np.flatnonzero(wanted & (arrived == 0))
        del arrived  # else the map could not be closed
        breaks = np.flatnonzero(np.diff(pages) > MERGE // PAGE)
        for run in np.split(pages, breaks + 1) if len(pages) else ():
            stop = min((int(run[-1]) + 1) * PAGE, self.size)
            for start in range(int(run[0]) * PAGE, stop, RANGE):
                yield start, min(start + RANGE, stop)


def _opened(path: Path, size: int) -> int:
    """A file of a size, open for reading and writing; one of another size is begun anew."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if os.fstat(file).st_size != size:
        os.ftruncate(file, 0)
        os.ftruncate(file, size)
    return file
