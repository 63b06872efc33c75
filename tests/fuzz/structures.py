"""Finds where in an HDF5 file its structure lies, and where its values lie."""

from __future__ import annotations

import re
from pathlib import Path

import h5py
import numpy as np

SIGNATURES = re.compile(
    rb"TREE|SNOD|HEAP|GCOL|OHDR|OCHK|FRHP|FHDB|FHIB|BTHD|BTIN|BTLF|FSHD|FSSE|FAHD|FADB|EAHD|EAIB"
)


def objects(path: Path) -> list[str]:
    """The paths of every group and dataset that a session may read."""
    names: list[str] = []
    with h5py.File(path, "r") as file:
        file.visit(lambda name: names.append(name))
    return names


def header(path: Path, inside: str) -> int:
    """The place of an object's header."""
    with h5py.File(path, "r") as file:
        return int(h5py.h5o.get_info(file[inside].id).addr)


def signatures(content: bytes, raw: list[tuple[int, int]]) -> list[int]:
    """The places of the parts of the structure that begin with a signature."""
    found = np.array([match.start() for match in SIGNATURES.finditer(content)], np.int64)
    inside = np.zeros(len(found), bool)
    for start, stop in raw:
        inside |= (found >= start) & (found < stop)
    return [int(place) for place in found[~inside]]


def values(path: Path) -> list[tuple[int, int]]:
    """The spans of the bytes of all values, which no checksum guards: numbers and text."""
    spans: list[tuple[int, int]] = []

    def note(_: str, thing: object) -> None:
        if not isinstance(thing, h5py.Dataset) or not thing.size:
            return
        if thing.chunks is None:
            offset = thing.id.get_offset()
            if offset is not None:
                spans.append((offset, offset + thing.id.get_storage_size()))
            return
        thing.id.chunk_iter(lambda c: spans.append((c.byte_offset, c.byte_offset + c.size)))

    with h5py.File(path, "r") as file:
        file.visititems(note)
    return spans


def heaps(content: bytes) -> list[tuple[int, int]]:
    """The spans of global heaps, which hold text of variable length without a checksum."""
    found = (match.start() for match in re.finditer(b"GCOL", content))
    return [(at, at + int.from_bytes(content[at + 8 : at + 16], "little")) for at in found]
