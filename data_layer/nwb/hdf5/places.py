"""Where in a file the values of a dataset lie, so that they can be fetched before HDF5 asks."""

from __future__ import annotations

import math

from h5py import h5d

from data_layer.nwb.hdf5.storage import bytes_of

Range = tuple[int, int]


def places(dataset: h5d.DatasetID, rows: slice, within: slice = slice(None)) -> list[Range]:
    """The byte ranges of some rows of a dataset that has passed ``check_storage``.

    Args:
        dataset: the dataset.
        rows: part of its first axis, without a step.
        within: part of its second axis, where ``rows`` is one row.

    Returns:
        One range for a contiguous dataset; those of all chunks that overlap with ``rows``; none
        where the values lie in the header or are not there.
    """
    plan = dataset.get_create_plist()
    if not dataset.shape or not bytes_of(dataset, dataset.shape):
        return []
    start, stop, _ = rows.indices(dataset.shape[0])
    if stop <= start:
        return []
    if plan.get_layout() == h5d.CONTIGUOUS:
        return [_contiguous(dataset, start, stop, within)]
    found: list[Range] = []

    def note(chunk: h5d.StoreInfo) -> None:
        first = chunk.chunk_offset[0]
        if first < stop and first + plan.get_chunk()[0] > start:
            found.append((chunk.byte_offset, chunk.byte_offset + chunk.size))

    if plan.get_layout() == h5d.CHUNKED:
        dataset.chunk_iter(note)
    return found


def _contiguous(dataset: h5d.DatasetID, start: int, stop: int, within: slice) -> Range:
    row = bytes_of(dataset, dataset.shape[1:])
    at = int(dataset.get_offset())
    if stop - start > 1 or len(dataset.shape) < 2:
        return at + start * row, at + stop * row
    first, last, _ = within.indices(dataset.shape[1])
    line = row // max(math.prod(dataset.shape[1:2]), 1)
    return at + start * row + first * line, at + start * row + max(last, first) * line
