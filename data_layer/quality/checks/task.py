"""Checks of the task: whether licks, rewards and trials agree, and the mouse's performance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.trial_of_moment import trial_of_moment
from data_layer.quality.checks.check import Check, judged, not_applicable
from data_layer.quality.checks.thresholds import MIN_TRIALS, RESPONSE_TOLERANCE

Floats = NDArray[np.floating]


def lick_count(lick_times: Floats) -> Check:
    """The number of licks."""
    return judged("lick_count", float(len(lick_times)))


def reward_after_lick(
    trials: pd.DataFrame, rewards: pd.DataFrame, lick_times: Floats, response: Sequence[float]
) -> Check:
    """Share of earned rewards without a lick in the ``response`` window (s after the change)."""
    times = rewards.loc[~rewards["auto_rewarded"].to_numpy(bool), "timestamps"].to_numpy(float)
    if not len(times) or not len(trials):
        return not_applicable("reward_after_lick", "No reward was earned in this session.")
    trial = _trial_of(times, trials)
    changes = np.where(trial >= 0, trials["change_time"].to_numpy(float)[trial], np.nan)
    first = changes + response[0] - RESPONSE_TOLERANCE
    last = np.minimum(changes + response[1], times) + RESPONSE_TOLERANCE
    licks = np.sort(lick_times)
    counts = np.searchsorted(licks, last, "right") - np.searchsorted(licks, first, "left")
    without = ~(np.isfinite(changes) & (counts > 0))
    at = float(times[int(np.argmax(without))]) if without.any() else None
    return judged("reward_after_lick", 100 * float(without.mean()), at)


def hits_rewarded(trials: pd.DataFrame, rewards: pd.DataFrame) -> Check:
    """Share of hits without a reward before the next trial."""
    hits = np.flatnonzero(trials["hit"].to_numpy(bool))
    if not len(hits):
        return not_applicable("hits_rewarded", "The session has no hit.")
    rewarded = _trial_of(rewards["timestamps"].to_numpy(float), trials)
    without = ~np.isin(hits, rewarded)
    changes = trials["change_time"].to_numpy(float)[hits]
    at = float(changes[int(np.argmax(without))]) if without.any() else None
    return judged("hits_rewarded", 100 * float(without.mean()), at)


def rewards_per_trial(trials: pd.DataFrame, rewards: pd.DataFrame) -> Check:
    """The maximum number of rewards in one trial."""
    times = rewards["timestamps"].to_numpy(float)
    trial = _trial_of(times, trials)
    inside = trial[trial >= 0]
    if not len(inside):
        return not_applicable("rewards_per_trial", "The session has no reward.")
    counts = np.bincount(inside)
    most = int(np.argmax(counts))
    at = float(times[trial == most][0]) if counts[most] > 1 else None
    return judged("rewards_per_trial", float(counts[most]), at)


def trial_overlap(trials: pd.DataFrame) -> Check:
    """Number of trials that start before the previous trial has ended."""
    starts, stops = (trials[n].to_numpy(float) for n in ("start_time", "stop_time"))
    wrong = np.flatnonzero(starts[1:] < stops[:-1])
    at = float(starts[wrong[0] + 1]) if len(wrong) else None
    return judged("trial_overlap", float(len(wrong)) if len(starts) else None, at)


def catch_fraction(trials: pd.DataFrame) -> Check:
    """Share of catch trials among go and catch trials."""
    go, catch = int(trials["go"].sum()), int(trials["catch"].sum())
    if go + catch < MIN_TRIALS:
        why = f"The session has {go + catch} go and catch trials, too few to tell."
        return not_applicable("catch_fraction", why)
    return judged("catch_fraction", 100 * catch / (go + catch))


def aborted_fraction(trials: pd.DataFrame) -> Check:
    """Share of trials that were aborted."""
    share = 100 * float(trials["aborted"].to_numpy(bool).mean()) if len(trials) else None
    return judged("aborted_fraction", share)


def engaged_time(starts: Floats, stops: Floats, trials: pd.DataFrame) -> Check:
    """Share of the task's time in engaged periods, given by ``starts`` and ``stops`` (n,) s."""
    if not len(trials):
        return judged("engaged_time", None)
    length = float(trials["stop_time"].max() - trials["start_time"].min())
    return judged("engaged_time", 100 * float((stops - starts).sum()) / length)


def mean_dprime(metrics: Mapping[str, float]) -> Check:
    """The mean d′ of the session's performance metrics."""
    return judged("dprime", float(metrics["mean_dprime"]))


def _trial_of(times: Floats, trials: pd.DataFrame) -> NDArray[np.int64]:
    """The index of the trial of each time; -1 outside the trials."""
    return trial_of_moment(times, trials["start_time"], trials["stop_time"].max())
