"""Values of tables in which any cell may be empty."""

from __future__ import annotations

from typing import Any

import pandas as pd


def known(value: Any) -> Any:
    """The value of a cell; None if it is missing (NaN, NaT, NA).

    A whole number comes back as int: a column of whole numbers becomes one of floats as soon as
    one of its cells is empty.
    """
    if isinstance(value, list | tuple | dict):
        return value
    if value is None or bool(pd.isna(value)):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value
