"""A remote object as a file for h5py, which asks for many small pieces of it."""

from __future__ import annotations

import io
from bisect import bisect_right

from data_layer.remote.sidecar import Sidecar
from data_layer.remote.spool import Spool

AHEAD = 256 * 1024
"""A piece that is not here is fetched with its surroundings, of this size."""


class RemoteFile(io.RawIOBase):
    """Reads ``spool``'s object; what ``sidecar`` holds of it costs no request.

    ``pieces`` has the ranges read so far, of which a sidecar is made.
    """

    def __init__(self, spool: Spool, sidecar: Sidecar | None = None) -> None:
        super().__init__()
        self.spool, self.pieces = spool, list[tuple[int, int]]()
        self._sidecar = sidecar
        self._starts = sidecar.starts if sidecar else []
        self._at = 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """The position of the next read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the position of the next read."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.spool.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill ``buffer`` from the present position."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        stop = min(self._at + len(view), self.spool.size)
        length = max(stop - self._at, 0)
        if length:
            self.pieces.append((self._at, stop))
            view[:length] = self._stored(self._at, stop) or self._fetched(self._at, stop)
        self._at += length
        return length

    def _stored(self, start: int, stop: int) -> bytes | None:
        """The range, if the sidecar has all of it."""
        index = bisect_right(self._starts, start) - 1
        return self._sidecar.part(index, start, stop) if self._sidecar and index >= 0 else None

    def _fetched(self, start: int, stop: int) -> bytes:
        if stop - start < AHEAD:
            first = start // AHEAD * AHEAD
            self.spool.require([(first, max(first + AHEAD, stop))])
        return self.spool.read(start, stop)
