"""Outlines of ROI masks as polygons, for the field of view."""

from __future__ import annotations

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from data_layer.values.slices import Floats, Outline


def outline(mask: NDArray[np.bool_], cell_roi_id: int, cell_specimen_id: int | None) -> Outline:
    """The outline of one full-frame mask (height, width) in pixel coordinates, x right, y down.

    Pixel centres have integer coordinates. NaN separates the parts of a mask and its holes.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return Outline(cell_roi_id, cell_specimen_id, *_no_points(), (np.nan, np.nan), 0)
    top, left = rows[0], columns[0]
    box = mask[top : rows[-1] + 1, left : columns[-1] + 1]
    padded = np.pad(box, 1).astype(np.float64)
    parts = contour_generator(z=padded, line_type=LineType.Separate, name="serial").lines(0.5)
    x, y = np.concatenate([[*part, (np.nan, np.nan)] for part in parts])[:-1].T
    where = np.argwhere(box) + np.array([top, left])
    centre = (float(where[:, 1].mean()), float(where[:, 0].mean()))
    return Outline(
        cell_roi_id, cell_specimen_id, x + left - 1, y + top - 1, centre, area=len(where)
    )


def _no_points() -> tuple[Floats, Floats]:
    return np.empty(0), np.empty(0)
