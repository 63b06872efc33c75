"""Finds the pixels inside a polygon."""

from __future__ import annotations

import numpy as np


def enclosed(shape: tuple[int, int], x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Whether the centre of each pixel is inside (height, width), by the even-odd rule.

    Args:
        shape: height and width; pixel centres have integer coordinates.
        x: x of the corners (n,); the last corner is the first one again.
        y: y of the corners (n,).
    """
    row, column = np.indices(shape)
    inside = np.zeros(shape, bool)
    for x0, y0, x1, y1 in zip(x, y, x[1:], y[1:], strict=False):
        if y0 != y1:
            crossed = (min(y0, y1) <= row) & (row < max(y0, y1))
            inside ^= crossed & (column > x0 + (row - y0) * (x1 - x0) / (y1 - y0))
    return inside
