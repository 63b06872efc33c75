"""The names that AllenSDK 2.16.2 lists for a session, and its older ways to ask for the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession

BEHAVIOR = [
    "behavior_session_id",
    "eye_tracking",
    "eye_tracking_rig_geometry",
    "get_performance_metrics",
    "get_reward_rate",
    "get_rolling_performance_df",
    "licks",
    "metadata",
    "raw_running_speed",
    "rewards",
    "running_speed",
    "stimulus_presentations",
    "stimulus_templates",
    "stimulus_timestamps",
    "task_parameters",
    "trials",
]
IMAGING = [
    "average_projection",
    "cell_specimen_table",
    "corrected_fluorescence_traces",
    "demixed_traces",
    "dff_traces",
    "events",
    "get_cell_specimen_ids",
    "get_cell_specimen_indices",
    "get_dff_traces",
    "get_segmentation_mask_image",
    "max_projection",
    "motion_correction",
    "neuropil_traces",
    "ophys_experiment_id",
    "ophys_session_id",
    "ophys_timestamps",
    "roi_masks",
    "segmentation_mask_image",
]


def test_both_kinds_of_session_list_the_names_that_allensdk_lists(small_experiment: Path) -> None:
    with BehaviorSession.from_nwb_path(small_experiment) as session:
        assert session.list_data_attributes_and_methods() == BEHAVIOR
    with BehaviorOphysExperiment.from_nwb_path(small_experiment) as experiment:
        assert experiment.list_data_attributes_and_methods() == sorted(BEHAVIOR + IMAGING)


def test_every_name_answers(small_experiment: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(small_experiment) as experiment:
        for name in experiment.list_data_attributes_and_methods():
            value = getattr(experiment, name)
            if callable(value) and name != "get_cell_specimen_indices":
                value()


def test_the_older_names_give_what_the_attributes_give(small_experiment: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(small_experiment) as experiment:
        ids = experiment.get_cell_specimen_ids()
        assert list(ids) == list(experiment.cell_specimen_table.index)
        assert experiment.get_cell_specimen_indices(ids[[2, 0]]) == [2, 0]
        times, traces = experiment.get_dff_traces()
        np.testing.assert_array_equal(times, experiment.ophys_timestamps)
        np.testing.assert_array_equal(traces, np.stack(experiment.dff_traces["dff"].to_list()))
        _, some = experiment.get_dff_traces(ids[[2, 0]])  # in the order of the table
        np.testing.assert_array_equal(some, traces[[0, 2]])
        assert experiment.get_dff_traces([])[1].shape == (0, len(times))
        with pytest.raises(KeyError):
            experiment.get_dff_traces([1])
        mask = experiment.get_segmentation_mask_image()
        np.testing.assert_array_equal(mask.data, experiment.segmentation_mask_image.data)
