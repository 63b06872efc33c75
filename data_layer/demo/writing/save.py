"""Writes an NWB file to disk, with the same bytes for the same content."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from pynwb import NWBHDF5IO, NWBFile

from data_layer.demo.writing.extension_types import extension_types


def save(nwbfile: NWBFile, path: Path) -> None:
    """Write a file with the extension types and their definitions."""
    _settle_object_ids(nwbfile)
    with NWBHDF5IO(str(path), mode="w", manager=extension_types().manager()) as io:
        io.write(nwbfile, expandable=[])  # contiguous, as in the release


def _settle_object_ids(nwbfile: NWBFile) -> None:
    """Replace the random ids of all objects by ids derived from the file and their order."""
    for number, container in enumerate(nwbfile.all_children()):
        name = f"nwb:{nwbfile.identifier}/{number}/{container.name}"
        # hdmf draws the id when an object is created; its private field is the only way to set it.
        container._AbstractContainer__object_id = str(uuid5(NAMESPACE_URL, name))
