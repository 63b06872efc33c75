"""Rolling hit rate, false-alarm rate and d′ over the non-aborted trials."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from data_layer.derived.reward_rate import response_latencies, reward_rate

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WINDOW = 100
RATE_LIMITS = (1 / WINDOW, 1 - 1 / WINDOW)


class RollingRate(NamedTuple):
    """A rate over the last 100 trials, raw and corrected for small numbers of trials."""

    raw: Floats
    corrected: Floats


def rolling_rate(yes: Bools, no: Bools) -> RollingRate:
    """Share of ``yes`` among ``yes`` and ``no`` in the last 100 rows, each row included.

    Args:
        yes: (n,) which rows are hits, or false alarms.
        no: (n,) which rows are misses, or correct rejects.

    Returns:
        raw and corrected (n,): the corrected rate is at least half a trial away from 0 and 1;
        both are NaN before the first row that is ``yes`` or ``no``.
    """
    responses = pd.Series(np.where(yes, 1.0, np.where(no, 0.0, np.nan)))
    window = responses.rolling(WINDOW, min_periods=0)
    raw = window.mean().to_numpy()
    counts = window.count().to_numpy()
    with np.errstate(divide="ignore"):
        half_trial = 1 / (2 * counts)
    corrected = np.minimum(np.maximum(raw, half_trial), 1 - half_trial)
    return RollingRate(raw, np.where(counts > 0, corrected, np.nan))


def dprime(hit_rates: Floats, false_alarm_rates: Floats) -> Floats:
    """d′ of two rates, each clipped to 0.01 to 0.99, so that it never exceeds 4.65."""
    hits, false_alarms = (np.clip(r, *RATE_LIMITS) for r in (hit_rates, false_alarm_rates))
    return np.asarray(ndtri(hits) - ndtri(false_alarms))


def is_without_task(trials: pd.DataFrame) -> bool:
    """Whether no trial has a reward or a lick, as in passive sessions."""
    no_reward = bool((trials["reward_volume"] == 0).all())
    return no_reward and all(len(times) == 0 for times in trials["lick_times"])


def rolling_performance(trials: pd.DataFrame, response_window_start: float) -> pd.DataFrame:
    """The rolling performance of the mouse, trial by trial.

    Args:
        trials: the session's trials table.
        response_window_start: s after the change, ``task_parameters["response_window_sec"][0]``.

    Returns:
        One row per trial (index of ``trials``): reward_rate (per minute) for every trial;
        hit_rate_raw, hit_rate, false_alarm_rate_raw, false_alarm_rate and rolling_dprime for
        the trials that were not aborted, NaN for the others. d′ is 0 in sessions without a task.
    """
    table = pd.DataFrame(index=trials.index)
    latencies = response_latencies(
        list(trials["lick_times"]), trials["change_time"].to_numpy(float), response_window_start
    )
    table["reward_rate"] = reward_rate(latencies, trials["start_time"].to_numpy(float))
    was_done = ~trials["aborted"].to_numpy(bool)
    done = trials[was_done]
    hits = rolling_rate(done["hit"].to_numpy(bool), done["miss"].to_numpy(bool))
    false_alarms = rolling_rate(
        done["false_alarm"].to_numpy(bool), done["correct_reject"].to_numpy(bool)
    )
    sensitivity = dprime(hits.corrected, false_alarms.corrected)
    columns = {
        "hit_rate_raw": hits.raw,
        "hit_rate": hits.corrected,
        "false_alarm_rate_raw": false_alarms.raw,
        "false_alarm_rate": false_alarms.corrected,
        "rolling_dprime": np.zeros(len(done)) if is_without_task(trials) else sensitivity,
    }
    for name, values in columns.items():
        of_all = np.full(len(trials), np.nan)
        of_all[was_done] = values
        table[name] = of_all
    return table
