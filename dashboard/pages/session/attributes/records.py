"""Converts rows of a table to JSON for a grid, and to text for a CSV file."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from dashboard.components.table import columns_of


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary per row; missing values are None, a mask is its number of pixels."""
    columns = columns_of(frame)
    if "roi_mask" in columns:
        columns["roi_mask"] = [f"{len(mask):,} px" for mask in columns["roi_mask"]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def csv_text(frame: pd.DataFrame, header: bool) -> str:
    """Rows as CSV in full precision; arrays become JSON lists."""
    plain = frame.copy(deep=False)
    for name in (n for n in frame.columns if pd.api.types.is_object_dtype(frame[n])):
        plain[name] = [_json(value) for value in frame[name]]
    return plain.to_csv(index=False, header=header, lineterminator="\n")


def _json(value: Any) -> Any:
    is_list = isinstance(value, np.ndarray | list | tuple)
    return json.dumps(np.asarray(value).tolist()) if is_list else value
