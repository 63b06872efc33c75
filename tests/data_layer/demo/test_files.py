"""The files are valid NWB, laid out as released, and hold what was simulated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pynwb
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer.demo.full_scale import build_full_scale_experiment, full_scale_plan
from data_layer.demo.ophys.imaging import ImagingPlane
from data_layer.demo.recording import Recording, simulate_recording
from data_layer.demo.sessions import SessionPlan
from data_layer.demo.writing.behavior import write_behavior_session
from data_layer.demo.writing.ophys import write_behavior_ophys_experiment
from tests.data_layer.demo.conftest import IMAGING, PASSIVE, TRAINING

EXTENSIONS = {
    "ndx-aibs-behavior-ophys": ["0.2.0"],
    "ndx-aibs-ophys-event-detection": ["0.1.0"],
    "ndx-aibs-stimulus-template": ["0.1.0"],
    "ndx-ellipse-eye-tracking": ["0.1.0"],
}


def test_the_file_is_valid(experiment_file: Path) -> None:
    assert pynwb.validate(path=str(experiment_file)) == []


@pytest.mark.parametrize("plan", [PASSIVE, TRAINING], ids=lambda plan: plan.session_type)
def test_files_of_other_sessions_are_valid(plan: SessionPlan, tmp_path: Path) -> None:
    path = tmp_path / "behavior_session.nwb"
    write_behavior_session(path, simulate_recording(plan))
    assert pynwb.validate(path=str(path)) == []
    with BehaviorSession.from_nwb_path(path) as session:
        assert session.metadata["session_type"] == plan.session_type
        assert session.licks.empty == plan.is_passive


def test_the_extension_types_are_cached_in_the_file_but_not_registered(
    experiment_file: Path,
) -> None:
    with h5py.File(experiment_file) as file:
        cached = {name: list(versions) for name, versions in file["specifications"].items()}
    assert cached.items() >= EXTENSIONS.items()
    assert not set(EXTENSIONS) & set(pynwb.get_type_map().namespace_catalog.namespaces)


def test_only_events_are_compressed(experiment_file: Path) -> None:
    chunked = []
    with h5py.File(experiment_file) as file:
        file.visititems(
            lambda name, item: (
                chunked.append((name, item.compression))
                if isinstance(item, h5py.Dataset) and item.chunks
                else None
            )
        )
    assert chunked == [("processing/ophys/event_detection/data", "gzip")]


def test_behavior_is_read_as_simulated(experiment_file: Path, recording: Recording) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        pd.testing.assert_frame_equal(session.licks, recording.licks)
        pd.testing.assert_frame_equal(session.rewards, recording.rewards)
        assert session.stimulus_timestamps == pytest.approx(recording.stimulus_timestamps)
        assert session.running_speed["speed"].to_numpy() == pytest.approx(recording.running.speed)
        raw = session.raw_running_speed["speed"].to_numpy()
        np.testing.assert_array_equal(raw, recording.running.speed_unfiltered)
        for column in ("start_time", "change_time", "hit", "change_frame", "change_image_name"):
            assert session.trials[column].tolist() == pytest.approx(
                recording.trials[column].tolist(), nan_ok=True
            )


def test_changes_are_derived_as_simulated(experiment_file: Path, recording: Recording) -> None:
    """Readers compute changes anew from the names of the images."""
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        read = session.stimulus_presentations
    simulated = recording.stimulus_presentations
    assert read["is_change"].tolist() == (simulated["is_change"] == 1).tolist()
    # before the first change readers go on counting from the gray screen
    counted = simulated["active"].to_numpy() & (simulated["is_change"] == 1).cummax().to_numpy()
    column = "flashes_since_change"
    assert read.loc[counted, column].tolist() == simulated.loc[counted, column].tolist()


def test_imaging_is_read_as_simulated(experiment_file: Path, plane: ImagingPlane) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        assert session.ophys_timestamps == pytest.approx(plane.ophys_timestamps)
        for table, column, name in (
            (session.dff_traces, "dff", "dff"),
            (session.corrected_fluorescence_traces, "corrected_fluorescence", "corrected"),
            (session.events, "events", "events"),
            (session.neuropil_traces, "neuropil_trace", "neuropil"),
        ):
            np.testing.assert_array_equal(np.stack(table[column]).T, plane.traces[name])
        cells = session.cell_specimen_table
        assert cells.index.tolist() == plane.cell_specimen_table["cell_specimen_id"].tolist()
        np.testing.assert_array_equal(np.stack(cells["roi_mask"]), plane.field.masks)
        np.testing.assert_array_equal(session.max_projection, plane.field.max_projection)
        assert session.metadata["imaging_plane_group_count"] == 2


def test_a_session_without_eye_tracking_has_no_rig_geometry(
    tmp_path: Path, plane: ImagingPlane
) -> None:
    path = tmp_path / "experiment.nwb"
    plan = replace(IMAGING, eye_tracking=False)
    write_behavior_ophys_experiment(path, simulate_recording(plan), plane)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        assert session.eye_tracking.empty
        assert not session.eye_tracking_rig_geometry


def test_the_same_session_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.nwb", tmp_path / "other.nwb"
    for path in (one, other):
        write_behavior_session(path, simulate_recording(TRAINING))
    assert one.read_bytes() == other.read_bytes()


def test_the_full_scale_experiment_is_of_full_scale() -> None:
    plan = full_scale_plan()
    (plane,) = plan.planes
    assert (plane.container.n_cells, round(plan.frame_rate)) == (200, 31)
    schedule = plan.schedule
    assert schedule.task + schedule.gray_before + schedule.gray_after == 70 * 60
    assert schedule.movie_repeats == 10


def test_traces_on_disk_are_written_like_those_in_memory(
    tmp_path: Path, experiment_file: Path
) -> None:
    plan = replace(IMAGING, planes=IMAGING.planes[:1])
    steps: list[tuple[int, int]] = []
    path = build_full_scale_experiment(
        tmp_path, on_progress=lambda what, done, total: steps.append((done, total)), plan=plan
    )
    assert path.read_bytes() == experiment_file.read_bytes()
    assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
