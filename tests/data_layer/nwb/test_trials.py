"""The trials table, also where the file holds the licks of trials wrongly."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer.derived.trial_type import OUTCOMES, trial_outcome, trial_type
from tests.support.nwb_files import remove, replace, write_behavior
from tests.support.tiny_session import TinySession
from tests.support.tiny_task import Plan
from tests.support.writable import writable

COLUMNS = [
    *("start_time", "stop_time", "initial_image_name", "change_image_name", "is_change"),
    *("change_time", "go", "catch", "lick_times", "response_time", "response_latency"),
    *("reward_time", "reward_volume", "hit", "false_alarm", "miss", "correct_reject", "aborted"),
    *("auto_rewarded", "change_frame", "trial_length"),
]


def same_licks(table: object, truth: TinySession) -> None:
    for read, written in zip(table, truth.lick_times, strict=True):
        assert read.dtype == np.float64
        np.testing.assert_array_equal(read, written)


def test_every_column_is_what_was_written(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    trials = experiment.trials
    assert sorted(trials.columns) == sorted(COLUMNS)
    assert trials.index.name == "trials_id"
    assert trials.index.tolist() == list(range(len(truth.trials)))
    for name in truth.trials:
        np.testing.assert_array_equal(trials[name], truth.trials[name], err_msg=name)
        assert trials[name].dtype == truth.trials[name].dtype, name
    same_licks(trials["lick_times"], truth)


def test_columns_keep_the_order_of_the_file(
    experiment: BehaviorOphysExperiment, experiment_file: Path
) -> None:
    with h5py.File(experiment_file) as file:
        stored = file["intervals/trials"].attrs["colnames"].tolist()
    assert list(experiment.trials.columns) == stored


@pytest.mark.parametrize("licks_per_trial", [0, 1])
def test_lick_times_that_were_written_wrongly_are_rebuilt(
    tmp_path: Path, licks_per_trial: int
) -> None:
    """No lick at all is stored as one empty text; one lick a trial without the rows' ends."""
    choices = {"session_type": "TRAINING_3_images_A", "licks_per_trial": licks_per_trial}
    path = write_behavior(tmp_path, **choices)
    with h5py.File(path) as file:
        assert ("lick_times_index" in file["intervals/trials"]) == (licks_per_trial == 0)
    with BehaviorSession.from_nwb_path(path) as session:
        same_licks(session.trials["lick_times"], TinySession(Plan(**choices)))
        assert len(session.get_reward_rate()) == len(session.trials)


def test_lick_times_are_rebuilt_from_the_licks(
    experiment_file: Path, truth: TinySession, tmp_path: Path
) -> None:
    path = tmp_path / experiment_file.name
    path.write_bytes(experiment_file.read_bytes())
    remove(path, "intervals/trials/lick_times")
    remove(path, "intervals/trials/lick_times_index")
    with writable(path) as file:
        attributes = file["intervals/trials"].attrs
        attributes["colnames"] = [n for n in attributes["colnames"] if n != "lick_times"]
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        same_licks(session.trials["lick_times"], truth)


def test_missing_frames_of_the_first_release_are_minus_99(
    old_experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    assert old_experiment.trials["change_frame"].tolist() == truth.trials["change_frame"].tolist()
    assert old_experiment.trials["change_frame"].dtype == np.int64


def test_every_trial_has_one_outcome_and_one_type(experiment: BehaviorOphysExperiment) -> None:
    trials = experiment.trials
    assert (trials[list(OUTCOMES)].sum(axis=1) == 1).all()
    for trial, outcome, kind in zip(
        trials.itertuples(), trial_outcome(trials), trial_type(trials), strict=True
    ):
        assert getattr(trial, outcome)
        assert getattr(trial, kind)


def test_trial_ids_are_those_of_the_file(tmp_path: Path) -> None:
    path = write_behavior(tmp_path, n_trials=12)
    replace(path, "intervals/trials/id", np.arange(100, 112))
    with BehaviorSession.from_nwb_path(path) as session:
        assert session.trials.index.tolist() == list(range(100, 112))
