"""The task of making the sidecar of a file, with which it opens without a request."""

from __future__ import annotations

import hashlib

from data_layer.batch.streaming import path_of
from data_layer.batch.task import Item, Settings, Task
from data_layer.nwb.sidecars import make_sidecar
from data_layer.remote.sidecar import MAGIC


def sidecar_task(place: str) -> Task:
    """Make sidecars in ``place``, the last of the places of each item; it has its own journal."""
    name = hashlib.blake2b(place.encode(), digest_size=8).hexdigest()
    return Task(f"sidecars-{name}", sidecar, {}, code_version)


def sidecar(item: Item, settings: Settings) -> str:
    """Make the sidecar of a file, unless it has one; returns ``made`` or ``there``.

    Raises:
        SessionFileError: The file cannot be read.
        OSError: The sidecar cannot be written.
    """
    return "made" if make_sidecar(path_of(item)) else "there"


def code_version() -> str:
    """The version of the format."""
    return MAGIC.decode().strip()
