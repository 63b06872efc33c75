"""Finds how long the texts of an attribute are, without reading them.

HDF5 tells the length of a text of variable length only by reading it, with five times its bytes.
The header of the object has its length and place (HDF5 file format specification, IV.A.1 and
IV.A.2.m).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

import h5py
import numpy as np
from h5py import h5o
from numpy.typing import NDArray

from data_layer.nwb.hdf5.bytes import StoredBytes
from data_layer.nwb.hdf5.text import ENTRY

ATTRIBUTE, CONTINUATION = 0x0C, 0x10
MOST_BLOCKS, MOST_BLOCK_BYTES = 256, 2**24
TIMES, PHASES, ORDER = 0x20, 0x10, 0x04
"""Bits of a header of version 2: which optional fields it has."""
Message = tuple[int, bytes]


def text_lengths(
    stored: StoredBytes, thing: h5py.Group | h5py.Dataset, name: str
) -> NDArray[np.uint32] | None:
    """The bytes of each text of an attribute of text of variable length.

    None where the header does not have the attribute: objects of the newest layout with many
    attributes keep them elsewhere.
    """
    try:
        for kind, content in islice(_messages(stored, thing), 2**16):
            if kind == ATTRIBUTE and (texts := _entries(content, name)) is not None:
                return texts["length"]
    except (struct.error, IndexError, ValueError):  # HDF5 says what is wrong with it
        return None
    return None


def _messages(stored: StoredBytes, thing: h5py.Group | h5py.Dataset) -> Iterator[Message]:
    """The messages of an object's header, from all its blocks."""
    address = int(h5o.get_info(thing.id).addr)
    start = stored.part(address, 64)
    is_new = start.startswith(b"OHDR")
    at, size, head = _new_start(start) if is_new else (16, _u4(start, 8), 8)
    blocks = [(address + at, size)]
    for place, length in blocks:  # grows while it is read
        block = stored.part(place, min(length, MOST_BLOCK_BYTES))
        for kind, content in _in_block(block, head):
            if kind == CONTINUATION and len(blocks) < MOST_BLOCKS:
                next_place, next_length = struct.unpack_from("<QQ", content)
                # A block of the new layout has its signature before and its checksum after.
                blocks.append(
                    (next_place + 4, next_length - 8) if is_new else (next_place, next_length)
                )
            yield kind, content


def _new_start(start: bytes) -> tuple[int, int, int]:
    """Where the messages begin, their bytes, and those before each message's content."""
    flags = start[5]
    at = 6 + (16 if flags & TIMES else 0) + (4 if flags & PHASES else 0)
    width = 1 << (flags & 3)
    size = int.from_bytes(start[at : at + width], "little")
    return at + width, size, 6 if flags & ORDER else 4


def _in_block(block: bytes, head: int) -> Iterator[Message]:
    at = 0
    while at + head <= len(block):
        # Version 1 has two bytes for the type and pads to eight bytes before the content.
        kind, size = struct.unpack_from("<HH" if head == 8 else "<BH", block, at)
        yield kind, block[at + head : at + head + size]
        at += head + size


def _entries(content: bytes, name: str) -> NDArray[np.void] | None:
    """The lengths and places in an attribute's message; None if it is another attribute."""
    version = content[0]
    sizes = struct.unpack_from("<HHH", content, 2)
    at = 9 if version == 3 else 8
    if content[at : at + sizes[0]].split(b"\0")[0] != name.encode():
        return None
    at += sum(-(-size // 8) * 8 if version == 1 else size for size in sizes)
    return np.frombuffer(content, ENTRY, count=(len(content) - at) // ENTRY.itemsize, offset=at)


def _u4(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", content, at)[0])
