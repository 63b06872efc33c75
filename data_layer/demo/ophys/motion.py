"""Simulates the motion correction of the field of view, in whole pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from data_layer.demo.sessions import Fault

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_JUMP_LASTS = 7.0  # s


def simulate_motion(
    times: Floats, speed: Floats, rng: np.random.Generator, fault: Fault | None, start: float
) -> tuple[Ints, Ints]:
    """Shifts x and y (n_frames,) at imaging frames ``times``: slow drift, and wobble in running.

    A ``fault`` makes the field jump at its time after ``start`` (s), and return only in part.
    """
    rate = 1 / float(np.mean(np.diff(times)))
    jumps = (0, 0) if fault is None else fault.motion_jump
    at = None if fault is None else start + fault.motion_jump_at
    x, y = (_axis(times, speed, rate, rng, jump=jump, at=at) for jump in jumps)
    return x, y


def jump_frames(times: Floats, fault: Fault | None, start: float) -> NDArray[np.bool_]:
    """Whether the field is displaced by a fault in each frame (n_frames,)."""
    if fault is None:
        return np.zeros(len(times), dtype=bool)
    since = times - (start + fault.motion_jump_at)
    return np.asarray((since >= 0) & (since < _JUMP_LASTS))


def _axis(
    times: Floats,
    speed: Floats,
    rate: float,
    rng: np.random.Generator,
    *,
    jump: int,
    at: float | None,
) -> Ints:
    drift = gaussian_filter1d(rng.normal(size=len(times)), 45 * rate) * np.sqrt(45 * rate) * 2.2
    wobble = gaussian_filter1d(rng.normal(size=len(times)), 0.08 * rate)
    shift = drift + wobble * (0.5 + speed.clip(0) / 25) * 0.8
    if at is not None:
        since = times - at
        shift = shift + jump * ((since >= 0) & (since < _JUMP_LASTS)) + 0.2 * jump * (since >= 0)
    return np.asarray(np.round(shift), dtype=np.int64)
