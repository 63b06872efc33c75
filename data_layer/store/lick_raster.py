"""The lick raster: trials as rows, licks and rewards in seconds from the change of the trial."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.aligned import events_around
from data_layer.derived.trial_type import OUTCOMES, trial_outcome
from data_layer.values.slices import RasterSlice

RASTER_SPAN = (-1.0, 5.0)  # s around change_time


def change_trials(trials: pd.DataFrame) -> pd.DataFrame:
    """The trials with a (sham) change, sorted by time, with their ``outcome``.

    Aborted trials have no change.
    """
    changed = trials[trials["change_time"].notna()].sort_values("change_time", kind="stable")
    return changed.assign(outcome=trial_outcome(changed))


def _by_latency(trials: pd.DataFrame) -> NDArray[np.intp]:
    latency = trials["response_latency"].to_numpy(dtype=np.float64)
    return np.argsort(np.where(np.isnan(latency), np.inf, latency), kind="stable")


def _by_outcome(trials: pd.DataFrame) -> NDArray[np.intp]:
    index_of = {outcome: i for i, outcome in enumerate(OUTCOMES)}
    keys = [index_of.get(outcome, len(OUTCOMES)) for outcome in trials["outcome"]]
    return np.argsort(np.asarray(keys, dtype=np.int64), kind="stable")


def _by_time(trials: pd.DataFrame) -> NDArray[np.intp]:
    return np.arange(len(trials))


ORDERS: dict[str, Callable[[pd.DataFrame], NDArray[np.intp]]] = {
    "time": _by_time,
    "response_latency": _by_latency,
    "outcome": _by_outcome,
}


def lick_raster(
    trials: pd.DataFrame,
    licks: pd.DataFrame,
    rewards: pd.DataFrame,
    outcomes: Collection[str] = OUTCOMES,
    order: str = "time",
) -> RasterSlice:
    """Align every lick and reward of the session to the changes.

    Args:
        trials: the session's trials.
        licks: the session's licks (``timestamps``, s).
        rewards: the session's rewards (``timestamps``, s; ``auto_rewarded``).
        outcomes: which trials to keep.
        order: a key of ``ORDERS``: rows by time, by response latency (trials without a response
            last) or grouped by outcome.

    Returns:
        The raster. A row has all licks and rewards within ``RASTER_SPAN`` of its change, including
        those of neighbouring trials.
    """
    changed = change_trials(trials)
    kept = changed[changed["outcome"].isin(list(outcomes))]
    kept = kept.iloc[ORDERS[order](kept)]
    before, after = -RASTER_SPAN[0], RASTER_SPAN[1]
    changes = kept["change_time"].to_numpy(dtype=np.float64)
    lick_times = np.sort(licks["timestamps"].to_numpy(dtype=np.float64))
    lick_rows, lick_indices = events_around(lick_times, changes, before, after)
    rewards = rewards.sort_values("timestamps")
    reward_times = rewards["timestamps"].to_numpy(dtype=np.float64)
    reward_rows, reward_indices = events_around(reward_times, changes, before, after)
    return RasterSlice(
        trials=kept,
        span=RASTER_SPAN,
        lick_rows=lick_rows,
        lick_times=lick_times[lick_indices] - changes[lick_rows],
        reward_rows=reward_rows,
        reward_times=reward_times[reward_indices] - changes[reward_rows],
        is_auto_reward=rewards["auto_rewarded"].to_numpy(dtype=bool)[reward_indices],
    )
