"""The hit rate, false-alarm rate and d′ of a session, over all its trials."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from data_layer.derived.rolling_performance import dprime

Floats = NDArray[np.float64]


class SessionRates(NamedTuple):
    """Raw rates, and d′ from rates that are at least half a trial away from 0 and 1."""

    hit_rate: Floats
    false_alarm_rate: Floats
    dprime: Floats


def session_rates(
    hits: Floats, misses: Floats, false_alarms: Floats, correct_rejects: Floats
) -> SessionRates:
    """Rates and d′ of sessions from their numbers of trials.

    Unlike in the mean of the rolling rates, every trial counts once. Tables of counts and NWB
    files therefore give the same numbers.

    Args:
        hits: (n_sessions,) number of hits; NaN where unknown, as in the others.
        misses: (n_sessions,) go trials without a response.
        false_alarms: (n_sessions,) catch trials with a response.
        correct_rejects: (n_sessions,) catch trials without one.

    Returns:
        (n_sessions,) each; a rate is NaN without go or catch trials, d′ if either is missing.
    """
    hit_rate, hit_corrected = _rate(hits, misses)
    false_alarm_rate, false_alarm_corrected = _rate(false_alarms, correct_rejects)
    return SessionRates(hit_rate, false_alarm_rate, dprime(hit_corrected, false_alarm_corrected))


def _rate(yes: Floats, no: Floats) -> tuple[Floats, Floats]:
    total = np.asarray(yes, dtype=np.float64) + np.asarray(no, dtype=np.float64)
    total = np.where(total > 0, total, np.nan)
    raw = yes / total
    half_trial = 1 / (2 * total)
    return raw, np.clip(raw, half_trial, 1 - half_trial)
