"""Metadata and task parameters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamDamaged, open_session
from tests.support.nwb_files import remove, replace, write_behavior, write_experiment
from tests.support.tiny_session import TinySession

BEHAVIOR_KEYS = [
    *("equipment_name", "sex", "age_in_days", "stimulus_frame_rate", "session_type"),
    *("date_of_acquisition", "reporter_line", "cre_line", "behavior_session_uuid", "driver_line"),
    *("mouse_id", "project_code", "full_genotype", "behavior_session_id"),
]
OPHYS_KEYS = [
    *("indicator", "emission_lambda", "excitation_lambda", "ophys_container_id"),
    *("field_of_view_height", "field_of_view_width", "imaging_depth", "targeted_imaging_depth"),
    *("imaging_plane_group", "imaging_plane_group_count", "ophys_experiment_id"),
    *("ophys_frame_rate", "ophys_session_id", "targeted_structure"),
]


def test_metadata_of_an_experiment(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    metadata, plan = experiment.metadata, truth.plan
    assert list(metadata) == [*BEHAVIOR_KEYS, *OPHYS_KEYS]
    assert metadata["date_of_acquisition"] == datetime(2019, 6, 20, 18, 18, 15, tzinfo=UTC)
    assert metadata["behavior_session_uuid"] == UUID("c428be61-87d2-44f6-b00d-3401f28fa201")
    expected = {
        **{"sex": "F", "age_in_days": 114, "mouse_id": "457841", "cre_line": "Sst-IRES-Cre"},
        **{"driver_line": ["Sst-IRES-Cre"], "reporter_line": "Ai148(TIT2L-GC6f-ICL-tTA2)"},
        **{"indicator": "GCaMP6f", "emission_lambda": 520.0, "excitation_lambda": 910.0},
        **{"field_of_view_height": 40, "field_of_view_width": 36, "imaging_depth": 175},
        **{"imaging_plane_group": None, "imaging_plane_group_count": 0},
        **{"ophys_frame_rate": 31.0, "targeted_structure": "VISp"},
        "ophys_session_id": plan.ophys_session_id,
        "ophys_experiment_id": plan.ophys_experiment_id,
        "ophys_container_id": plan.ophys_container_id,
        "behavior_session_id": plan.behavior_session_id,
    }
    assert {key: metadata[key] for key in expected} == expected
    assert experiment.behavior_session_id == plan.behavior_session_id
    assert experiment.ophys_session_id == plan.ophys_session_id
    assert experiment.ophys_experiment_id == plan.ophys_experiment_id


def test_metadata_of_a_behavior_session(tmp_path: Path) -> None:
    with open_session(write_behavior(tmp_path)) as session:
        assert list(session.metadata) == BEHAVIOR_KEYS


@pytest.mark.parametrize(("count", "expected"), [(0, (None, 0)), (1, (None, 0)), (4, (2, 4))])
def test_planes_are_grouped_where_there_are_several(
    tmp_path: Path, count: int, expected: tuple[int | None, int]
) -> None:
    path = write_experiment(tmp_path, plane_group=2, plane_group_count=count)
    with open_session(path) as session:
        metadata = session.metadata
    assert (metadata["imaging_plane_group"], metadata["imaging_plane_group_count"]) == expected


def test_what_the_file_may_leave_open(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    for inside in ("general/subject/sex", "general/subject@driver_line"):
        remove(path, inside)
    replace(path, "general/subject/age", "null")
    replace(path, "general/subject/genotype", "wt/wt")
    with open_session(path) as session:
        metadata = session.metadata
    for key in ("sex", "driver_line", "age_in_days", "cre_line"):
        assert metadata[key] is None


@pytest.mark.parametrize("key", ["equipment_name", "imaging_depth", "stimulus_frame_rate"])
def test_a_missing_key_of_the_metadata_is_none_and_named(tmp_path: Path, key: str) -> None:
    path = write_experiment(tmp_path)
    with open_session(path) as session:
        before = session.metadata
    with open_session(remove(path, f"general/metadata@{key}")) as session:
        assert session.metadata == {**before, key: None}
        assert session.left_out == (
            f"{key} of metadata: /general/metadata has no attribute {key}.",
        )


def test_a_missing_parameter_of_the_task_is_told(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "general/task_parameters@reward_volume")
    with open_session(path) as session:
        with pytest.raises(StreamDamaged, match="no attribute reward_volume") as told:
            session.task_parameters  # noqa: B018
        assert told.value.stream == "task_parameters"
        assert str(path) in str(told.value)


def test_task_parameters(experiment: BehaviorOphysExperiment) -> None:
    parameters = experiment.task_parameters
    assert parameters == {
        **{"blank_duration_sec": [0.5, 0.5], "response_window_sec": [0.15, 0.75]},
        **{"reward_volume": 0.007, "auto_reward_volume": 0.005, "omitted_flash_fraction": 0.05},
        **{"stimulus_duration_sec": 0.25, "n_stimulus_frames": 72196, "image_set": "images_A"},
        **{"session_type": "OPHYS_1_images_A", "stimulus": "images", "task": "change detection"},
        "stimulus_distribution": "geometric",
        "stimulus_name": "Natural_Images_Lum_Matched_set_training_2017",
    }


def test_an_unknown_share_of_omissions_is_nan(tmp_path: Path) -> None:
    with open_session(write_behavior(tmp_path)) as session:
        assert np.isnan(session.task_parameters["omitted_flash_fraction"])
