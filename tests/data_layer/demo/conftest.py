"""Short sessions of few cells, simulated once for all tests of the demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_layer.demo.mice import SLC17A7
from data_layer.demo.ophys.imaging import ImagingPlane, simulate_plane
from data_layer.demo.recording import Recording, simulate_recording
from data_layer.demo.sessions import Container, Fault, PlanePlan, Schedule, SessionPlan
from data_layer.demo.writing.ophys import write_behavior_ophys_experiment

ROLES = ("omission", "change", "running", "image")
CONTAINER = Container(1210000007, "VISp", 175, 9, 0, ROLES)
IMAGING = SessionPlan(
    behavior_session_id=1200000011,
    mouse=SLC17A7,
    session_type="OPHYS_1_images_A",
    date_of_acquisition=datetime(2020, 4, 20, 15, 30, tzinfo=UTC),
    equipment_name="MESO.1",
    project_code="VisualBehaviorMultiscope",
    schedule=Schedule(task=300, gray_before=20, gray_after=10, movie_repeats=1),
    ophys_session_id=1200000012,
    planes=(PlanePlan(1200000013, CONTAINER, 176), PlanePlan(1200000015, CONTAINER, 174)),
    imaging_plane_group_count=2,
    field_of_view=(160, 144),
    picture_shape=(24, 40),
)
PASSIVE = replace(IMAGING, behavior_session_id=1200000021, session_type="OPHYS_2_images_A_passive")
TRAINING = replace(
    IMAGING,
    behavior_session_id=1200000031,
    session_type="TRAINING_1_gratings",
    equipment_name="BEH.B-Box1",
    schedule=Schedule(task=200),
    ophys_session_id=None,
    planes=(),
    imaging_plane_group_count=0,
    skill=0.3,
)
TINY = replace(
    IMAGING,
    behavior_session_id=1200000051,
    schedule=Schedule(task=60),
    planes=IMAGING.planes[:1],
    field_of_view=(96, 90),
)
FAULTY = replace(
    IMAGING,
    behavior_session_id=1200000041,
    fault=Fault(motion_jump_at=100.0, encoder_jumps_from=150.0, encoder_jumps_until=170.0),
)


@pytest.fixture(scope="session")
def recording() -> Recording:
    return simulate_recording(IMAGING)


@pytest.fixture(scope="session")
def plane(recording: Recording) -> ImagingPlane:
    return simulate_plane(recording, IMAGING.planes[0])


@pytest.fixture(scope="session")
def experiment_file(
    recording: Recording, plane: ImagingPlane, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("experiment") / "behavior_ophys_experiment_1200000013.nwb"
    write_behavior_ophys_experiment(path, recording, plane)
    return path
