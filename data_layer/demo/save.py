"""Puts an NWB file on disk, the same bytes for the same content."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import h5py
from pynwb import NWBHDF5IO, NWBFile

from data_layer.demo.extension_types import extension_types


def save(nwbfile: NWBFile, path: Path) -> None:
    """Write a file with the extension types, their definitions cached in it."""
    with NWBHDF5IO(str(path), mode="w", manager=extension_types().manager()) as io:
        io.write(nwbfile, expandable=[])  # contiguous, as in the release
    _settle_object_ids(path)


def _settle_object_ids(path: Path) -> None:
    """Replace the random ids that pynwb gives to objects by ones that follow from their place."""
    with h5py.File(path, "r+") as file:
        identifier = file["identifier"].asstr()[()]
        places: list[str] = ["/"]
        file.visit(places.append)
        for place in places:
            attributes = file[place].attrs
            if "object_id" in attributes:
                attributes["object_id"] = str(uuid5(NAMESPACE_URL, f"nwb:{identifier}/{place}"))
