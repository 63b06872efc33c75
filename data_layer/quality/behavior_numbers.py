"""Performance numbers of one session."""

from __future__ import annotations

import math
from contextlib import suppress

from data_layer.derived.trial_type import OUTCOMES, trial_outcome
from data_layer.errors import StreamMissing
from data_layer.nwb.behavior_session import BehaviorSession

Numbers = dict[str, float | None]
NUMBERS = (
    "trial_count",
    *OUTCOMES,
    "earned_reward_count",
    "auto_reward_count",
    "reward_volume",
    "lick_count",
    "mean_dprime",
)
"""Everything that is counted."""


def behavior_numbers(session: BehaviorSession) -> Numbers:
    """Trials by outcome, rewards, reward volume (ml), licks, and AllenSDK's mean rolling d′.

    Numbers whose stream is not in the file are left out; ``mean_dprime`` is None if it is NaN.
    """
    numbers: Numbers = {}
    for count in (_trials, _rewards, _licks):
        with suppress(StreamMissing):
            numbers |= count(session)
    return numbers


def _trials(session: BehaviorSession) -> Numbers:
    outcomes = trial_outcome(session.trials)
    counts = {outcome: float((outcomes == outcome).sum()) for outcome in OUTCOMES}
    mean = session.get_performance_metrics()["mean_dprime"] if len(outcomes) else float("nan")
    return {"trial_count": float(len(outcomes)), **counts, "mean_dprime": _known(mean)}


def _rewards(session: BehaviorSession) -> Numbers:
    rewards = session.rewards
    free = int(rewards["auto_rewarded"].sum())
    return {
        "auto_reward_count": float(free),
        "earned_reward_count": float(len(rewards) - free),
        "reward_volume": float(rewards["volume"].sum()),
    }


def _licks(session: BehaviorSession) -> Numbers:
    return {"lick_count": float(len(session.licks))}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
