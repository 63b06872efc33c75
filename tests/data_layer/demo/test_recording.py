"""A simulated recording is consistent in itself, and like a real one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data_layer.demo.behavior.running import low_pass
from data_layer.demo.behavior.task import TaskLog, Trial
from data_layer.demo.behavior.trials import OUTCOMES, trials_table
from data_layer.demo.image_sets import IMAGE_SETS
from data_layer.demo.recording import Recording, simulate_recording
from tests.data_layer.demo.conftest import FAULTY, IMAGING, PASSIVE, TRAINING


def test_every_trial_has_exactly_one_outcome(recording: Recording) -> None:
    trials = recording.trials
    assert (trials[list(OUTCOMES)].sum(axis=1) == 1).all()
    assert ((trials["go"]) == (trials["hit"] | trials["miss"])).all()
    assert ((trials["catch"]) == (trials["false_alarm"] | trials["correct_reject"])).all()


def test_licks_belong_to_the_trial_that_began_last(recording: Recording) -> None:
    trials, licks = recording.trials, recording.licks["timestamps"]
    ends = [*trials["start_time"].iloc[1:], np.inf]
    for start, end, times in zip(trials["start_time"], ends, trials["lick_times"], strict=True):
        assert list(times) == [lick for lick in licks if start < lick <= end]


def test_a_lick_on_a_trial_s_first_frame_belongs_to_the_trial_before() -> None:
    trials = [Trial(0, 10, "aborted", 0, 0), Trial(20, 30, "aborted", 0, 0)]
    log = TaskLog(trials=trials, licks=[5, 20, 21, 99, 100])
    times = np.arange(200.0)
    table = trials_table(
        log,
        IMAGE_SETS["images_A"],
        first_frame=3,
        movie_frame=103,
        times=times,
        monitor_delay=0.02,
    )
    assert [list(licks) for licks in table["lick_times"]] == [[8, 23], [24, 102, 103]]


def test_only_changes_carry_the_delay_of_the_monitor(recording: Recording) -> None:
    times, delay = recording.stimulus_timestamps, IMAGING.monitor_delay
    changes = recording.trials[recording.trials["change_frame"] >= 0]
    assert changes["change_time"].to_numpy() == pytest.approx(
        times[changes["change_frame"]] + delay
    )
    flashes = recording.stimulus_presentations
    flashes = flashes[flashes["active"]]
    assert flashes["start_time"].to_numpy() == pytest.approx(times[flashes["start_frame"]] + delay)
    assert np.isin(recording.trials["start_time"], times).all()
    assert np.isin(recording.licks["timestamps"], times).all()


def test_presentations_of_changes_are_those_of_the_trials(recording: Recording) -> None:
    flashes, trials = recording.stimulus_presentations, recording.trials
    changes = set(flashes.loc[flashes["is_change"] == 1, "start_frame"])
    assert changes == set(trials.loc[trials["is_change"], "change_frame"])
    shams = set(flashes.loc[flashes["is_sham_change"], "start_frame"])
    assert shams == set(trials.loc[trials["catch"], "change_frame"])


def test_blocks_follow_each_other_without_a_gap(recording: Recording) -> None:
    shown = recording.stimulus_presentations
    blocks = shown.groupby("stimulus_block").agg(
        name=("stimulus_block_name", "first"),
        start=("start_time", "min"),
        stop=("stop_time", "max"),
    )
    assert list(blocks["name"]) == [
        "initial_gray_screen_5min",
        "change_detection_behavior",
        "post_behavior_gray_screen_5min",
        "natural_movie_one",
    ]
    assert blocks["start"].to_numpy()[1:] == pytest.approx(blocks["stop"].to_numpy()[:-1])
    assert (shown["stimulus_name"] == "natural_movie_one").sum() == 900


def test_responses_take_as_long_as_a_mouse_does() -> None:
    plan = replace(IMAGING, schedule=replace(IMAGING.schedule, task=2400))
    trials = simulate_recording(plan).trials
    latencies = trials.loc[trials["hit"], "response_latency"]
    assert 0.3 < latencies.median() < 0.5
    assert latencies.between(0.15, 0.75).all()


def test_the_mouse_slows_down_for_its_reward(recording: Recording) -> None:
    speed = pd.Series(recording.running.speed, index=recording.stimulus_timestamps)
    rewards = recording.rewards["timestamps"]
    before = np.mean([speed[t - 2 : t - 1].mean() for t in rewards])
    after = np.mean([speed[t + 0.5 : t + 1.5].mean() for t in rewards])
    assert after < before / 2


def test_the_encoder_measures_the_raw_speed(recording: Recording) -> None:
    running, times = recording.running, recording.stimulus_timestamps
    assert np.isnan(running.speed_unfiltered[0])
    assert not np.isnan(running.speed).any()
    assert running.speed == pytest.approx(low_pass(running.speed_unfiltered, times))
    turn = np.unwrap(running.v_sig, period=running.v_in.max())
    travelled = np.nansum(running.speed_unfiltered[1:] * np.diff(times))
    assert travelled == pytest.approx((turn[-1] - turn[0]) / running.v_in.max() * 34.57, rel=0.01)


def test_the_pupil_follows_running_and_blinks_are_masked(recording: Recording) -> None:
    eye = recording.eye_tracking
    assert eye is not None
    blinks = eye["likely_blink"]
    assert 0.001 < blinks.mean() < 0.1
    for part in ("eye", "pupil", "cr"):
        assert eye.loc[blinks, f"{part}_area"].isna().all()
        assert eye.loc[~blinks, f"{part}_area"].equals(eye.loc[~blinks, f"{part}_area_raw"])
    times, running = recording.stimulus_timestamps, recording.running.speed
    speed = pd.Series(np.interp(eye["timestamps"], times, running))
    assert eye["pupil_area"].corr(speed.rolling(60, min_periods=1).mean()) > 0.5


def test_a_passive_session_has_neither_licks_nor_rewards() -> None:
    recording = simulate_recording(PASSIVE)
    assert recording.licks.empty
    assert recording.rewards.empty
    assert (recording.trials["miss"] | recording.trials["correct_reject"]).all()
    assert set(recording.stimulus_presentations["stimulus_block_name"]) >= {
        "change_detection_passive"
    }


def test_early_training_shows_gratings_that_stay_on() -> None:
    recording = simulate_recording(TRAINING)
    shown = recording.stimulus_presentations
    assert shown["stop_time"].to_numpy()[:-1] == pytest.approx(shown["start_time"].to_numpy()[1:])
    assert (shown["image_name"] == "gratings_" + shown["orientation"].astype(str)).all()
    assert (shown["orientation"].diff().dropna() % 180 == 90).all()
    assert np.isnan(recording.task_parameters["stimulus_duration_sec"])
    assert recording.eye_tracking is None


def test_a_faulty_encoder_leaps_when_planned() -> None:
    recording = simulate_recording(FAULTY)
    since = recording.stimulus_timestamps - recording.stimulus_timestamps[0]
    leaps = np.abs(recording.running.speed_unfiltered) > 100
    assert leaps.sum() > 10
    assert since[leaps].min() >= 150
    assert since[leaps].max() < 170.1


def test_the_same_session_is_simulated_in_the_same_way(recording: Recording) -> None:
    simulate_recording(TRAINING)  # what comes before does not matter
    again = simulate_recording(IMAGING)
    assert again.running.v_sig.tobytes() == recording.running.v_sig.tobytes()
    pd.testing.assert_frame_equal(again.trials, recording.trials)
    pd.testing.assert_frame_equal(again.stimulus_presentations, recording.stimulus_presentations)
