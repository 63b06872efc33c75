"""Mean, standard deviation and maximum of columns that are too long for memory."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def block_statistics(blocks: Iterable[Floats]) -> pd.DataFrame:
    """Statistics of each column of a matrix given as blocks of rows; NaN values are ignored.

    Args:
        blocks: arrays (n_rows, n_columns), any number of rows each.

    Returns:
        One row per column with ``mean``, ``std`` (of the population) and ``max``; NaN for a
        column without values. No rows if there are no blocks.
    """
    total: list[Floats] | None = None
    for block in blocks:
        part = _block(np.asarray(block, dtype=np.float64))
        total = part if total is None else _merged(total, part)
    if total is None:
        return pd.DataFrame(columns=["mean", "std", "max"], dtype=np.float64)
    count, mean, squares, top = total
    some = count > 0
    return pd.DataFrame(
        {
            "mean": np.where(some, mean, np.nan),
            "std": np.where(some, np.sqrt(squares / np.maximum(count, 1)), np.nan),
            "max": np.where(some, top, np.nan),
        }
    )


def _block(values: Floats) -> list[Floats]:
    """Count, mean, sum of squared deviations and maximum of each column."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    mean = np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(known, values - mean, 0.0)
    top = np.max(values, axis=0, where=known, initial=-np.inf)
    return [count, mean, np.einsum("ij,ij->j", squares, squares), top]


def _merged(a: list[Floats], b: list[Floats]) -> list[Floats]:
    count = a[0] + b[0]
    shift, part = b[1] - a[1], b[0] / np.maximum(count, 1)
    return [
        count,
        a[1] + shift * part,
        a[2] + b[2] + shift**2 * a[0] * part,
        np.maximum(a[3], b[3]),
    ]
