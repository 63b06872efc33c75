"""Whatever is wrong with a file, one sentence of ours says what, where and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import (
    BehaviorOphysExperiment,
    BehaviorSession,
    FileDamaged,
    FileMissing,
    NotVisualBehavior,
    SessionFileError,
    StreamDamaged,
    StreamMissing,
    open_session,
)
from tests.support.nwb_files import garble, remove, replace, shorten, truncate, write_behavior
from tests.support.writable import writable

ATTRIBUTES = [
    *("licks", "rewards", "running_speed", "raw_running_speed", "stimulus_timestamps", "trials"),
    *("stimulus_presentations", "stimulus_templates", "task_parameters", "metadata"),
    *("eye_tracking", "eye_tracking_rig_geometry", "cell_specimen_table", "dff_traces"),
    *("corrected_fluorescence_traces", "demixed_traces", "neuropil_traces", "events"),
    *("ophys_timestamps", "motion_correction", "max_projection", "average_projection"),
    *("segmentation_mask_image", "behavior_session_id", "ophys_session_id", "ophys_experiment_id"),
]
OPHYS, CELLS = "processing/ophys", "processing/ophys/image_segmentation/cell_specimen_table"
SAME_ROIS = {
    *("dff_traces", "corrected_fluorescence_traces", "demixed_traces", "neuropil_traces"),
}
OF_CELLS = {"cell_specimen_table", "segmentation_mask_image", "events", *SAME_ROIS}
PRESENTATIONS = "intervals/Natural_Images_Lum_Matched_set_training_2017_presentations"

MISSING = {
    "processing/running": {"running_speed", "raw_running_speed"},
    "processing/running/speed/timestamps": {"running_speed"},
    "processing/licking/licks": {"licks"},
    "processing/rewards/volume": {"rewards"},
    "processing/stimulus": {"stimulus_timestamps"},
    "intervals/trials": {"trials"},
    "intervals": {"trials", "stimulus_presentations"},
    "general/task_parameters": {"task_parameters"},
    "general/subject": set(),
    "session_start_time": set(),
    "identifier": {"ophys_experiment_id"},
    "acquisition/EyeTracking/eye_tracking": {"eye_tracking"},
    f"{OPHYS}/dff": {"dff_traces"},
    f"{OPHYS}/event_detection": {"events"},
    f"{OPHYS}/corrected_fluorescence": {"corrected_fluorescence_traces"},
    f"{OPHYS}/images/max_projection": {"max_projection"},
    f"{OPHYS}/ophys_motion_correction_x": {"motion_correction"},
    CELLS: OF_CELLS,
    f"{CELLS}/image_mask": {"cell_specimen_table", "segmentation_mask_image"},
}


def shorten_by_two(path: Path, inside: str) -> Path:
    """One sample too many is no damage."""
    return shorten(path, inside, by=2)


DAMAGED: dict[str, tuple[Callable[[Path, str], Path], set[str]]] = {
    "processing/licking/licks/data": (shorten_by_two, {"licks"}),
    "processing/rewards/volume/data": (shorten, {"rewards"}),
    "processing/running/speed/data": (shorten_by_two, {"running_speed"}),
    "intervals/trials/hit": (remove, {"trials"}),
    "intervals/trials/stop_time": (shorten, {"trials"}),
    "intervals/trials/lick_times": (shorten, {"trials"}),
    "intervals/trials/lick_times_index": (shorten, {"trials"}),
    f"{PRESENTATIONS}/omitted": (shorten, {"stimulus_presentations"}),
    f"{PRESENTATIONS}/start_time": (remove, {"stimulus_presentations"}),
    "acquisition/EyeTracking/pupil_tracking/width": (shorten_by_two, {"eye_tracking"}),
    f"{OPHYS}/ophys_motion_correction_y/data": (shorten_by_two, {"motion_correction"}),
    f"{OPHYS}/neuropil_trace/traces/data": (shorten_by_two, {"neuropil_traces"}),
    f"{OPHYS}/event_detection/lambdas": (shorten, {"events"}),
    f"{OPHYS}/event_detection/data": (garble, {"events"}),
    f"{CELLS}/x": (shorten, OF_CELLS),
    f"{CELLS}/id": (shorten, OF_CELLS),
}
WRONG: dict[str, tuple[Any, set[str]]] = {
    "intervals/trials/start_time": (["soon"] * 40, {"trials"}),
    "intervals/trials/hit": (["yes"] * 40, {"trials"}),
    "processing/running/speed/data": (np.zeros((5, 2)), {"running_speed"}),
    "processing/stimulus/timestamps/timestamps": (["a", "b"], {"stimulus_timestamps"}),
    f"{OPHYS}/dff/traces/data": (np.zeros(40), {"dff_traces"}),
    f"{OPHYS}/dff/traces/rois": ([0, 1, 2, 3, 3], SAME_ROIS),
    f"{OPHYS}/images/max_projection": (np.zeros(9), {"max_projection"}),
    f"{CELLS}/valid_roi": (["true"] * 5, OF_CELLS),
    "session_start_time": ("yesterday", set()),
    "identifier": ("unknown", {"ophys_experiment_id"}),
}


@pytest.fixture
def path(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be broken."""
    copy = tmp_path / experiment_file.name
    copy.write_bytes(experiment_file.read_bytes())
    return copy


