"""Checks of clocks: whether times increase and have no gaps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged

Floats = NDArray[np.floating]


def order(name: str, times: Floats) -> Check:
    """Number of steps of ``times`` (n,) s that do not increase, for the check ``name``.

    Samples without a time are left out; ``untimed_samples`` counts them. Equal times are allowed
    for licks and rewards, whose times are those of monitor frames.
    """
    times = times[np.isfinite(times)]
    steps = np.diff(times)
    wrong = steps < 0 if name in {"lick_order", "reward_order"} else steps <= 0
    indices = np.flatnonzero(wrong)
    at = float(times[indices[0]]) if len(indices) else None
    return judged(name, float(len(indices)) if len(times) else None, at)


def gap(name: str, times: Floats) -> Check:
    """Number of samples missing in the longest step of ``times`` (n,) s, for the check ``name``.

    A gap is looked for in all samples with a time: those without one are not missing.
    """
    known_at = np.flatnonzero(np.isfinite(times))
    times, untimed = times[known_at], np.diff(known_at) - 1
    steps = np.diff(times)
    known = steps[steps > 0]
    if not len(known):
        return judged(name, None)
    missing = steps / np.median(known) - 1 - untimed
    longest = int(np.argmax(missing))
    return judged(name, float(missing[longest]), float(times[longest]))


def untimed_samples(clocks: Mapping[str, Floats]) -> Check:
    """Number of samples whose time is NaN or infinite, of all ``clocks`` (n,) s by name."""
    counts = {name: int((~np.isfinite(times)).sum()) for name, times in clocks.items()}
    note = ", ".join(f"{name} {n:,}" for name, n in counts.items() if n)
    at = next((_before(times) for name, times in clocks.items() if counts[name]), None)
    value = float(sum(counts.values())) if clocks else None
    return judged("untimed_samples", value, at, note=note and f"Clocks with such samples: {note}.")


def _before(times: Floats) -> float | None:
    """The last known time (s) before the first unknown one, else the first known time."""
    known = np.flatnonzero(np.isfinite(times))
    if not len(known):
        return None
    first = int(np.flatnonzero(~np.isfinite(times))[0])
    return float(times[known[max(int(np.searchsorted(known, first)) - 1, 0)]])
