"""Simulates the times of the monitor's frames."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_layer.demo.behavior.licking import FRAME_RATE

Floats = NDArray[np.float64]

_JITTER = 6e-5  # s, standard deviation of each frame
_LONG_FRAME_RATE = 2e-4  # share of frames that the monitor shows twice as long
_IMAGING_STARTS_BEFORE = 8.9  # s of two-photon frames before the first monitor frame


def frame_times(n_frames: int, *, imaging: bool, rng: np.random.Generator) -> Floats:
    """Times (n_frames,) in s, ascending; in imaging sessions they start some seconds after 0."""
    late = rng.random(n_frames) < _LONG_FRAME_RATE
    periods = np.where(late, 2.0, 1.0) / FRAME_RATE
    times = np.cumsum(periods) - periods[0] + rng.normal(0, _JITTER, n_frames)
    first = _IMAGING_STARTS_BEFORE + rng.uniform(0, 0.5) if imaging else 0.0
    return np.asarray(times - times[0] + first)
