"""The reward rate around each trial, in rewards per minute."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TRIALS_AROUND = 25
FIRST_TRIALS = 10
LATEST_RESPONSE = 0.75
ENGAGED_REWARD_RATE = 2.0


def response_latencies(
    lick_times: Sequence[Floats], change_times: Floats, earliest: float
) -> Floats:
    """Time (s) from each trial's change to the first lick more than ``earliest`` s after it.

    Args:
        lick_times: one array of lick times (s) per trial.
        change_times: (n_trials,) s, NaN for trials without a change.
        earliest: start of the response window (s), 0.15 in the released sessions.

    Returns:
        (n_trials,) s; infinite if no lick follows the change. This differs from the stored
        ``response_latency``, which uses the first lick of the trial at any time.
    """
    latencies = np.full(len(change_times), np.inf)
    for trial, change_time in enumerate(change_times):
        delays = np.asarray(lick_times[trial], float) - change_time
        answers = delays[delays > earliest]
        if answers.size:
            latencies[trial] = answers[0]
    return latencies


def reward_rate(latencies: Floats, start_times: Floats) -> Floats:
    """Rewards per minute around each trial: the number of timely responses per elapsed time.

    The window is the 25 trials before, the trial itself and the 24 after it; the elapsed time is
    from the first of these trial starts to the last. As in AllenSDK, any lick within 0.75 s of a
    change counts, including trials with a free reward and catch trials.

    Args:
        latencies: (n_trials,) s, from :func:`response_latencies`.
        start_times: (n_trials,) s.

    Returns:
        (n_trials,) rewards per minute; NaN for the first ten trials.
    """
    n_trials = len(start_times)
    rates = np.full(n_trials, np.nan)
    trials = np.arange(FIRST_TRIALS, n_trials)
    if not trials.size:
        return rates
    first = np.maximum(trials - TRIALS_AROUND, 0)
    stop = np.minimum(trials + TRIALS_AROUND, n_trials)
    answered = np.concatenate([[0], np.cumsum(latencies < LATEST_RESPONSE)])
    elapsed = start_times[stop - 1] - start_times[first]
    with np.errstate(divide="ignore", invalid="ignore"):
        rates[trials] = (answered[stop] - answered[first]) / elapsed * 60
    rates[np.isinf(rates)] = np.nan
    return rates
