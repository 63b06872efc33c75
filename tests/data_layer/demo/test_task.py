"""The rules of the task hold whatever the mouse does."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_layer.demo.behavior.licking import FRAME_RATE, Licker
from data_layer.demo.behavior.task import RESPONSE_WINDOW, ChangeDetection, TaskLog, TaskRules

ENDED_BY_CHANGE = {"hit", "miss", "false_alarm", "correct_reject", "auto_rewarded"}
RULES = TaskRules(duration=240.0, omission_fraction=0.2)


def play(rules: TaskRules, skill: float, seed: int) -> TaskLog:
    licker = Licker(skill, rules.duration * FRAME_RATE)
    return ChangeDetection(rules, licker, np.random.default_rng(seed)).run()


logs = st.builds(play, st.just(RULES), st.floats(0, 1), st.integers(0, 2**32))
property_test = settings(max_examples=25, deadline=None)


@given(logs)
@property_test
def test_neither_a_change_nor_the_flash_before_it_is_omitted(log: TaskLog) -> None:
    onsets = {flash.start: i for i, flash in enumerate(log.flashes)}
    changes = [onsets[trial.change] for trial in log.trials if trial.change is not None]
    omitted = {i for i, flash in enumerate(log.flashes) if flash.omitted}
    assert not omitted & {place for change in changes for place in (change, change - 1)}
    assert not omitted & {place + 1 for place in omitted}


def test_the_wanted_share_of_flashes_is_omitted() -> None:
    flashes = play(replace(RULES, duration=7200, omission_fraction=0.05), 0.9, 1).flashes
    assert 0.035 < np.mean([flash.omitted for flash in flashes]) <= 0.05


@given(logs)
@property_test
def test_images_change_on_go_trials_only(log: TaskLog) -> None:
    images = {flash.start: flash.image for flash in log.flashes}
    starts = sorted(images)
    changed = {b for a, b in itertools.pairwise(starts) if images[a] != images[b]}
    due = {t.change for t in log.trials if t.outcome in {"hit", "miss", "auto_rewarded"}}
    assert changed == due
    for trial in log.trials:
        assert images[trial.start] == trial.initial_image
        assert (trial.change_image != trial.initial_image) == (trial.change in due)


@given(logs)
@property_test
def test_flashes_last_a_quarter_of_a_second_and_come_every_three_quarters(log: TaskLog) -> None:
    starts = np.array([flash.start for flash in log.flashes])
    lengths = np.array([flash.end for flash in log.flashes]) - starts
    assert set(lengths) <= {14, 15, 16}
    assert np.median(np.diff(starts)) / FRAME_RATE == pytest.approx(0.75, abs=0.001)
    assert np.diff(starts).min() >= 45


@given(logs)
@property_test
def test_trials_follow_each_other_and_change_after_the_earliest_time(log: TaskLog) -> None:
    assert all(a.stop <= b.start for a, b in zip(log.trials, log.trials[1:], strict=False))
    for trial in log.trials:
        assert (trial.change is None) == (trial.outcome not in ENDED_BY_CHANGE)
        if trial.change is not None:
            assert 2.25 < (trial.change - trial.start) / FRAME_RATE < 8.6
            assert 4.2 < (trial.stop - trial.change) / FRAME_RATE < 4.4


@given(logs)
@property_test
def test_licks_decide_the_outcome(log: TaskLog) -> None:
    licks = np.array(log.licks)
    for trial in log.trials:
        own = licks[(licks >= trial.start) & (licks <= trial.stop)]
        if trial.outcome == "aborted":
            assert own.size
            continue
        assert trial.change is not None
        latencies = (own - trial.change) / FRAME_RATE
        assert not (latencies < 0).any()
        answered = ((latencies >= RESPONSE_WINDOW[0]) & (latencies <= RESPONSE_WINDOW[1])).any()
        if trial.outcome != "auto_rewarded":
            assert answered == (trial.outcome in {"hit", "false_alarm"})


@given(logs)
@property_test
def test_rewards_are_given_for_hits_and_free_ones_first(log: TaskLog) -> None:
    outcomes = [t.outcome for t in log.trials if t.outcome != "aborted"]
    assert set(outcomes[:5]) <= {"auto_rewarded"}
    assert len(log.rewards) == sum(o in {"hit", "auto_rewarded"} for o in outcomes)
    assert sum(free for _, _, free in log.rewards) == outcomes.count("auto_rewarded")
    assert log.licks == sorted(log.licks)


def test_change_times_are_drawn_from_a_geometric_distribution() -> None:
    log = play(replace(RULES, duration=40_000.0, passive=True), 0.0, 7)
    waits = np.array([(t.change - t.start) // 45 for t in log.trials if t.change is not None])
    counts = np.bincount(waits)[4:8]
    assert counts[1:] / counts[:-1] == pytest.approx([0.7] * 3, abs=0.12)


def test_the_mouse_learns_what_to_do() -> None:
    def hits(skill: float) -> float:
        outcomes = [t.outcome for t in play(replace(RULES, duration=3600), skill, 3).trials]
        return outcomes.count("hit") / (outcomes.count("hit") + outcomes.count("miss"))

    assert hits(0.1) < hits(0.5) < hits(0.95)
