"""Which pixels a polygon encloses."""

from __future__ import annotations

import numpy as np


def enclosed(shape: tuple[int, int], x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The pixels (height, width) whose centre lies inside: a ray to the left leaves it oddly often.

    Args:
        shape: height and width; centres lie on whole numbers.
        x: of the corners (n,), the first again at the end.
        y: of the corners (n,).
    """
    row, column = np.indices(shape)
    inside = np.zeros(shape, bool)
    for x0, y0, x1, y1 in zip(x, y, x[1:], y[1:], strict=False):
        if y0 != y1:
            crossed = (min(y0, y1) <= row) & (row < max(y0, y1))
            inside ^= crossed & (column > x0 + (row - y0) * (x1 - x0) / (y1 - y0))
    return inside
