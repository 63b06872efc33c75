"""Eye tracking: stored ellipses, blinks found anew, absent streams."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment, StreamMissing, open_session
from data_layer.derived.blinks import MASKED_COLUMNS, likely_blinks
from tests.support.nwb_files import remove, write_experiment
from tests.support.tiny_session import TinySession

COLUMNS = [
    *("timestamps", "cr_area", "eye_area", "pupil_area", "likely_blink", "pupil_area_raw"),
    *("cr_area_raw", "eye_area_raw", "cr_center_x", "cr_center_y", "cr_width", "cr_height"),
    *("cr_phi", "eye_center_x", "eye_center_y", "eye_width", "eye_height", "eye_phi"),
    *("pupil_center_x", "pupil_center_y", "pupil_width", "pupil_height", "pupil_phi"),
]


def test_ellipses_outside_blinks_are_what_was_written(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    eye = experiment.eye_tracking
    assert list(eye.columns) == COLUMNS
    assert eye.index.name == "frame"
    calm = ~eye["likely_blink"]
    for name in truth.eye:
        rows = calm if name in MASKED_COLUMNS else slice(None)
        np.testing.assert_array_equal(eye.loc[rows, name], truth.eye.loc[rows, name], name)
    for part in ("cr", "eye", "pupil"):
        areas = eye.loc[calm, f"{part}_area"]
        np.testing.assert_array_equal(areas, truth.eye.loc[calm, f"{part}_area_raw"])


def test_blinks_hide_what_they_make_unreliable(experiment: BehaviorOphysExperiment) -> None:
    eye = experiment.eye_tracking
    blink = eye["likely_blink"]
    assert blink.any()
    assert eye.loc[blink, list(MASKED_COLUMNS)].isna().all(axis=None)
    assert eye.loc[blink, "cr_width"].notna().all()


def test_failed_fits_and_outliers_are_blinks(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    blink = experiment.eye_tracking["likely_blink"]
    assert blink[truth.eye["eye_area_raw"].isna()].all()
    assert blink[len(blink) // 2]  # whose pupil was written four times as large


@pytest.mark.parametrize(("z_threshold", "dilation_frames"), [(3.0, 0), (1.5, 4)])
def test_what_is_a_blink_can_be_chosen(
    experiment_file: Path, truth: TinySession, z_threshold: float, dilation_frames: int
) -> None:
    chosen = {
        "eye_tracking_z_threshold": z_threshold,
        "eye_tracking_dilation_frames": dilation_frames,
    }
    areas = truth.eye["eye_area_raw"].to_numpy(), truth.eye["pupil_area_raw"].to_numpy()
    with open_session(experiment_file, **chosen) as session:
        expected = likely_blinks(*areas, z_threshold, dilation_frames)
        assert session.eye_tracking["likely_blink"].tolist() == expected.tolist()


def test_no_eye_tracking(tmp_path: Path) -> None:
    with open_session(write_experiment(tmp_path, eye_tracking=False)) as session:
        assert session.eye_tracking.empty
        assert list(session.eye_tracking.columns) == COLUMNS
        assert session.eye_tracking.index.name == "frame"
        assert session.eye_tracking_rig_geometry == {}
        assert not session.has("eye_tracking")


def test_either_may_be_absent_without_the_other(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "processing/eye_tracking_rig_metadata")
    with open_session(path) as session:
        assert session.eye_tracking_rig_geometry == {}
        assert len(session.eye_tracking)


def test_a_missing_ellipse_is_told(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "acquisition/EyeTracking/pupil_tracking")
    with open_session(path) as session, pytest.raises(StreamMissing, match="pupil_tracking"):
        session.eye_tracking  # noqa: B018


def test_rig_geometry(experiment: BehaviorOphysExperiment) -> None:
    geometry = experiment.eye_tracking_rig_geometry
    assert list(geometry) == [
        *("camera_position_mm", "camera_rotation_deg", "equipment"),
        *("led_position", "monitor_position_mm", "monitor_rotation_deg"),
    ]
    assert geometry["equipment"] == "CAM2P.3"
    assert list(geometry["led_position"]) == [103.8, 75.7, 32.6]
    assert geometry["camera_rotation_deg"].z == pytest.approx(2.8)
    assert isinstance(experiment.eye_tracking, pd.DataFrame)
