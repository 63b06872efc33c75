"""Checks whether the release's tables and the file describe the same recording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data_layer.derived.session_type import image_set
from data_layer.quality.checks.check import Check, judged, not_applicable

FILE_HASH = "file_hash"
NO_HASH = "No manifest has a hash of this file."
NOT_VERIFIED = "Not verified yet: vbdash verify, or preparing the session, reads the whole file."
EQUAL = "The file equals the manifest's hash."
DIFFERS = (
    "The file differs from the manifest's hash: it is damaged, was changed, or is of another "
    "release."
)
IDS = ("behavior_session_id", "ophys_session_id", "ophys_experiment_id", "ophys_container_id")


def table_checks(file: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[Check, ...]:
    """Compare the metadata of a file with its row of a table.

    Values that are missing in either, or that are lists (of several recordings), are left out.
    """
    expected = {"image_set": image_set(str(file.get("session_type")))}
    return (
        _compared("table_ids", IDS, file, row),
        _compared("table_mouse", ("mouse_id",), file, row),
        _compared("table_session_type", ("session_type",), file, row),
        _compared("table_image_set", ("image_set",), expected, row),
    )


def hash_check(expected: str | None, found: str | None) -> Check:
    """Compare the hash of a file with that in the manifest; None for one that is not known."""
    if expected is None:
        return not_applicable(FILE_HASH, NO_HASH)
    if found is None:
        return not_applicable(FILE_HASH, NOT_VERIFIED)
    return judged(FILE_HASH, float(found != expected), note=DIFFERS if found != expected else EQUAL)


def _compared(
    name: str, keys: tuple[str, ...], file: Mapping[str, Any], row: Mapping[str, Any]
) -> Check:
    both = [key for key in keys if _is_known(file.get(key)) and _is_known(row.get(key))]
    differing = [key for key in both if _plain(key, file[key]) != _plain(key, row[key])]
    note = "; ".join(
        f"{key} is {file[key]} in the file, {row[key]} in the tables" for key in differing
    )
    value = float(len(differing)) if both else None
    return judged(name, value, note=note and note + ".")


def _is_known(value: Any) -> bool:
    return not isinstance(value, list | tuple) and not pd.isna(value)


def _plain(key: str, value: Any) -> str:
    """A value as text: ids as whole numbers, image sets as a letter (tables have both forms)."""
    if key in IDS:
        return str(int(value))
    return str(value).removeprefix("images_") if key == "image_set" else str(value)
