"""The range of a colour scale that cells share: one bright cell does not darken the others."""

from __future__ import annotations

import numpy as np

from data_layer.values.slices import Floats

PERCENTILE = 99
CELLS_WITHIN = 0.9


def robust_top(values: Floats) -> float:
    """Upper end of a colour scale for ``values`` (n_cells, n): nearly all of 9 cells in 10 fit.

    It is the 99th percentile of a cell's samples that nine tenths of the cells do not exceed; the
    brightest of several cells never sets it. For a cell that is zero 99 % of the time, as in
    sparse events, only positive samples count. NaN is ignored; 1 where nothing is positive.
    """
    tops = [top for row in values if (top := _top(row)) > 0]
    return float(np.quantile(tops, CELLS_WITHIN, method="lower")) if tops else 1.0


def robust_range(values: Floats) -> tuple[float, float]:
    """Both ends of a colour scale for signed ``values`` (n_cells, n); (0, 1) without any value.

    From the 1st to the 99th percentile of a cell's samples, each end within reach of nine tenths
    of the cells.
    """
    known = [row[np.isfinite(row)] for row in values]
    ends = np.array(
        [np.percentile(row, (100 - PERCENTILE, PERCENTILE)) for row in known if len(row)]
    )
    if not len(ends):
        return 0.0, 1.0
    low = float(np.quantile(ends[:, 0], 1 - CELLS_WITHIN, method="higher"))
    top = float(np.quantile(ends[:, 1], CELLS_WITHIN, method="lower"))
    return low, top


def _top(row: Floats) -> float:
    known = row[np.isfinite(row)]
    if not len(known):
        return 0.0
    top = float(np.percentile(known, PERCENTILE))
    positive = known[known > 0]
    return top if top > 0 or not len(positive) else float(np.percentile(positive, PERCENTILE))
