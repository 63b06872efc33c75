"""Reads the ids by which a file names the recording that it holds."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, Protocol

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.nwb.file import METADATA, NwbFile
from data_layer.nwb.streams import is_experiment

_FILE_NAMES = {
    "behavior_session_id": r"behavior_session_([0-9]{1,18})\.nwb",
    "ophys_experiment_id": r"behavior_ophys_experiment_([0-9]{1,18})\.nwb",
}
UNKNOWN_ID = 0
"""Stands for the id of a file that does not have it anywhere."""
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


class Identified(Protocol):
    """An open session."""

    @property
    def path(self) -> Path:
        """The path of its file."""

    @property
    def identifiers(self) -> dict[str, tuple[int, ...]]:
        """See :func:`read_identifiers`."""


def shown_id(
    session: Identified, name: Literal["behavior_session_id", "ophys_experiment_id"]
) -> int:
    """The id of that ``name`` in the file, else in the file's name, else ``UNKNOWN_ID``."""
    with suppress(StreamMissing, StreamDamaged):
        return int(getattr(session, name))
    if found := session.identifiers.get(name):
        return found[0]
    in_name = id_in_name(session.path, name)
    return UNKNOWN_ID if in_name is None else in_name


def id_in_name(path: Path, name: str) -> int | None:
    """The id in the name that the release gives to a file; None if the file has another name."""
    found = re.fullmatch(_FILE_NAMES.get(name, ""), path.name)
    return int(found[1]) if found else None


def _stored(nwb: NwbFile) -> list[tuple[str, Any]]:
    stored: list[tuple[str, Any]] = []
    with suppress(StreamMissing, StreamDamaged):
        own = "ophys_experiment_id" if is_experiment(nwb) else "behavior_session_id"
        stored.append((own, nwb.scalar("metadata", "identifier")))
    with suppress(StreamMissing, StreamDamaged):
        values = nwb.attributes("metadata", METADATA)
        stored += [(name, values[name]) for name in ID_NAMES if name in values]
    return stored
