"""Encodes a column for the browser: repeated text is sent once, all else as plain JSON.

    {"type": "id" | "number", "values": [951980471, null, …]}
    {"type": "ids", "values": [[951980471, …], null, …]}
    {"type": "flag", "values": [true, false, null, …]}
    {"type": "text" | "texts" | "date", "levels": ["VISl", "VISp"], "codes": [1, 0, -1, …]}

A code of -1 and null mean no value. The levels of ``texts`` are lists of text.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

ID_COLUMNS = {
    "ophys_experiment_id",
    "ophys_session_id",
    "behavior_session_id",
    "ophys_container_id",
    "isi_experiment_id",
    "file_id",
}
INFINITE = (float("inf"), float("-inf"))
LONGEST_NUMBER = 40  # digits
DATE_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


def encode(cells: pd.Series) -> dict[str, Any]:
    """One encoded column; by its name whole numbers are ids or quantities."""
    values = plain(cells)
    if _are_flags(cells.dtype, values):
        return {"type": "flag", "values": values}
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return {"type": "date"} | coded(values)
    if any(isinstance(value, tuple) for value in values):
        return _lists(values)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return {"type": "id" if cells.name in ID_COLUMNS else "number", "values": values}
    return {"type": "text"} | coded([None if one is None else str(one) for one in values])


def _are_flags(dtype: Any, values: Sequence[Any]) -> bool:
    """Whether all cells are true or false; beside an empty one they are objects."""
    known = [value for value in values if value is not None]
    return bool(pd.api.types.is_bool_dtype(dtype) or known) and all(
        isinstance(value, bool) for value in known
    )


def plain(cells: pd.Series) -> list[Any]:
    """The cells as Python values: None for missing ones, lists as tuples, dates as UTC text.

    Infinity, which JSON does not have, counts as missing.
    """
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        cells = cells.dt.strftime(DATE_FORMAT)
    missing = cells.isna().tolist()
    return [
        None if absent or value in INFINITE else tuple(value) if isinstance(value, list) else value
        for absent, value in zip(missing, cells.tolist(), strict=True)
    ]


def coded(values: Sequence[Hashable | None]) -> dict[str, Any]:
    """The sorted distinct values (levels), and for each cell the index of its value (codes)."""
    levels = sorted({value for value in values if value is not None}, key=_natural)
    code_of = {value: code for code, value in enumerate(levels)}
    return {
        "levels": levels,
        "codes": [-1 if value is None else code_of[value] for value in values],
    }


def _lists(values: list[Any]) -> dict[str, Any]:
    if any(isinstance(item, str) for value in values for item in value or ()):
        return {"type": "texts"} | coded(values)
    return {"type": "ids", "values": values}


def _natural(value: Any) -> Any:
    """A sort key by which numbers in text sort as numbers: mouse 99 before mouse 100."""
    text = str(value)
    # int() refuses texts of thousands of digits.
    is_number = text.isdecimal() and len(text) <= LONGEST_NUMBER
    return (0, int(text), text) if is_number else (1, 0, text)
