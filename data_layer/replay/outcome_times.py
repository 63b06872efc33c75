"""When the outcome of each trial becomes known."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.trial_type import trial_outcome

Floats = NDArray[np.float64]
WAITED_OUT = ("miss", "correct_reject")


def outcome_times(trials: pd.DataFrame, response_window_stop: float) -> Floats:
    """The time (s) from which the outcome of each trial is known (n_trials,).

    A hit, a false alarm and an aborted trial are known at the lick that made them; a miss and a
    correct reject when the response window is over; a free reward when it is given. Where the table
    lacks that time, the end of the trial is taken.

    Args:
        trials: AllenSDK's trials.
        response_window_stop: s after the change.
    """
    outcomes = trial_outcome(trials)
    known = trials["response_time"].to_numpy(np.float64).copy()
    waited = np.isin(outcomes, WAITED_OUT)
    change = trials["change_time"].to_numpy(np.float64)
    known[waited] = change[waited] + response_window_stop
    for outcome, times in (("auto_rewarded", _rewards(trials)), ("aborted", _last_licks(trials))):
        known[outcomes == outcome] = times[outcomes == outcome]
    stops = trials["stop_time"].to_numpy(np.float64)
    return np.where(np.isfinite(known), np.minimum(known, stops), stops)


def _rewards(trials: pd.DataFrame) -> Floats:
    return trials["reward_time"].to_numpy(np.float64)


def _last_licks(trials: pd.DataFrame) -> Floats:
    """The last lick of each trial, which is what ends an aborted one; NaN where there is none."""
    return np.array([licks[-1] if len(licks) else np.nan for licks in trials["lick_times"]], float)
