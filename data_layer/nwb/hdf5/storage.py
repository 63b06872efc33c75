"""Looks at how a dataset is stored, before any of its values is read.

A dataset may name any file of the machine as the place of its bytes, may be put together from
other datasets, which can end the process, or may be a few bytes that unpack to all memory.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from typing import Any

from h5py import h5d, h5t, h5z

from data_layer.nwb.hdf5 import limits
from data_layer.nwb.hdf5.faults import Damage, Refused

OWN_FILTERS = {
    h5z.FILTER_DEFLATE: "gzip",
    h5z.FILTER_SHUFFLE: "shuffle",
    h5z.FILTER_FLETCHER32: "fletcher32",
    h5z.FILTER_SZIP: "szip",
    h5z.FILTER_NBIT: "nbit",
    h5z.FILTER_SCALEOFFSET: "scaleoffset",
    h5z.FILTER_LZF: "lzf",
}
"""Those that come with HDF5 and h5py; for any other HDF5 would load code from a folder."""
PACKING = {h5z.FILTER_DEFLATE, h5z.FILTER_SZIP, h5z.FILTER_LZF, h5z.FILTER_SCALEOFFSET}
VARIABLE_TEXT_BYTES = 16
"""What a dataset stores of each text of variable length: its length and its place."""
SLACK = 4096
"""Bytes by which packing may make a chunk larger."""
AT_ONCE = 1 << 20


def check_storage(dataset: h5d.DatasetID, file_size: int) -> int:
    """Refuse a dataset whose values lie elsewhere, are not there, or unpack to too much.

    Returns:
        The bytes that it unpacks to, if it is packed better than ``limits.MOST_LIST_RATIO``; else
        0.

    Raises:
        Refused: It is stored in a way that this program does not read.
        Damage: Its values are not in the file.
    """
    plan = dataset.get_create_plist()
    _check_place(plan)
    _check_extent(dataset)
    filters = [plan.get_filter(i)[0] for i in range(plan.get_nfilters())]
    _check_filters(filters)
    size = bytes_of(dataset, dataset.shape)
    if not size or plan.get_layout() == h5d.COMPACT:
        return 0
    if plan.get_layout() == h5d.CONTIGUOUS:
        offset = dataset.get_offset()
        if offset is None:
            raise Damage("holds no values: none were written")
        if offset + size > file_size:
            raise Damage(f"has {size:,} bytes, which end after the file")
        return 0
    chunks = _chunks(dataset, plan.get_chunk(), filters, file_size)
    stored = sum(chunk.size for chunk in chunks)
    _check_ratio(size, stored, is_list=len(dataset.shape) == 1)
    _check_unpacked(dataset, plan.get_chunk(), filters, chunks)
    return size if size > limits.MOST_LIST_RATIO * stored else 0


def bytes_of(dataset: h5d.DatasetID, shape: Iterable[int]) -> int:
    """The stored bytes of a part with ``shape``.

    For text of variable length, those of the places of the texts.
    """
    kind = dataset.get_type()
    item = VARIABLE_TEXT_BYTES if is_variable_text(kind) else int(kind.get_size())
    return math.prod(map(int, shape)) * item


def is_variable_text(kind: h5t.TypeID) -> bool:
    """Whether a type is text of variable length."""
    return isinstance(kind, h5t.TypeStringID) and bool(kind.is_variable_str())


def _check_place(plan: Any) -> None:
    if plan.get_external_count():
        raise Refused("has its values in another file")
    if plan.get_layout() == h5d.VIRTUAL:
        raise Refused("is put together from other datasets (virtual)")


def _check_extent(dataset: h5d.DatasetID) -> None:
    """Refuse more or longer values than a session has, whatever they are packed into."""
    kind, shape = dataset.get_type(), dataset.shape
    if kind.get_size() > limits.LONGEST_TEXT_BYTES:
        most = f"{limits.LONGEST_TEXT_BYTES:,}"
        raise Refused(f"has {kind.get_size():,} bytes in one value, more than {most}")
    if len(shape) == 1 and shape[0] > limits.MOST_SAMPLES:
        raise Refused(f"has {shape[0]:,} values, more than {limits.MOST_SAMPLES:,}")
    if isinstance(kind, h5t.TypeStringID) and math.prod(shape) > limits.MOST_ROWS:
        raise Refused(f"has {math.prod(shape):,} texts, more than {limits.MOST_ROWS:,}")


def _check_ratio(size: int, stored: int, *, is_list: bool) -> None:
    any_ratio = limits.ANY_RATIO_LIST_BYTES if is_list else limits.ANY_RATIO_BYTES
    most = limits.MOST_LIST_RATIO if is_list else limits.MOST_RATIO
    if size > any_ratio and size > most * stored:
        raise Refused(f"would unpack from {stored:,} to {size:,} bytes")


def _check_filters(filters: list[int]) -> None:
    unknown = [code for code in filters if code not in OWN_FILTERS]
    if unknown or not all(map(h5z.filter_avail, filters)):
        named = ", ".join(str(OWN_FILTERS.get(code, code)) for code in filters)
        raise Refused(f"is packed with a filter that is not part of HDF5 ({named})")
    if sum(code in PACKING for code in filters) > 1:
        raise Refused("is packed more than once")


def _chunks(
    dataset: h5d.DatasetID, shape: tuple[int, ...], filters: list[int], file_size: int
) -> list[Any]:
    """Every chunk of a dataset, after a look at their number, sizes and places."""
    size = bytes_of(dataset, shape)
    if size > limits.MOST_CHUNK_BYTES:
        raise Refused(f"has chunks of {size:,} bytes, more than {limits.MOST_CHUNK_BYTES:,}")
    chunks: list[Any] = []
    dataset.chunk_iter(chunks.append)
    expected = math.prod(-(-n // step) for n, step in zip(dataset.shape, shape, strict=True))
    if len(chunks) != expected:
        raise Damage(f"has {len(chunks):,} of its {expected:,} chunks of values")
    largest = size + (size // 100 + SLACK if filters else 0)
    for chunk in chunks:
        if chunk.byte_offset is None or chunk.byte_offset + chunk.size > file_size:
            raise Damage("has a chunk of values that ends after the file")
        if chunk.size > largest or not chunk.size:
            raise Damage(f"has a chunk stored in {chunk.size:,} bytes, which holds {size:,}")
    return chunks


def _check_unpacked(
    dataset: h5d.DatasetID, shape: tuple[int, ...], filters: list[int], chunks: list[Any]
) -> None:
    """Unpack in small pieces, and throw away, what gzip might unpack to more than a chunk."""
    if h5z.FILTER_DEFLATE not in filters:
        return
    size = bytes_of(dataset, shape)
    for chunk in chunks:
        if chunk.size * limits.DEFLATE_RATIO > limits.MOST_CHUNK_BYTES:
            _, packed = dataset.read_direct_chunk(chunk.chunk_offset)
            if unpacked_size(bytes(packed), size) > size + SLACK:
                raise Refused(f"has a chunk that unpacks to more than its {size:,} bytes")


def unpacked_size(packed: bytes, enough: int) -> int:
    """How many bytes gzip makes of ``packed``, counted to a little above ``enough``.

    What gzip did not pack counts as nothing: HDF5 says so itself when it is read.
    """
    unpacker, size, rest = zlib.decompressobj(), 0, packed
    try:
        while rest and not unpacker.eof and size <= enough + SLACK:
            size += len(unpacker.decompress(rest, AT_ONCE))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return 0
    return size
