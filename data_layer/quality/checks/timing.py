"""Whether clocks go forward and without gaps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged

Floats = NDArray[np.floating]


def order(name: str, times: Floats) -> Check:
    """Steps of ``times`` (n,) s that do not go forward; NaN counts as one. ``name`` of ``RULES``.

    Equal times are allowed of events, which are counted in monitor frames.
    """
    steps = np.diff(times)
    wrong = ~(steps >= 0) if name in {"lick_order", "reward_order"} else ~(steps > 0)
    places = np.flatnonzero(wrong)
    where = float(times[places[0]]) if len(places) else None
    return judged(name, float(len(places)) if len(times) else None, where)


def gap(name: str, times: Floats) -> Check:
    """Samples missing in the longest step of ``times`` (n,) s; ``name`` of ``RULES``."""
    steps = np.diff(times)
    known = steps[steps > 0]
    if not len(known):
        return judged(name, None)
    longest = int(np.nanargmax(steps))
    return judged(name, float(steps[longest] / np.median(known)) - 1, float(times[longest]))
