"""Compressed copies of static files, in memory: small at once, as small as can be soon after.

Brotli's best level makes a file a tenth smaller than its ninth and takes up to two seconds of a
core. So the first who asks gets the ninth; the best is made behind, once for all starts of all
servers with this work dir.
"""

from __future__ import annotations

import gzip
import threading
from dataclasses import dataclass, replace
from queue import SimpleQueue

import brotli
from cachetools import LRUCache

from dashboard.http.caching import ByteCache
from dashboard.http.page_files.joined import version_of

KEPT = 48 * 2**20  # bytes of copies in memory; a browser's share is about 2 MB
QUICK, BEST, GZIP = 9, 11, 9
SMALLEST = 1000  # bytes; below, a copy would be hardly smaller


@dataclass(frozen=True, slots=True)
class Copy:
    """A file as it is sent: its content's hash, its compressed bytes and their coding."""

    mimetype: str
    hash: str
    body: bytes
    coding: str


class Copies:
    """The copies by address and coding; safe from several threads.

    Args:
        best: keeps what took long to make.
    """

    def __init__(self, best: ByteCache) -> None:
        self._best = best
        self._lock = threading.Lock()
        self._copies: LRUCache[tuple[str, str], Copy] = LRUCache(KEPT, lambda copy: len(copy.body))
        self._todo: SimpleQueue[tuple[str, Copy, bytes]] = SimpleQueue()
        self._worker: threading.Thread | None = None

    def get(self, address: str, coding: str) -> Copy | None:
        """The copy of the file at an address, None if it is not in memory."""
        with self._lock:
            return self._copies.get((address, coding))

    def make(self, address: str, coding: str, mimetype: str, content: bytes) -> Copy:
        """Compress a file and keep it.

        Args:
            address: path and query, which change with the content.
            coding: ``br`` or ``gzip``.
            mimetype: what it is.
            content: not compressed.
        """
        hash_ = version_of(content)
        best = self._best.get(hash_) if coding == "br" else None
        copy = Copy(mimetype, hash_, best or _compressed(content, coding), coding)
        self._keep(address, copy)
        if coding == "br" and not best:
            self._improve_soon(address, copy, content)
        return copy

    def _keep(self, address: str, copy: Copy) -> None:
        with self._lock:
            self._copies[address, copy.coding] = copy

    def _improve_soon(self, address: str, copy: Copy, content: bytes) -> None:
        self._todo.put((address, copy, content))
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._improve, name="best", daemon=True)
                self._worker.start()

    def _improve(self) -> None:
        while True:
            address, copy, content = self._todo.get()
            best = self._best.get(copy.hash) or _best(content)
            self._best.set(copy.hash, best)
            self._keep(address, replace(copy, body=best))


def _best(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=BEST))


def _compressed(content: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(content, GZIP)
    return bytes(brotli.compress(content, quality=QUICK))
