"""Converts rows of a table to JSON for a grid."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.components.table import columns_of


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary per row; missing values are None, a mask is its number of pixels."""
    columns = columns_of(frame)
    if "roi_mask" in columns:
        columns["roi_mask"] = [f"{len(mask):,} px" for mask in columns["roi_mask"]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
