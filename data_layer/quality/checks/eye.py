"""Checks of eye tracking: blinks and failed fits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_layer.quality.checks.check import Check, judged
from data_layer.quality.checks.runs import longest_run


def blink_fraction(eye_tracking: pd.DataFrame) -> Check:
    """Share of camera frames that are likely blinks; ``at`` is the start of the longest one."""
    flags = eye_tracking["likely_blink"].to_numpy(bool)
    return _share("blink_fraction", eye_tracking, flags)


def failed_fits(eye_tracking: pd.DataFrame) -> Check:
    """Share of camera frames in which eye or pupil was not fitted (raw area NaN)."""
    areas = eye_tracking[["eye_area_raw", "pupil_area_raw"]].to_numpy(np.float64)
    return _share("failed_fits", eye_tracking, np.isnan(areas).any(axis=1))


def _share(name: str, eye_tracking: pd.DataFrame, flags: np.ndarray) -> Check:
    if not len(flags):
        return judged(name, None, note="The session has no eye tracking.")
    start, length = longest_run(flags)
    at = float(eye_tracking["timestamps"].iloc[start]) if length else None
    return judged(name, 100 * flags.mean(), at)
