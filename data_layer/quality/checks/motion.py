"""Checks of motion: whether the field of view stayed in place."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged

Floats = NDArray[np.floating]
JUMP_SECONDS = 1.0
MIN_FRAMES = 5


def motion_range(times: Floats, x: Floats, y: Floats) -> Check:
    """The maximum distance (px) of ``x`` or ``y`` (n_frames,) from its median."""
    if not len(times):
        return judged("motion_range", None)
    away = np.maximum(*(np.abs(shift - np.median(shift)) for shift in (x, y)))
    frame = int(np.argmax(away))
    return judged("motion_range", float(away[frame]), times[frame])


def motion_jump(times: Floats, x: Floats, y: Floats) -> Check:
    """The maximum difference (px) between the medians before and after a moment.

    Medians over a second ignore wobble and single frames that were registered wrongly. They show
    a field of view that moved and stayed there, even if only for a second.
    """
    period = float(np.median(np.diff(times))) if len(times) >= 2 * MIN_FRAMES else 0.0
    if not period > 0:  # also for NaN
        return judged("motion_jump", None)
    n = max(round(JUMP_SECONDS / period), MIN_FRAMES)
    n = min(n, len(times) // 2)
    jumps = np.maximum(*(_jumps(shift, n) for shift in (x, y)))
    best = float(jumps.max())
    # The medians differ equally for half a second around the jump, which is in the middle.
    frame = n + int(np.median(np.flatnonzero(jumps == best)[: 2 * n]))
    return judged("motion_jump", best, times[_steepest(x, y, frame, n)])


def _jumps(shift: Floats, n: int) -> Floats:
    """Difference of the medians of the n frames after and before each one: (len - 2n + 1,)."""
    medians = pd.Series(shift).rolling(n).median().to_numpy()[n - 1 :]
    jumps: Floats = np.abs(medians[n:] - medians[:-n])
    return jumps


def _steepest(x: Floats, y: Floats, frame: int, n: int) -> int:
    """The index of the largest single step near ``frame``."""
    first, last = max(frame - n, 1), min(frame + n, len(x) - 1)
    steps = [np.abs(shift[first : last + 1] - shift[first - 1 : last]) for shift in (x, y)]
    return first + int(np.argmax(np.maximum(*steps)))
