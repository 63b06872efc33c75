"""The real behaviour of the reference experiment, averaged around events, is plausible."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer.around_events.splits import split_events
from data_layer.around_events.times import event_times
from data_layer.around_events.triggered_signals import LICK_RATE, triggered
from data_layer.derived.event_alignment import mean_of_known
from tests.support.recordings import opened


@pytest.mark.reference
def test_licks_follow_changes_in_hits_and_rewards_follow_licks(reference_experiment: Path) -> None:
    with opened(reference_experiment) as store:
        changes = event_times(store, "change").times
        split = split_events(store, "outcome", changes)
        rate = triggered(store, LICK_RATE, None, changes, (-1.0, 2.0))
        at, groups = rate.offsets, split.groups[rate.kept]
        hit, miss = (
            rate.values[groups == split.labels.index(name), 0].mean(axis=0)
            for name in ("hit", "miss")
        )
        assert hit[(at > -0.6) & (at < -0.1)].max() < 0.1
        assert 0.3 < at[hit.argmax()] < 1.0
        assert hit.max() > 5
        assert miss[(at > 0.15) & (at < 0.75)].max() < 0.5
        rewards = event_times(store, "reward").times
        around = triggered(store, LICK_RATE, None, rewards, (-2.0, 3.0))
        licking = around.values[:, 0].mean(axis=0)
        before, after = around.offsets < -0.3, around.offsets > 0
        assert licking[after].mean() > 5 * licking[before].mean()


@pytest.mark.reference
def test_the_mouse_slows_down_when_it_drinks(reference_experiment: Path) -> None:
    """It hardly runs: a twentieth of the time faster than 2 cm/s."""
    with opened(reference_experiment) as store:
        rewards = event_times(store, "reward").times
        speed = triggered(store, "running_speed", None, rewards, (-2.0, 3.0))
        mean = mean_of_known(speed.values[:, 0], axis=0)  # a few monitor frames were dropped
        at = speed.offsets
        assert mean[np.abs(at - 0.5) < 0.05].mean() < mean[np.abs(at) < 0.05].mean()
        assert np.isfinite(mean).all()
