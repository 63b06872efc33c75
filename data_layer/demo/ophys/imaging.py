"""Simulates one imaging plane: the content of an experiment's file besides behavior."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo.ophys.cells import Cell, cells_of_the_day
from data_layer.demo.ophys.drives import Drives, session_drives
from data_layer.demo.ophys.field_of_view import FieldOfView, field_of_view
from data_layer.demo.ophys.motion import jump_frames, simulate_motion
from data_layer.demo.ophys.traces import CellTraces, cell_traces, neuropil_tide
from data_layer.demo.recording import Recording
from data_layer.demo.seeds import generator
from data_layer.demo.sessions import PlanePlan

Floats = NDArray[np.float64]

TRACES = ("dff", "events", "corrected", "demixed", "neuropil")
NUMBERS = ("r", "rmse", "noise_std", "penalty")


@dataclass(frozen=True)
class ImagingPlane:
    """The simulated imaging of one plane.

    ``traces`` has an array (n_frames, n_cells) for each of ``TRACES``, ``numbers`` an array
    (n_cells,) for each of ``NUMBERS``; ``cell_specimen_table`` has one row per ROI with the columns
    of the release.
    """

    plan: PlanePlan
    cells: list[Cell]
    ophys_timestamps: Floats
    traces: dict[str, Floats]
    numbers: dict[str, Floats]
    cell_specimen_table: pd.DataFrame
    field: FieldOfView
    motion: tuple[NDArray[np.int64], NDArray[np.int64]]


def cell_roi_ids(plane: PlanePlan, n_cells: int) -> NDArray[np.int64]:
    """Ids of the ROIs (n_cells,), which differ in every experiment."""
    first = 1_220_000_000 + (plane.ophys_experiment_id * 6151) % 150_000_000
    return np.asarray(first + 2 * np.arange(n_cells), dtype=np.int64)


def simulate_plane(recording: Recording, plane: PlanePlan) -> ImagingPlane:
    """Simulate one plane of a session whose behavior is ``recording``."""
    cells = cells_of_the_day(plane, recording.plan.mouse)
    times = ophys_timestamps(recording, plane)
    shape = (len(times), len(cells))
    traces = {name: np.empty(shape) for name in TRACES}
    return fill_plane(recording, plane, traces)


def fill_plane(
    recording: Recording,
    plane: PlanePlan,
    traces: dict[str, Floats],
    on_cell: Callable[[int], None] = lambda done: None,
) -> ImagingPlane:
    """Simulate cell by cell into ``traces``, which may be on disk.

    ``on_cell`` is called after each cell with the number of cells done.
    """
    cells = cells_of_the_day(plane, recording.plan.mouse)
    times = ophys_timestamps(recording, plane)
    speed = np.interp(times, recording.stimulus_timestamps, recording.running.speed)
    rng = generator("plane", plane.ophys_experiment_id)
    fault, start = recording.plan.fault, float(recording.stimulus_timestamps[0])
    motion = simulate_motion(times, speed, rng, fault, start)
    tide = neuropil_tide(times, speed / 40, rng)
    lost = jump_frames(times, fault, start)
    drives = session_drives(recording, times)
    numbers = {name: np.empty(len(cells)) for name in NUMBERS}
    activity = np.empty(len(cells))
    for i, cell in enumerate(cells):
        one = _simulate_cell(cell, plane, drives, times, tide=tide, lost=lost)
        for name in TRACES:
            traces[name][:, i] = getattr(one, name)
        for name in NUMBERS:
            numbers[name][i] = getattr(one, name)
        activity[i] = one.events.sum()
        on_cell(i + 1)
    field = field_of_view(plane, cells, activity, recording.plan.field_of_view)
    table = _cell_specimen_table(plane, cells, field, motion)
    return ImagingPlane(plane, cells, times, traces, numbers, table, field, motion)


def ophys_timestamps(recording: Recording, plane: PlanePlan) -> Floats:
    """Times of the plane's frames (n_frames,) in s; groups of planes are scanned in turn."""
    plan = recording.plan
    stimulus = recording.stimulus_timestamps
    group = plane.container.imaging_plane_group or 0
    offset = group / (plan.frame_rate * max(plan.imaging_plane_group_count, 1))
    first = stimulus[0] - 0.25 + offset
    n = int((stimulus[-1] + 0.4 - first) * plan.frame_rate)
    return np.asarray(first + np.arange(n) / plan.frame_rate)


def _simulate_cell(
    cell: Cell,
    plane: PlanePlan,
    drives: Drives,
    times: Floats,
    *,
    tide: Floats,
    lost: NDArray[np.bool_],
) -> CellTraces:
    rng = generator("traces", plane.ophys_experiment_id, cell.cell_specimen_id)
    expected = drives.expected_events(cell)
    # While the field is displaced, the ROI covers other tissue.
    artefact = np.where(lost, rng.normal(0.3, 0.8), 0.0).clip(-0.7)
    return cell_traces(cell, expected, times, rng, tide=tide, artefact=artefact)


def _cell_specimen_table(
    plane: PlanePlan,
    cells: list[Cell],
    field: FieldOfView,
    motion: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> pd.DataFrame:
    x, y = motion
    boxes = np.array([_box(mask) for mask in field.masks])
    n = len(cells)
    return pd.DataFrame(
        {
            "cell_roi_id": cell_roi_ids(plane, n),
            "cell_specimen_id": np.array([cell.cell_specimen_id for cell in cells], dtype=np.int64),
            "height": boxes[:, 2],
            "width": boxes[:, 3],
            "mask_image_plane": _mask_image_planes(field.masks),
            "max_correction_down": float(max(y.max(), 0)),
            "max_correction_left": float(max(-x.min(), 0)),
            "max_correction_right": float(max(x.max(), 0)),
            "max_correction_up": float(max(-y.min(), 0)),
            "valid_roi": np.ones(n, dtype=bool),
            "x": boxes[:, 1],
            "y": boxes[:, 0],
        }
    )


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Top, left, height and width of a mask."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    return top, left, int(rows[-1]) - top + 1, int(columns[-1]) - left + 1


def _mask_image_planes(masks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The mask image plane of each ROI: 1 if it overlaps an earlier one, else 0."""
    taken = np.zeros(masks.shape[1:], dtype=bool)
    planes = np.zeros(len(masks), dtype=np.int64)
    for i, mask in enumerate(masks):
        planes[i] = int((taken & mask).any())
        taken |= mask
    return planes
