"""Converts a session's metadata to JSON and back; dates and UUIDs keep their types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from data_layer.nwb.aliases import AliasedDict
from data_layer.nwb.metadata import ALIASES

DATE, IDENTIFIER = "date_of_acquisition", "behavior_session_uuid"


def to_json(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata in types that JSON has."""
    plain = {
        key: getattr(value, "item", lambda value=value: value)() for key, value in metadata.items()
    }
    date, uuid = plain[DATE], plain[IDENTIFIER]
    return plain | {DATE: date and date.isoformat(), IDENTIFIER: uuid and str(uuid)}


def from_json(plain: Mapping[str, Any]) -> AliasedDict:
    """The metadata from the output of :func:`to_json`."""
    date, uuid = plain[DATE], plain[IDENTIFIER]
    types = {DATE: date and datetime.fromisoformat(date), IDENTIFIER: uuid and UUID(uuid)}
    return AliasedDict(dict(plain) | types, ALIASES)