def failing(path: Path, kind: type[SessionFileError]) -> set[str]:
    """The attributes that raise; everything else must be readable."""
    failed: dict[str, SessionFileError] = {}
    with open_session(path) as session:
        for name in ATTRIBUTES:
            try:
                getattr(session, name)
            except SessionFileError as error:
                failed[name] = error
    assert not {name: error for name, error in failed.items() if not isinstance(error, kind)}
    assert all(str(path) in str(error) for error in failed.values())
    return set(failed)


@pytest.mark.parametrize("inside", MISSING)
def test_an_absent_stream_is_told_and_breaks_no_other(path: Path, inside: str) -> None:
    assert failing(remove(path, inside), StreamMissing) == MISSING[inside]


@pytest.mark.parametrize("inside", DAMAGED)
def test_a_damaged_stream_is_told_and_breaks_no_other(path: Path, inside: str) -> None:
    damage, expected = DAMAGED[inside]
    assert failing(damage(path, inside), StreamDamaged) == expected


@pytest.mark.parametrize("inside", WRONG)
def test_wrong_values_are_told_and_break_no_other(path: Path, inside: str) -> None:
    values, expected = WRONG[inside]
    assert failing(replace(path, inside, values), StreamDamaged) == expected


def test_the_whole_of_imaging_may_be_absent(path: Path) -> None:
    failed = failing(remove(path, OPHYS), StreamMissing)
    assert failed >= {"dff_traces", "events", "ophys_timestamps", "max_projection"}
    assert not failed & {"licks", "trials", "eye_tracking", "metadata", "ophys_session_id"}
    with open_session(path) as session:
        assert not [n for n in ("ophys_timestamps", "events", "dff_traces") if session.has(n)]


def test_a_message_says_what_where_and_what_to_do(path: Path) -> None:
    remove(path, "processing/running/speed")
    with open_session(path) as session, pytest.raises(StreamMissing) as told:
        session.running_speed  # noqa: B018
    assert isinstance(told.value, LookupError)
    assert told.value.stream == "running_speed"
    assert str(told.value) == (
        f"{path}: has no running_speed (/processing/running/speed is not in the file). "
        "The other streams can be read; if it should be there, download the file again"
    )


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="no such file"):
        BehaviorSession.from_nwb_path(tmp_path / "nothing.nwb")
    with pytest.raises(FileNotFoundError):
        open_session(str(tmp_path / "nothing.nwb"))


@pytest.mark.parametrize("share", [0.3, 0.99])
def test_a_download_that_broke_off(path: Path, share: float) -> None:
    size = path.stat().st_size
    with pytest.raises(FileDamaged, match=f"cut off after .* of its {size:,} bytes"):
        open_session(truncate(path, share))


@pytest.mark.parametrize("content", [b"", b"hello", b"<html>Access denied</html>"])
def test_not_hdf5(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "session.nwb"
    path.write_bytes(content)
    with pytest.raises(FileDamaged, match="not an HDF5 file"):
        open_session(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileDamaged):
        open_session(tmp_path)


def test_hdf5_but_not_nwb(tmp_path: Path) -> None:
    with writable(tmp_path / "other.nwb", "w") as file:
        file["numbers"] = np.arange(3)
    with pytest.raises(NotVisualBehavior, match="not NWB"):
        open_session(tmp_path / "other.nwb")


def test_nwb_of_another_data_set(path: Path) -> None:
    for group in ("general/metadata", "general/task_parameters", "processing"):
        remove(path, group)
    with pytest.raises(NotVisualBehavior, match="behavior_session_id"):
        open_session(path)


def test_a_behavior_session_is_no_experiment(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    with pytest.raises(StreamMissing, match=r"BehaviorSession.from_nwb_path"):
        BehaviorOphysExperiment.from_nwb_path(path)
    remove(path, "intervals/trials")  # which HDF5 would refuse while the file is still open


def test_an_experiment_is_a_behavior_session(experiment_file: Path) -> None:
    with BehaviorSession.from_nwb_path(experiment_file) as session:
        assert type(session) is BehaviorSession
        assert len(session.trials)
    with open_session(experiment_file) as session:
        assert type(session) is BehaviorOphysExperiment
