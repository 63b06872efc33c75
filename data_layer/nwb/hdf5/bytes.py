"""The bytes of an open file, beside HDF5: what HDF5 does not tell is looked up in them."""

from __future__ import annotations

from typing import Protocol


class StoredBytes(Protocol):
    """The bytes of a file here, or of what has arrived of a streamed one."""

    @property
    def size(self) -> int:
        """The file's size in bytes."""

    def part(self, start: int, length: int) -> bytes:
        """Some bytes, fewer at the end of the file."""
