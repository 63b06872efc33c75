"""Cells do what they were planted to do, and lie where the pictures show them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from data_layer.demo.ophys.imaging import ImagingPlane, ophys_timestamps, simulate_plane
from data_layer.demo.recording import Recording, simulate_recording
from tests.data_layer.demo.conftest import CONTAINER, FAULTY, IMAGING

Floats = NDArray[np.float64]


def dff(plane: ImagingPlane, role: str) -> Floats:
    """The trace of the cell that was planted with ``role``."""
    (place,) = (i for i, cell in enumerate(plane.cells) if cell.is_planted and cell.role == role)
    return np.asarray(plane.traces["dff"][:, place])


def answer(plane: ImagingPlane, trace: Floats, times: Floats) -> float:
    """Mean dF/F in the second after ``times``, less that in the half second before them."""
    clock = plane.ophys_timestamps
    after = np.mean([trace[(clock > t + 0.2) & (clock < t + 1.0)].mean() for t in times])
    before = np.mean([trace[(clock > t - 0.5) & (clock < t)].mean() for t in times])
    return float(after - before)


def flashes(recording: Recording, column: str, value: object) -> Floats:
    shown = recording.stimulus_presentations
    chosen = shown[shown["active"] & (shown[column] == value)]
    return chosen["start_time"].to_numpy()


def test_the_omission_cell_answers_omissions_only(
    recording: Recording, plane: ImagingPlane
) -> None:
    trace = dff(plane, "omission")
    assert answer(plane, trace, flashes(recording, "omitted", 1)) > 0.3
    assert answer(plane, trace, flashes(recording, "is_change", 1)) < 0.1


def test_the_change_cell_answers_changes_only(recording: Recording, plane: ImagingPlane) -> None:
    trace = dff(plane, "change")
    assert answer(plane, trace, flashes(recording, "is_change", 1)) > 0.3
    assert answer(plane, trace, flashes(recording, "omitted", 1)) < 0.1


def test_the_image_cell_prefers_its_image(recording: Recording, plane: ImagingPlane) -> None:
    (cell,) = (c for c in plane.cells if c.is_planted and c.role == "image")
    shown = set(recording.stimulus_presentations["image_name"].dropna()) - {"omitted"}
    answers = {
        name: answer(plane, dff(plane, "image"), flashes(recording, "image_name", name))
        for name in shown
    }
    assert max(answers, key=answers.__getitem__) == cell.preferred_image(IMAGING.image_set)


def test_the_running_cell_follows_speed(recording: Recording, plane: ImagingPlane) -> None:
    speed = np.interp(
        plane.ophys_timestamps, recording.stimulus_timestamps, recording.running.speed
    )
    assert np.corrcoef(dff(plane, "running"), speed)[0, 1] > 0.5
    assert abs(np.corrcoef(dff(plane, "omission"), speed)[0, 1]) < 0.25


def test_traces_belong_together(plane: ImagingPlane) -> None:
    traces, r = plane.traces, plane.numbers["r"]
    assert traces["demixed"] == pytest.approx(traces["corrected"] + r * traces["neuropil"])
    events = traces["events"]
    assert 0 < (events > 0).mean() < 0.1
    assert (events[events > 0] > np.min(plane.numbers["noise_std"])).all()
    # where there are events, dF/F is high
    assert traces["dff"][events > 0].mean() > 5 * abs(traces["dff"][events == 0].mean())


def test_boxes_hold_their_masks(plane: ImagingPlane) -> None:
    for roi, mask in zip(plane.cell_specimen_table.itertuples(), plane.field.masks, strict=True):
        inside = mask[roi.y : roi.y + roi.height, roi.x : roi.x + roi.width]
        assert inside.sum() == mask.sum() > 60
        assert all(line.any() for line in (inside[0], inside[-1], inside[:, 0], inside[:, -1]))


def test_cells_are_brighter_than_what_surrounds_them(plane: ImagingPlane) -> None:
    somata = plane.field.masks.any(axis=0)
    for picture in (plane.field.average_projection, plane.field.max_projection):
        assert picture[somata].mean() > 1.3 * picture[~somata].mean()


def test_cells_are_found_again_on_another_day(recording: Recording, plane: ImagingPlane) -> None:
    other = simulate_plane(recording, IMAGING.planes[1])
    first, second = (p.cell_specimen_table.set_index("cell_specimen_id") for p in (plane, other))
    matched = first.merge(second, left_index=True, right_index=True, suffixes=("", "_other"))
    assert set(CONTAINER.cell_specimen_ids[:4]) <= set(matched.index)
    assert not set(first["cell_roi_id"]) & set(second["cell_roi_id"])
    moved = matched[["x", "y"]].to_numpy() - matched[["x_other", "y_other"]].to_numpy()
    assert 0 < np.abs(moved).max() <= 14  # the field lies a little elsewhere
    assert np.ptp(moved, axis=0).max() <= 8  # but its cells keep their places in it


def test_tissue_moves_with_its_cells(recording: Recording, plane: ImagingPlane) -> None:
    other = simulate_plane(recording, IMAGING.planes[1])
    tables = [p.cell_specimen_table.set_index("cell_specimen_id") for p in (plane, other)]
    moved = (tables[1][["y", "x"]] - tables[0][["y", "x"]]).median().to_numpy(int)
    first, second = (p.field.average_projection.astype(float) for p in (plane, other))
    back = np.roll(second, -moved, axis=(0, 1))
    inside = (slice(20, -20), slice(20, -20))
    tissue = ~(
        plane.field.masks.any(axis=0) | np.roll(other.field.masks.any(axis=0), -moved, (0, 1))
    )
    correlation = np.corrcoef(first[inside][tissue[inside]], back[inside][tissue[inside]])[0, 1]
    assert correlation > 0.8


def test_planes_of_other_groups_are_scanned_between_the_frames(recording: Recording) -> None:
    first = ophys_timestamps(recording, IMAGING.planes[0])
    assert 1 / np.diff(first).mean() == pytest.approx(IMAGING.frame_rate)
    assert first[0] < recording.stimulus_timestamps[0]
    assert first[-1] > recording.stimulus_timestamps[-1]


def test_a_faulty_session_jumps_when_planned() -> None:
    recording = simulate_recording(FAULTY)
    plane = simulate_plane(recording, FAULTY.planes[0])
    x, y = plane.motion
    since = plane.ophys_timestamps - recording.stimulus_timestamps[0]
    far = np.hypot(x, y) > 15
    assert since[far].min() == pytest.approx(100, abs=0.2)
    assert since[far].max() < 108
    assert np.abs(plane.traces["dff"][far].mean(axis=0)).mean() > 0.2
