"""A sparse local copy of a remote object: what has been read of it is never asked for again.

Beside the copy lies a map with one byte per page, 1 where the page has arrived. Threads and
processes share both: a page is marked after it has been written, and whoever fetches pages holds
a lock on their part of a third file, so that nobody else fetches them too.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from threading import Condition, Event
from uuid import uuid4
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from data_layer.errors import ObjectChanged
from data_layer.kept_files import write_bytes
from data_layer.remote.bucket import StoredObject
from data_layer.remote.client import Reader

PAGE = 16 * 1024
RANGE = 8 * 2**20
"""Longer stretches are fetched as several ranges of this size, in parallel."""
MERGE = 64 * 1024
"""Ranges with a smaller gap are fetched as one. In parallel, requests cost less than gaps."""
MAP, STATE, FETCHING, IN_USE = "pages", "state", "fetching", "in_use"

Range = tuple[int, int]
Pages = NDArray[np.bool_]


class Spool:
    """What has been read of one object, in the sparse file ``path``. Thread-safe.

    ``state`` is that of the object, if it must be in this state; see :meth:`Reader.state`.

    Open at most one for a file in each process (:func:`data_layer.remote.streamed.spool_of`): the
    locks between processes are the process's. Whoever removes the folder asks :func:`unused`.

    Raises:
        RemoteError: Bytes cannot be read; see :class:`BucketClient`.
        OSError: They cannot be written here.
    """

    def __init__(
        self, client: Reader, wanted: StoredObject, size: int, path: Path, state: str = ""
    ) -> None:
        self._expected = state
        self.client, self.wanted, self.size, self.path = client, wanted, size, path
        self._n_pages = -(-size // PAGE)
        self._in_use = os.open(path.with_name(IN_USE), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._in_use, fcntl.LOCK_SH)
        self._fetching = os.open(path.with_name(FETCHING), os.O_RDWR | os.O_CREAT, 0o600)
        self._content, self._map = _opened(path, size, self._n_pages, self._fetching)
        self._pages = mmap.mmap(self._map, self._n_pages)
        self._arrived = np.frombuffer(self._pages, np.uint8)
        self._on_their_way: Pages = np.zeros(self._n_pages, dtype=bool)
        self._changed = Condition()
        handles = (self._in_use, self._content, self._map, self._fetching)
        self.close = finalize(self, _close, handles)

    @property
    def arrived(self) -> int:
        """How many bytes have been fetched, in whole pages."""
        return min(int(np.count_nonzero(self._arrived)) * PAGE, self.size)

    @property
    def is_current(self) -> bool:
        """Whether the copy is still at its path: a user may have removed or replaced it."""
        try:
            return os.path.samestat(os.fstat(self._content), self.path.stat())
        except OSError:
            return False

    def has(self, span: Range) -> bool:
        """Whether all of a range has arrived."""
        return bool(self._arrived[_pages_of(span, self.size)].all())

    def read_into(self, view: memoryview, start: int) -> None:
        """Copy what has arrived from ``start`` on; :meth:`has` says whether it has."""
        while view:
            n = os.preadv(self._content, [view], start)
            if not n:
                raise OSError(f"{self.path} was cut off")
            view, start = view[n:], start + n

    def require(self, spans: Sequence[Range], merge: int = MERGE) -> None:
        """Fetch the ranges where they have not arrived yet, in parallel; wait for all of them."""
        wanted: Pages = np.zeros(self._n_pages, dtype=bool)
        for span in spans:
            wanted[_pages_of(span, self.size)] = True
        while pieces := self._claim(wanted, merge):
            failed = Event()
            self.client.each(partial(self._fetch, failed), pieces)

    def _claim(self, wanted: Pages, merge: int) -> list[Range]:
        """The pages that nobody of this process fetches yet; once others fetch all, waits."""
        with self._changed:
            while True:
                lacking = wanted & (self._arrived == 0)
                free = lacking & ~self._on_their_way
                if free.any() or not lacking.any():
                    break
                self._changed.wait()
            closed = _with_gaps(free, merge // PAGE) & ~self._on_their_way & (self._arrived == 0)
            pieces = list(_pieces(closed))
            for first, last in pieces:
                self._on_their_way[first:last] = True
            return pieces

    def _fetch(self, failed: Event, piece: Range) -> None:
        """Fetch some pages, unless others of the same request have ``failed``."""
        try:
            if not failed.is_set():
                with self._alone(piece[0], piece[1] - piece[0]):
                    self._fill(*piece)
        except BaseException:
            failed.set()
            raise
        finally:
            with self._changed:
                self._on_their_way[piece[0] : piece[1]] = False
                self._changed.notify_all()

    def _fill(self, first: int, last: int) -> None:
        """Fetch what another process has not fetched meanwhile."""
        lacking = np.flatnonzero(self._arrived[first:last] == 0)
        if not len(lacking):
            return
        first, last = first + int(lacking[0]), first + int(lacking[-1]) + 1
        start, stop = first * PAGE, min(last * PAGE, self.size)
        try:
            content = self.client.read(self.wanted, (start, stop))
            self._require_same()
        except ObjectChanged:
            self.begin_anew()
            raise
        _write(self._content, content, start)
        self._arrived[first:last] = 1

    def _require_same(self) -> None:
        """Refuse what comes from another object than the rest of the copy."""
        if self._first_state != self.client.state(self.wanted):
            raise ObjectChanged(str(self.client.bucket), self.wanted.key)

    def begin_anew(self) -> None:
        """Let whoever opens the file next read the object that is there now."""
        for name in (MAP, STATE):
            self.path.with_name(name).unlink(missing_ok=True)
        write_bytes(self.path, b"")  # another file: those who have this one open keep it
        self.client.forget(self.wanted)

    @cached_property
    def _first_state(self) -> str:
        """The state of the object of which the first bytes have come, in whatever process."""
        if self._expected:
            return self._expected
        place = self.path.with_name(STATE)
        draft = place.with_name(f".{STATE}.{uuid4().hex}")
        draft.write_text(self.client.state(self.wanted), encoding="utf-8")
        with suppress(FileExistsError):  # unlike a rename, a link never replaces what is there
            os.link(draft, place)
        draft.unlink()
        return place.read_text(encoding="utf-8")

    @contextmanager
    def _alone(self, first: int, n: int) -> Iterator[None]:
        """Hold the lock of some pages among processes; it ends with the process that holds it."""
        fcntl.lockf(self._fetching, fcntl.LOCK_EX, n, first)
        try:
            yield
        finally:
            fcntl.lockf(self._fetching, fcntl.LOCK_UN, n, first)


def arrived_in(path: Path, size: int) -> int:
    """How many bytes of a sparse copy have arrived; found without opening it."""
    try:
        pages = path.with_name(MAP).read_bytes()
    except OSError:
        return 0
    return min(pages.count(1) * PAGE, size)


@contextmanager
def unused(folder: Path) -> Iterator[bool]:
    """Keep others from opening the copy in ``folder`` meanwhile; False if one is open."""
    handle = os.open(folder / IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _pages_of(span: Range, size: int) -> slice:
    return slice(span[0] // PAGE, -(-min(span[1], size) // PAGE))


def _with_gaps(pages: Pages, gap: int) -> Pages:
    """The pages, and the short gaps between them."""
    filled = pages.copy()
    found = np.flatnonzero(pages)
    for i in np.flatnonzero((np.diff(found) > 1) & (np.diff(found) <= gap + 1)):
        filled[found[i] : found[i + 1]] = True
    return filled


def _pieces(pages: Pages) -> Iterator[Range]:
    """Runs of pages as (first, last + 1), none longer than ``RANGE``."""
    found = np.flatnonzero(pages)
    for run in np.split(found, np.flatnonzero(np.diff(found) > 1) + 1) if len(found) else ():
        for first in range(int(run[0]), int(run[-1]) + 1, RANGE // PAGE):
            yield first, min(first + RANGE // PAGE, int(run[-1]) + 1)


def _opened(path: Path, size: int, n_pages: int, lock: int) -> tuple[int, int]:
    """The copy and its map, open for reading and writing; a map of another copy is not used."""
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        content, pages = (
            os.open(one, os.O_RDWR | os.O_CREAT, 0o600) for one in (path, path.with_name(MAP))
        )
        if os.fstat(content).st_size != size or os.fstat(pages).st_size != n_pages:
            os.close(pages)
            for name in (MAP, STATE):  # others may still look at the old map
                path.with_name(name).unlink(missing_ok=True)
            pages = os.open(path.with_name(MAP), os.O_RDWR | os.O_CREAT, 0o600)
            os.ftruncate(content, size)
            os.ftruncate(pages, n_pages)
        return content, pages
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


def _write(file: int, content: memoryview, start: int) -> None:
    while content:
        n = os.pwrite(file, content, start)
        content, start = content[n:], start + n


def _close(handles: tuple[int, ...]) -> None:
    for handle in handles:
        os.close(handle)
