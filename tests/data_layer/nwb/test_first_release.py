"""A file in the layout of 2021 gives what the same session gives in the layout of 2023."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment
from tests.support.nwb_files import OLD_TIMES_EARLIER

SAME = [
    *("licks", "rewards", "running_speed", "raw_running_speed", "trials", "eye_tracking"),
    *("motion_correction", "dff_traces", "events", "cell_specimen_table"),
]


def test_generation(
    experiment: BehaviorOphysExperiment, old_experiment: BehaviorOphysExperiment
) -> None:
    assert experiment.generation == "2023"
    assert old_experiment.generation == "2021"


@pytest.mark.parametrize("name", SAME)
def test_tables_are_the_same(
    experiment: BehaviorOphysExperiment, old_experiment: BehaviorOphysExperiment, name: str
) -> None:
    pd.testing.assert_frame_equal(getattr(experiment, name), getattr(old_experiment, name))


def test_what_the_first_release_does_not_have(old_experiment: BehaviorOphysExperiment) -> None:
    assert old_experiment.demixed_traces is None
    assert old_experiment.neuropil_traces is None
    columns = list(old_experiment.corrected_fluorescence_traces.columns)
    assert columns == ["cell_roi_id", "corrected_fluorescence"]
    assert old_experiment.metadata["project_code"] == "Not Available"
    assert old_experiment.metadata["targeted_imaging_depth"] is None
    assert old_experiment.task_parameters["stimulus_name"] is None


def test_what_allensdk_overlooks_in_the_first_release(
    experiment: BehaviorOphysExperiment, old_experiment: BehaviorOphysExperiment
) -> None:
    for key in ("ophys_container_id", "imaging_depth"):
        assert old_experiment.metadata[key] == experiment.metadata[key]


def test_presentations_are_the_task_alone(
    experiment: BehaviorOphysExperiment, old_experiment: BehaviorOphysExperiment
) -> None:
    old, new = old_experiment.stimulus_presentations, experiment.stimulus_presentations
    task = new[new["stimulus_block_name"].str.contains("change_detection")]
    assert len(old) == len(task)
    for name in ("image_name", "image_index", "is_change", "active", "trials_id"):
        assert old[name].tolist() == task[name].tolist(), name
    assert old["omitted"].dtype == bool
    assert old["omitted"].tolist() == task["omitted"].tolist()
    assert not {"image_set", "index", "is_sham_change"} & set(old.columns)


def test_presentation_times_are_as_stored_and_the_lag_is_told(
    experiment: BehaviorOphysExperiment, old_experiment: BehaviorOphysExperiment
) -> None:
    old, new = old_experiment.stimulus_presentations, experiment.stimulus_presentations
    shown = new.loc[new["active"], "start_time"].to_numpy()
    np.testing.assert_array_equal(old["start_time"], shown - OLD_TIMES_EARLIER)
    assert old_experiment.presentation_lag == pytest.approx(OLD_TIMES_EARLIER, abs=1e-9)


def test_performance_is_the_same(
    experiment: BehaviorOphysExperiment, old_experiment: BehaviorOphysExperiment
) -> None:
    assert experiment.get_performance_metrics() == old_experiment.get_performance_metrics()
