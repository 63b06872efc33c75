"""Checks of running speed: whether the wheel was measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged
from data_layer.quality.checks.runs import longest_run
from data_layer.quality.checks.thresholds import ENCODER_JUMP

Floats = NDArray[np.floating]


def encoder_jumps(times: Floats, raw: Floats, filtered: Floats) -> Check:
    """Number of samples at which ``raw`` and ``filtered`` speed (n,) cm/s differ too much."""
    if len(raw) != len(filtered):
        note = f"{len(raw)} unfiltered samples, but {len(filtered)} filtered ones."
        return judged("encoder_jumps", None, note=note)
    jumps = np.flatnonzero(np.abs(raw - filtered) > ENCODER_JUMP)
    at = float(times[jumps[0]]) if len(jumps) else None
    return judged("encoder_jumps", float(len(jumps)) if len(raw) else None, at)


def running_missing(times: Floats, raw: Floats) -> Check:
    """Share of ``raw`` speed (n,) that is NaN, without the first sample, which always is."""
    missing = np.isnan(raw[1:])
    if not len(missing):
        return judged("running_missing", None)
    start, length = longest_run(missing)
    return judged("running_missing", 100 * missing.mean(), times[1 + start] if length else None)


def running_flat(times: Floats, raw: Floats) -> Check:
    """The longest time (s) in which ``raw`` speed (n,) does not change at all."""
    start, length = longest_run(np.diff(raw) == 0)
    if len(raw) < 2:
        return judged("running_flat", None)
    return judged("running_flat", float(times[start + length] - times[start]), times[start])
