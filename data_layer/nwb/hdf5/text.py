"""How many bytes the text of a dataset has, found without reading it.

A dataset of text of variable length has 16 bytes for each text: its length, and its place in the
file. Many of them may name the same place, so that a small file unpacks to any size.
"""

from __future__ import annotations

import os
import zlib

import h5py
import numpy as np
from h5py import h5d, h5z

from data_layer.nwb.hdf5 import limits
from data_layer.nwb.hdf5.faults import Damage, Refused
from data_layer.nwb.hdf5.storage import VARIABLE_TEXT_BYTES, is_variable_text

ENTRY = np.dtype([("length", "<u4"), ("address", "<u8"), ("index", "<u4")])
assert ENTRY.itemsize == VARIABLE_TEXT_BYTES
UNPACKED = {h5z.FILTER_SHUFFLE, h5z.FILTER_DEFLATE, h5z.FILTER_FLETCHER32}


def check_text(file: h5py.File, dataset: h5d.DatasetID) -> None:
    """Refuse text of variable length that has too many bytes.

    Raises:
        Refused: It has, or it is packed in a way that hides how many it has.
        Damage: One text is longer than the file.
    """
    if not is_variable_text(dataset.get_type()) or not all(dataset.shape):
        return
    most = os.fstat(file.id.get_vfd_handle()).st_size
    total = 0
    for part in _parts(file, dataset):
        lengths = np.frombuffer(part, ENTRY, count=len(part) // ENTRY.itemsize)["length"]
        if int(lengths.max(initial=0)) > most:
            raise Damage("has a text that is longer than the file")
        total += int(lengths.sum(dtype=np.uint64))
    if total > limits.MOST_TEXT_BYTES:
        raise Refused(f"has {total:,} bytes of text, more than {limits.MOST_TEXT_BYTES:,}")


def _parts(file: h5py.File, dataset: h5d.DatasetID) -> list[bytes]:
    """The stored lengths and places of all texts."""
    plan = dataset.get_create_plist()
    if plan.get_layout() == h5d.COMPACT:  # at most 64 kB, so at most 4,096 texts
        return []
    if plan.get_layout() == h5d.CONTIGUOUS:
        size = int(np.prod(dataset.shape)) * ENTRY.itemsize
        return [os.pread(file.id.get_vfd_handle(), size, dataset.get_offset())]
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
