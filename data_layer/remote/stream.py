"""A remote object as a file for h5py, which asks for many small pieces of it.

HDF5 has one lock for a whole process, so nothing may wait for the network inside it. Where a piece
is not here the read fails and notes the piece; whoever called HDF5 fetches what was noted, and
calls it again (``data_layer.nwb.arriving``).
"""

from __future__ import annotations

import io
import os
from bisect import bisect_right
from collections.abc import Sequence

from data_layer.remote.sidecar import Sidecar
from data_layer.remote.spool import Range, Spool

AHEAD = 256 * 1024
"""A piece that is not here is fetched with its surroundings, of this size."""
NEIGHBOURS = 2**20
"""Blocks in which small datasets arrive."""
MOST_AHEAD = 4 * 2**20
"""Surroundings of pieces that lie one after the other grow up to this size."""


class NotHereYet(OSError):
    """A piece has not been fetched; it is noted."""


class RemoteFile(io.RawIOBase):
    """Reads what is here of ``spool``'s object, from a ``sidecar`` first.

    Attributes:
        pieces: the ranges read so far, of which a sidecar is made.
        changed: whether the object was found to be another than at first.
    """

    def __init__(self, spool: Spool, sidecar: Sidecar | None = None) -> None:
        super().__init__()
        self.spool, self.pieces, self.changed = spool, list[Range](), False
        self._sidecar = sidecar
        self._starts = sidecar.starts if sidecar else []
        self._at = 0
        self._noted: list[Range] = []
        # With a sidecar the structure is here: what is lacking are values, which lie side by side.
        self._least = NEIGHBOURS if sidecar else AHEAD
        self._ahead, self._expected = self._least, -1

    @property
    def size(self) -> int:
        """The object's size in bytes."""
        return self.spool.size

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
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill ``buffer`` from the present position.

        Raises:
            NotHereYet: A part of it has not been fetched.
        """
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        stop = min(self._at + len(view), self.size)
        length = max(stop - self._at, 0)
        if length:
            self._copy(view[:length], (self._at, stop))
        self._at += length
        return length

    def part(self, start: int, length: int) -> bytes:
        """Some bytes, fewer at the end of the object.

        Raises:
            NotHereYet: A part of them has not been fetched.
        """
        span = start, min(start + max(length, 0), self.size)
        content = bytearray(max(span[1] - span[0], 0))
        if content:
            self._copy(memoryview(content), span)
        return bytes(content)

    def require(self, spans: Sequence[Range], *, around: bool = False) -> None:
        """Note those ranges that are not here; ``around``: with the block of 1 MiB around them.

        Raises:
            NotHereYet: At least one is not.
        """
        lacking = [span for span in spans if not (self._stored(span) or self.spool.has(span))]
        if lacking:
            self._noted += map(self._block, lacking) if around else lacking
            raise NotHereYet

    def take_noted(self) -> list[Range]:
        """The ranges noted since the last call."""
        noted, self._noted = self._noted, []
        return noted

    def _block(self, span: Range) -> Range:
        first = span[0] // NEIGHBOURS * NEIGHBOURS
        return first, min(-(-span[1] // NEIGHBOURS) * NEIGHBOURS, self.size)

    def _copy(self, view: memoryview, span: Range) -> None:
        stored = self._stored(span)
        if stored is not None:
            view[:] = stored
        elif self.spool.has(span):
            self.spool.read_into(view, span[0])
        else:
            self._noted.append(self._with_surroundings(span))
            raise NotHereYet
        self.pieces.append(span)

    def _stored(self, span: Range) -> bytes | None:
        """The range, if the sidecar has all of it."""
        index = bisect_right(self._starts, span[0]) - 1
        return self._sidecar.part(index, *span) if self._sidecar and index >= 0 else None

    def _with_surroundings(self, span: Range) -> Range:
        """The range with what lies around it; more and more while they follow each other."""
        first = span[0] // self._least * self._least
        follows = first <= self._expected <= span[1]
        self._ahead = min(self._ahead * 2, MOST_AHEAD) if follows else self._least
        self._expected = max(first + self._ahead, span[1])
        return first, min(self._expected, self.size)


class LocalBytes:
    """The bytes of a whole file that HDF5 has open, read beside it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @property
    def size(self) -> int:
        """The file's size in bytes."""
        return os.fstat(self._handle).st_size

    def part(self, start: int, length: int) -> bytes:
        """Some bytes, fewer at the end of the file."""
        return os.pread(self._handle, length, start)
