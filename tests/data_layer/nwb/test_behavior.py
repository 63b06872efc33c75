"""Licks, rewards, running and the stimulus clock are what was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession
from tests.support.nwb_files import replace, write_behavior
from tests.support.tiny_session import TinySession


def test_licks(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    licks = experiment.licks
    assert list(licks.columns) == ["timestamps", "frame"]
    assert licks["frame"].tolist() == truth.log.licks
    assert licks["timestamps"].tolist() == truth.timestamps[truth.log.licks].tolist()


def test_rewards(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    rewards = experiment.rewards
    frames, volumes, auto_rewarded = map(list, zip(*truth.log.rewards, strict=True))
    assert list(rewards.columns) == ["volume", "timestamps", "auto_rewarded"]
    assert rewards["volume"].tolist() == volumes
    assert rewards["auto_rewarded"].tolist() == auto_rewarded
    assert rewards["timestamps"].tolist() == truth.timestamps[frames].tolist()


def test_a_passive_session_has_empty_tables_with_their_columns(tmp_path: Path) -> None:
    path = write_behavior(tmp_path, session_type="OPHYS_2_images_A_passive")
    with BehaviorSession.from_nwb_path(path) as session:
        assert session.licks.empty
        assert list(session.licks.columns) == ["timestamps", "frame"]
        assert session.rewards.empty
        assert list(session.rewards.columns) == ["volume", "timestamps", "auto_rewarded"]
        assert not session.rewards["auto_rewarded"].any()
        assert not session.has("licks")
        assert not session.has("rewards")


def test_running(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    filtered, raw = truth.running
    for table, speed in ((experiment.running_speed, filtered), (experiment.raw_running_speed, raw)):
        assert list(table.columns) == ["timestamps", "speed"]
        np.testing.assert_array_equal(table["timestamps"], truth.timestamps)
        np.testing.assert_array_equal(table["speed"], speed)


@pytest.mark.parametrize(("mean", "sign"), [(-5.0, -1), (-0.5, 1)])
def test_a_wheel_wired_backwards_is_turned_round(tmp_path: Path, mean: float, sign: int) -> None:
    path = write_behavior(tmp_path)
    with BehaviorSession.from_nwb_path(path) as session:
        n_frames = len(session.stimulus_timestamps)
    speed = mean + np.sin(np.arange(n_frames))
    speed[0] = np.nan
    replace(path, "processing/running/speed/data", speed)
    with BehaviorSession.from_nwb_path(path) as session:
        np.testing.assert_array_equal(session.running_speed["speed"], sign * speed)


def test_stimulus_timestamps(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    np.testing.assert_array_equal(experiment.stimulus_timestamps, truth.timestamps)
    assert experiment.stimulus_timestamps.dtype == np.float64
