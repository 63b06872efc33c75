"""Finds the eye tracking frames that are likely blinks, and masks the values they invalidate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Z_THRESHOLD = 3.0
DILATION_FRAMES = 2

MASKED_COLUMNS = (
    *("cr_area", "eye_area", "pupil_area"),
    *("eye_width", "eye_height", "eye_phi"),
    *("pupil_width", "pupil_height", "pupil_phi"),
)
"""Columns set to NaN in a likely blink; not the centres and the corneal reflection's shape."""


def likely_blinks(
    eye_area: Floats,
    pupil_area: Floats,
    z_threshold: float = Z_THRESHOLD,
    dilation_frames: int = DILATION_FRAMES,
) -> Bools:
    """Frames in which the eye or pupil fit failed or is an outlier, and their neighbours.

    Args:
        eye_area: (n_frames,) px², unmasked; NaN where the fit failed.
        pupil_area: likewise.
        z_threshold: distance of an outlier from the mean, in standard deviations.
        dilation_frames: number of frames before and after that are marked too.

    Returns:
        (n_frames,) bool.
    """
    blinks = np.isnan(eye_area) | np.isnan(pupil_area)
    for area in (eye_area, pupil_area):
        blinks |= outliers(area, z_threshold)
    return dilate(blinks, dilation_frames)


def outliers(values: Floats, z_threshold: float) -> Bools:
    """Values farther than ``z_threshold`` standard deviations (ddof 0) from the mean."""
    known = values[~np.isnan(values)]
    if not known.size or known.min() == known.max():
        return np.zeros(len(values), bool)
    return np.asarray(np.abs((values - known.mean()) / known.std()) > z_threshold)


def dilate(marked: Bools, steps: int) -> Bools:
    """``marked`` with ``steps`` more elements on each side of every True."""
    wide = marked.copy()
    for shift in range(1, min(steps, len(marked) - 1) + 1):
        wide[shift:] |= marked[:-shift]
        wide[:-shift] |= marked[shift:]
    return wide


def without_blinks(eye_tracking: pd.DataFrame) -> pd.DataFrame:
    """The table with NaN in ``MASKED_COLUMNS`` of likely blinks."""
    masked = {c: eye_tracking[c].mask(eye_tracking["likely_blink"]) for c in MASKED_COLUMNS}
    return eye_tracking.assign(**masked)
