"""Checks of ROIs: whether they are inside the picture and do not overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged
from data_layer.quality.checks.thresholds import OVERLAP

Ints = NDArray[np.integer]
Pixels = Sequence[Ints]
"""For each ROI the indices of its pixels in the flattened picture: (n_pixels,) each."""


def border_rois(cell_roi_ids: Ints, pixels: Pixels, shape: tuple[int, int]) -> Check:
    """Share of ROIs with a pixel on the edge of a picture of ``shape`` (height, width)."""
    if not len(pixels):
        return judged("border_rois", None)
    touching = np.array([_on_edge(indices, shape) for indices in pixels])
    worst = int(cell_roi_ids[int(np.argmax(touching))]) if touching.any() else None
    return judged("border_rois", 100 * float(touching.mean()), cell_roi_id=worst)


def _on_edge(indices: Ints, shape: tuple[int, int]) -> bool:
    rows, columns = np.divmod(indices, shape[1])
    edges = (rows == 0) | (rows == shape[0] - 1) | (columns == 0) | (columns == shape[1] - 1)
    return bool(edges.any())


def overlapping_rois(cell_roi_ids: Ints, pixels: Pixels, shape: tuple[int, int]) -> Check:
    """Share of ROIs that have more than a fifth of their pixels in common with other ROIs."""
    if not len(pixels):
        return judged("overlapping_rois", None)
    owners = np.zeros(shape[0] * shape[1], dtype=np.int32)
    for indices in pixels:
        owners[indices] += 1
    shared = np.array([(owners[p] > 1).mean() if len(p) else 0.0 for p in pixels])
    worst = int(cell_roi_ids[int(np.argmax(shared))]) if shared.any() else None
    return judged("overlapping_rois", 100 * float((shared > OVERLAP).mean()), cell_roi_id=worst)
