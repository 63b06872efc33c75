"""The plan of the demo release: mice, their sessions, and the files that are built.

As in a partly downloaded cache, the tables list more sessions than there are files. Ids have as
many digits as real ones, and are larger than all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from data_layer.demo.mice import SLC17A7, SST, VIP
from data_layer.demo.sessions import (
    MULTISCOPE,
    Container,
    Fault,
    Mouse,
    PlanePlan,
    Schedule,
    SessionPlan,
)

_TRAINING = Schedule(task=720)
_EPILOGUE = Schedule(task=660, gray_before=30, gray_after=30, movie_repeats=1)
_MULTISCOPE_DAY = Schedule(task=600, gray_before=60, gray_after=30, movie_repeats=2)
_SINGLE_PLANE_DAY = Schedule(task=480, gray_before=45, gray_after=30, movie_repeats=1)
_FAULT = Fault(motion_jump_at=312.0, encoder_jumps_from=420.0, encoder_jumps_until=465.0)

_CLEAR = ("omission", "change", "running", "image", "image", "image", "reward", "lick")


@dataclass(frozen=True)
class _Day:
    """One session of a mouse; ``files`` are the indices of the planes whose files are built."""

    session_type: str
    age: int
    skill: float = 0.9
    files: tuple[int, ...] = ()
    is_there: bool = False
    schedule: Schedule = _TRAINING
    eye_tracking: bool = True
    fault: Fault | None = None


@dataclass(frozen=True)
class _Study:
    """One mouse, its project, rigs and containers, and its sessions."""

    mouse: Mouse
    number: int
    project_code: str
    training_rig: str
    imaging_rig: str
    frame_rate: float
    field_of_view: tuple[int, int]
    containers: tuple[Container, ...]
    days: tuple[_Day, ...]


def demo_plan() -> list[SessionPlan]:
    """Every session of the release, grouped by mouse, in order of time."""
    return [session for study in _studies() for session in _sessions(study)]


def _studies() -> list[_Study]:
    return [_slc17a7(), _sst(), _vip()]


def _slc17a7() -> _Study:
    """A mouse with files of its training, and of a session with four planes."""
    imaging = _MULTISCOPE_DAY
    return _Study(
        SLC17A7,
        1,
        "VisualBehaviorMultiscope",
        "BEH.B-Box4",
        MULTISCOPE,
        10.71,
        (512, 512),
        containers=(
            Container(1210441067, "VISp", 176, 70, 0, _CLEAR),
            Container(1210441093, "VISp", 274, 33, 0),
            Container(1210441118, "VISl", 175, 32, 1),
            Container(1210441145, "VISl", 275, 32, 1),
        ),
        days=(
            _Day("TRAINING_0_gratings_autorewards_15min", 72, 0.05, is_there=True),
            _Day("TRAINING_1_gratings", 74, 0.15, is_there=True),
            _Day("TRAINING_1_gratings", 75, 0.22),
            _Day("TRAINING_2_gratings_flashed", 78, 0.38, is_there=True),
            _Day("TRAINING_3_images_A_10uL_reward", 81, 0.58, is_there=True),
            _Day("TRAINING_3_images_A_10uL_reward", 82, 0.62),
            _Day("TRAINING_4_images_A_training", 86, 0.76, is_there=True),
            _Day("TRAINING_5_images_A_epilogue", 90, 0.88, is_there=True, schedule=_EPILOGUE),
            _Day("TRAINING_5_images_A_handoff_ready", 91, 0.9),
            _Day("OPHYS_0_images_A_habituation", 99, 0.86),
            _Day("OPHYS_1_images_A", 103, 0.92, files=(0, 1, 2, 3), schedule=imaging),
            _Day("OPHYS_2_images_A_passive", 104, files=(0,), schedule=imaging),
            _Day("OPHYS_3_images_A", 106, 0.92, schedule=imaging),
            _Day("OPHYS_4_images_B", 109, 0.82, files=(0,), schedule=imaging),
            _Day("OPHYS_5_images_B_passive", 110, schedule=imaging),
            _Day("OPHYS_6_images_B", 112, 0.9, schedule=imaging),
        ),
    )


def _sst() -> _Study:
    """A mouse imaged with the single-plane microscope; one session has no eye tracking."""
    imaging = _SINGLE_PLANE_DAY
    return _Study(
        SST,
        2,
        "VisualBehaviorTask1B",
        "BEH.F-Box2",
        "CAM2P.4",
        30.93,
        (512, 447),
        containers=(Container(1211302584, "VISp", 275, 31, None, ("change", "running", "image")),),
        days=(
            _Day("TRAINING_0_gratings_autorewards_15min", 68, 0.05),
            _Day("TRAINING_1_gratings", 70, 0.2),
            _Day("TRAINING_2_gratings_flashed", 76, 0.4),
            _Day("TRAINING_3_images_B_10uL_reward", 80, 0.6),
            _Day("TRAINING_4_images_B_training", 84, 0.75),
            _Day("TRAINING_5_images_B_handoff_ready", 90, 0.88),
            _Day("OPHYS_1_images_B", 98, 0.9, files=(0,), schedule=imaging),
            _Day("OPHYS_2_images_B_passive", 99, schedule=imaging),
            _Day("OPHYS_3_images_B", 101, 0.9, schedule=imaging),
            _Day("OPHYS_4_images_A", 104, 0.8, files=(0,), schedule=imaging, eye_tracking=False),
            _Day("OPHYS_6_images_A", 107, 0.86, schedule=imaging),
        ),
    )


def _vip() -> _Study:
    """A mouse imaged with the multi-plane microscope; its novel session has faults."""
    imaging = replace(_MULTISCOPE_DAY, movie_repeats=1)
    return _Study(
        VIP,
        3,
        "VisualBehaviorMultiscope4areasx2d",
        "BEH.G-Box6",
        MULTISCOPE,
        10.71,
        (512, 512),
        containers=(
            Container(1212093311, "VISp", 166, 32, 0, ("omission", "omission", "running")),
            Container(1212093342, "VISl", 168, 30, 1),
        ),
        days=(
            _Day("TRAINING_0_gratings_autorewards_15min", 70, 0.05),
            _Day("TRAINING_1_gratings", 72, 0.2),
            _Day("TRAINING_2_gratings_flashed", 77, 0.4),
            _Day("TRAINING_3_images_G_10uL_reward", 80, 0.6),
            _Day("TRAINING_4_images_G_training", 86, 0.75),
            _Day("TRAINING_5_images_G_handoff_ready", 92, 0.88),
            _Day("OPHYS_1_images_G", 101, 0.9, files=(0,), schedule=imaging),
            _Day("OPHYS_3_images_G", 104, 0.9, schedule=imaging),
            _Day("OPHYS_4_images_H", 107, 0.8, files=(0,), schedule=imaging, fault=_FAULT),
            _Day("OPHYS_6_images_H", 110, 0.88, schedule=imaging),
        ),
    )


def _sessions(study: _Study) -> list[SessionPlan]:
    seen: set[str] = set()
    sessions = []
    for index, day in enumerate(study.days):
        session = _session(study, index, day)
        novel = session.image_set_name not in seen
        seen.add(session.image_set_name)
        sessions.append(replace(session, novel_images=novel))
    return sessions


def _session(study: _Study, index: int, day: _Day) -> SessionPlan:
    first_id = 1_200_000_000 + study.number * 1_000_000 + day.age * 5_237 + index * 131
    imaging = day.session_type.startswith("OPHYS")
    published = imaging and "habituation" not in day.session_type
    planes = _planes(study, day, first_id) if published else ()
    time_of_day = timedelta(
        hours=15,
        minutes=7 * index + study.number,
        seconds=11 * index + 7,
        milliseconds=37 * index + 211,
    )
    multiple = study.imaging_rig == MULTISCOPE
    return SessionPlan(
        behavior_session_id=first_id,
        mouse=study.mouse,
        session_type=day.session_type,
        date_of_acquisition=study.mouse.date_of_birth + timedelta(days=day.age) + time_of_day,
        equipment_name=study.imaging_rig if imaging else study.training_rig,
        project_code=study.project_code,
        schedule=day.schedule,
        skill=day.skill,
        ophys_session_id=first_id - 83_117 if published else None,
        planes=planes,
        imaging_plane_group_count=len({c.imaging_plane_group for c in study.containers})
        if multiple and published
        else 0,
        frame_rate=study.frame_rate,
        field_of_view=study.field_of_view,
        eye_tracking=day.eye_tracking,
        on_this_machine=day.is_there or bool(day.files),
        fault=day.fault,
    )


def _planes(study: _Study, day: _Day, first_id: int) -> tuple[PlanePlan, ...]:
    return tuple(
        PlanePlan(
            ophys_experiment_id=first_id + 4_021 + 2 * index,
            container=container,
            imaging_depth=container.targeted_imaging_depth + (day.age + index) % 3 - 1,
            on_this_machine=index in day.files,
        )
        for index, container in enumerate(study.containers)
    )
