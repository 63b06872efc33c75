"""Reads the ids by which a file names the recording that it holds."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.nwb.file import METADATA, NwbFile
from data_layer.nwb.streams import is_experiment

ID_NAMES = ("behavior_session_id", "ophys_session_id", "ophys_experiment_id", "ophys_container_id")


def read_identifiers(nwb: NwbFile) -> dict[str, tuple[int, ...]]:
    """The ids in ``/general/metadata``, and ``/identifier`` as that of the experiment or session.

    An id that the file does not have, or not as a whole number, is left out. An id has two values
    if the file contradicts itself.
    """
    found: dict[str, list[int]] = {}
    for name, value in _stored(nwb):
        with suppress(TypeError, ValueError, OverflowError):
            number = int(value)
            if number not in found.setdefault(name, []):
                found[name].append(number)
    return {name: tuple(values) for name, values in found.items() if values}


def _stored(nwb: NwbFile) -> list[tuple[str, Any]]:
    stored: list[tuple[str, Any]] = []
    with suppress(StreamMissing, StreamDamaged):
        own = "ophys_experiment_id" if is_experiment(nwb) else "behavior_session_id"
        stored.append((own, nwb.scalar("metadata", "identifier")))
    with suppress(StreamMissing, StreamDamaged):
        values = nwb.attributes("metadata", METADATA)
        stored += [(name, values[name]) for name in ID_NAMES if name in values]
    return stored
