"""Damages a part of an NWB file in place, so that it is there and cannot be read."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.structures import header


def blot(path: Path, inside: str) -> None:
    """Overwrite the header of a group or dataset."""
    place = header(path, inside)
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(b"\0" * 16)
