"""Rows of a table as the text of a CSV file."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from data_layer.values.spreadsheet import LINE_END, CsvText, guarded


def csv_text(frame: pd.DataFrame, header: bool) -> str:
    """Rows as CSV in full precision; arrays become JSON lists, and formulas are guarded."""
    plain = frame.copy(deep=False)
    for name in frame.columns:
        if not _is_of_numbers(frame[name]):
            plain[name] = [_as_cell(value) for value in frame[name]]
    plain.columns = pd.Index([guarded(str(name)) for name in frame.columns])
    text = CsvText()
    plain.to_csv(text, index=False, header=header, lineterminator=LINE_END)
    return text.getvalue()


def _is_of_numbers(values: pd.Series[Any]) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values))


def _as_cell(value: Any) -> Any:
    if isinstance(value, np.ndarray | list | tuple):
        return json.dumps(np.asarray(value).tolist())
    return guarded(value) if isinstance(value, str) else value
