"""Makes the trials table of a session, with the columns of the release."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo.behavior.presentations import NULL
from data_layer.demo.behavior.task import TaskLog
from data_layer.demo.image_sets import ImageSet
from data_layer.derived.trial_of_moment import trial_of_moment

OUTCOMES = ("hit", "false_alarm", "miss", "correct_reject", "aborted", "auto_rewarded")


def trials_table(
    log: TaskLog,
    images: ImageSet,
    *,
    first_frame: int,
    movie_frame: int,
    times: NDArray[np.float64],
    monitor_delay: float,
) -> pd.DataFrame:
    """One row per trial, times in s; ``lick_times`` has arrays.

    Licks belong to the latest trial that has started (a lick on its first frame to the one
    before); those of the last trial end at ``movie_frame``. Only ``change_time`` includes the
    display delay.
    """
    names = np.array(images.image_names, dtype=object)
    outcome = np.array([trial.outcome for trial in log.trials])
    start = np.array([first_frame + trial.start for trial in log.trials])
    stop = np.array([first_frame + trial.stop for trial in log.trials])
    change = np.array(
        [first_frame + t.change if t.change is not None else NULL for t in log.trials]
    )
    has_change = change != NULL
    table = pd.DataFrame(
        {
            "start_time": times[start],
            "stop_time": times[stop],
            "initial_image_name": names[[trial.initial_image for trial in log.trials]],
            "change_image_name": names[[trial.change_image for trial in log.trials]],
            "is_change": np.isin(outcome, ["hit", "miss", "auto_rewarded"]),
            "change_time": np.where(has_change, times[change] + monitor_delay, np.nan),
            "go": np.isin(outcome, ["hit", "miss"]),
            "catch": np.isin(outcome, ["false_alarm", "correct_reject"]),
            "lick_times": _lick_times(log, start, first_frame, movie_frame, times),
        }
    )
    _add_response(table, outcome == "aborted")
    _add_reward(table, log, first_frame, times)
    for name in OUTCOMES:
        table[name] = outcome == name
    table["change_frame"] = change
    table["trial_length"] = table["stop_time"] - table["start_time"]
    return table


def _lick_times(
    log: TaskLog,
    starts: NDArray[np.integer],
    first_frame: int,
    movie_frame: int,
    times: NDArray[np.float64],
) -> list[NDArray[np.float64]]:
    licks = np.array(log.licks, dtype=int) + first_frame
    bounds = np.searchsorted(licks, np.append(starts, movie_frame), side="right")
    return [times[licks[a:b]] for a, b in pairwise(bounds)]


def _add_response(table: pd.DataFrame, aborted: NDArray[np.bool_]) -> None:
    first = np.array([licks[0] if len(licks) else np.nan for licks in table["lick_times"]])
    table["response_time"] = np.where(aborted, np.nan, first)
    latency = np.where(np.isnan(first), np.inf, first - table["change_time"])
    table["response_latency"] = np.where(aborted, np.nan, latency)


def _add_reward(
    table: pd.DataFrame, log: TaskLog, first_frame: int, times: NDArray[np.float64]
) -> None:
    reward_time = np.full(len(table), np.nan)
    volume = np.zeros(len(table))
    frames = np.array([frame for frame, _, _ in log.rewards], dtype=np.int64)
    when = times[first_frame + frames]
    trial = trial_of_moment(when, table["start_time"], np.inf)
    reward_time[trial] = when
    volume[trial] = [reward_volume for _, reward_volume, _ in log.rewards]
    table["reward_time"], table["reward_volume"] = reward_time, volume
