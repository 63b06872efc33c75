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


def duplicate_masks(cell_roi_ids: Ints, pixels: Pixels, shape: tuple[int, int]) -> Check:
    """The greatest overlap of two ROIs; those without a pixel are left out."""
    filled = [i for i, places in enumerate(pixels) if len(places)]
    if len(filled) < 2:
        return judged("duplicate_masks", None, note="A single cell has no double." * len(filled))
    pairs = _meeting([pixels[i] for i in filled], shape[1])
    overlaps = [_overlap(pixels[filled[i]], pixels[filled[j]]) for i, j in pairs]
    if not any(overlaps):
        return judged("duplicate_masks", 0.0)
    first, second = (int(cell_roi_ids[filled[i]]) for i in pairs[int(np.argmax(overlaps))])
    note = f"cell_roi_id {first} and {second}."
    return judged("duplicate_masks", 100 * max(overlaps), cell_roi_id=first, note=note)


def _meeting(pixels: Pixels, width: int) -> Ints:
    """(n_pairs, 2) of ROIs whose bounding boxes share a pixel: few do, and others share none."""
    corners = [(p // width, p % width) for p in pixels]
    low = np.array([(rows.min(), columns.min()) for rows, columns in corners])
    high = np.array([(rows.max(), columns.max()) for rows, columns in corners])
    meets = (low[:, None] <= high).all(axis=2)
    return np.argwhere(np.triu(meets & meets.T, k=1))


def _overlap(first: Ints, second: Ints) -> float:
    """Share of the pixels of either ROI that both have."""
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / (len(first) + len(second) - shared)
