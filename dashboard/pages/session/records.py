"""Values of a table as JSON for a grid, and as text for a CSV file."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

LISTED = 6


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary per row, values as :func:`shown`."""
    columns = {str(name): [shown(value) for value in frame[name]] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def shown(value: Any) -> Any:
    """A number, a truth value or a text; absent values are empty, NaN and infinity are named."""
    if isinstance(value, np.ndarray | list | tuple):
        return _list(np.asarray(value))
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return str(value).replace("nan", "NaN")
    return value if isinstance(value, bool | int | float | str) else str(value)


def _list(values: np.ndarray[Any, Any]) -> str:
    if values.ndim > 1:
        return f"{len(values)} px"
    text = ", ".join(f"{value:.7g}" if values.dtype.kind == "f" else str(value)
                     for value in values[:LISTED])  # fmt: skip
    return text if len(values) <= LISTED else f"{text}, … ({len(values)} values)"


def csv_text(frame: pd.DataFrame, header: bool) -> str:
    """Rows as CSV in full precision; arrays are written as JSON lists."""
    plain = frame.copy(deep=False)
    for name in frame.select_dtypes("object").columns:
        plain[name] = [_json(value) for value in frame[name]]
    return plain.to_csv(index=False, header=header, lineterminator="\n")


def _json(value: Any) -> Any:
    is_list = isinstance(value, np.ndarray | list | tuple)
    return json.dumps(np.asarray(value).tolist()) if is_list else value
