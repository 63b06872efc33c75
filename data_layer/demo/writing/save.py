"""Puts an NWB file on disk, the same bytes for the same content."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from pynwb import NWBHDF5IO, NWBFile

from data_layer.demo.writing.extension_types import extension_types


def save(nwbfile: NWBFile, path: Path) -> None:
    """Write a file with the extension types, their definitions cached in it."""
    _settle_object_ids(nwbfile)
    with NWBHDF5IO(str(path), mode="w", manager=extension_types().manager()) as io:
        io.write(nwbfile, expandable=[])  # contiguous, as in the release


def _settle_object_ids(nwbfile: NWBFile) -> None:
    """Replace the random ids of all objects by ones that follow from file and order."""
    for number, container in enumerate(nwbfile.all_children()):
        name = f"nwb:{nwbfile.identifier}/{number}/{container.name}"
        # hdmf draws the id when an object is made and has no other way to choose it
        container._AbstractContainer__object_id = str(uuid5(NAMESPACE_URL, name))
