"""Whether the release's tables and the file are of the same recording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data_layer.derived.session_type import image_set
from data_layer.quality.checks.check import Check, judged

IDS = ("behavior_session_id", "ophys_session_id", "ophys_experiment_id", "ophys_container_id")


def table_checks(file: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[Check, ...]:
    """What the metadata of a file and its row of a table both say, compared.

    What one of them does not say, or says of several recordings (lists), is left out.
    """
    expected = {"image_set": image_set(str(file.get("session_type")))}
    return (
        _compared("table_ids", IDS, file, row),
        _compared("table_mouse", ("mouse_id",), file, row),
        _compared("table_session_type", ("session_type",), file, row),
        _compared("table_image_set", ("image_set",), expected, row),
    )


def _compared(
    name: str, keys: tuple[str, ...], file: Mapping[str, Any], row: Mapping[str, Any]
) -> Check:
    both = [key for key in keys if _is_said(file.get(key)) and _is_said(row.get(key))]
    differing = [key for key in both if _plain(key, file[key]) != _plain(key, row[key])]
    note = "; ".join(
        f"{key} is {file[key]} in the file, {row[key]} in the tables" for key in differing
    )
    value = float(len(differing)) if both else None
    return judged(name, value, note=note and note + ".")


def _is_said(value: Any) -> bool:
    return not isinstance(value, list | tuple) and not pd.isna(value)


def _plain(key: str, value: Any) -> str:
    """Ids as whole numbers, image sets by their letter (tables have both forms)."""
    if key in IDS:
        return str(int(value))
    return str(value).removeprefix("images_") if key == "image_set" else str(value)
