"""How many bytes the text of a dataset has, found without reading it.

A dataset of text of variable length has 16 bytes for each text: its length, and its place in the
file. Many of them may name the same place, so that a small file unpacks to any size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import h5py
import numpy as np
from h5py import h5d, h5t, h5z
from numpy.typing import NDArray

from data_layer.nwb.hdf5 import limits
from data_layer.nwb.hdf5.bytes import StoredBytes
from data_layer.nwb.hdf5.faults import Damage, Refused
from data_layer.nwb.hdf5.storage import VARIABLE_TEXT_BYTES, bytes_of, is_variable_text

ENTRY = np.dtype([("length", "<u4"), ("address", "<u8"), ("index", "<u4")])
assert ENTRY.itemsize == VARIABLE_TEXT_BYTES
UNPACKED = {h5z.FILTER_SHUFFLE, h5z.FILTER_DEFLATE, h5z.FILTER_FLETCHER32}


def check_text(stored: StoredBytes, dataset: h5d.DatasetID) -> int:
    """Refuse text that has too many bytes, one by one or together.

    Returns:
        The bytes of all texts; 0 for other values.

    Raises:
        Refused: It has too many, or it is packed in a way that hides how many it has.
        Damage: One text is longer than the file.
    """
    kind = dataset.get_type()
    if not isinstance(kind, h5t.TypeStringID) or not all(dataset.shape):
        return 0
    total = bytes_of(dataset, dataset.shape)
    if is_variable_text(kind):
        total = sum(_measured(stored, lengths) for lengths in _lengths(stored, dataset))
    if total > limits.MOST_TEXT_BYTES:
        raise Refused(f"has {total:,} bytes of text, more than {limits.MOST_TEXT_BYTES:,}")
    return total


def _measured(stored: StoredBytes, lengths: NDArray[np.integer[Any]]) -> int:
    """The sum of the lengths of texts, after a look at the longest."""
    longest = int(lengths.max(initial=0))
    if longest > stored.size:
        raise Damage("has a text that is longer than the file")
    if longest > limits.LONGEST_TEXT_BYTES:
        most = f"{limits.LONGEST_TEXT_BYTES:,}"
        raise Refused(f"has a text of {longest:,} bytes, more than {most} in one")
    return int(lengths.sum(dtype=np.uint64))


def _lengths(stored: StoredBytes, dataset: h5d.DatasetID) -> Iterator[NDArray[np.integer[Any]]]:
    """The lengths of all texts, in parts."""
    if dataset.get_create_plist().get_layout() == h5d.COMPACT:
        # Lies in the header, where h5py does not let one look: read one by one, at most 4,096.
        texts = h5py.Dataset(dataset, readonly=True)
        for place in np.ndindex(*dataset.shape):
            yield np.array([len(texts[place])])
        return
    for part in _parts(stored, dataset):
        yield np.frombuffer(part, ENTRY, count=len(part) // ENTRY.itemsize)["length"]


def _parts(stored: StoredBytes, dataset: h5d.DatasetID) -> list[bytes]:
    """The stored lengths and places of all texts."""
    plan = dataset.get_create_plist()
    if plan.get_layout() == h5d.CONTIGUOUS:
        size = int(np.prod(dataset.shape)) * ENTRY.itemsize
        return [stored.part(dataset.get_offset(), size)]
    filters = [plan.get_filter(i)[0] for i in range(plan.get_nfilters())]
    if not UNPACKED.issuperset(filters):
        raise Refused("has text packed in a way that hides its length")
    chunks: list[tuple[int, ...]] = []
    dataset.chunk_iter(lambda chunk: chunks.append(chunk.chunk_offset))
    return [_chunk(dataset, offset, filters) for offset in chunks]


def _chunk(dataset: h5d.DatasetID, offset: tuple[int, ...], filters: list[int]) -> bytes:
    skipped, stored = dataset.read_direct_chunk(offset)
    content = bytes(stored)
    for position, code in reversed(list(enumerate(filters))):
        if skipped >> position & 1:
            continue
        if code == h5z.FILTER_FLETCHER32:
            content = content[:-4]
        elif code == h5z.FILTER_DEFLATE:
            content = zlib.decompressobj().decompress(content, limits.MOST_CHUNK_BYTES)
        else:
            n = len(content) // ENTRY.itemsize
            columns = np.frombuffer(content, np.uint8, count=n * ENTRY.itemsize)
            content = columns.reshape(ENTRY.itemsize, n).T.tobytes()
    return content
