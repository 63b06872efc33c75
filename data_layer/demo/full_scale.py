"""Builds one experiment of released size: 200 cells, 31 Hz, 75 minutes, full-size pictures."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data_layer.demo.mice import SLC17A7
from data_layer.demo.ophys.cells import cells_of_the_day
from data_layer.demo.ophys.imaging import TRACES, fill_plane, ophys_timestamps
from data_layer.demo.plan import demo_plan
from data_layer.demo.recording import simulate_recording
from data_layer.demo.sessions import Container, PlanePlan, Schedule, SessionPlan
from data_layer.demo.writing.ophys import write_behavior_ophys_experiment
from data_layer.ending import half_built

N_CELLS = 200

OnProgress = Callable[[str, int, int], None]

_SCHEDULE = Schedule(task=3600, gray_before=300, gray_after=300, movie_repeats=10)
_CONTAINER = Container(1213508846, "VISp", 175, N_CELLS, found_share=1.0)
_PLANE = PlanePlan(1213877420, _CONTAINER, 175)


def full_scale_plan() -> SessionPlan:
    """The session of the full-scale experiment."""
    first = next(s for s in demo_plan() if s.mouse == SLC17A7 and s.planes)
    return replace(
        first,
        behavior_session_id=1213877001,
        ophys_session_id=1213876880,
        project_code="VisualBehavior",
        equipment_name="CAM2P.4",
        schedule=_SCHEDULE,
        planes=(_PLANE,),
        imaging_plane_group_count=0,
        frame_rate=30.95,
        field_of_view=(512, 447),
        picture_shape=(1200, 1920),
    )


def build_full_scale_experiment(
    folder: Path, *, on_progress: OnProgress | None = None, plan: SessionPlan | None = None
) -> Path:
    """Write the experiment into ``folder``, unless it exists, and return its NWB file.

    Traces are simulated cell by cell into temporary files, from which the NWB file is written, so
    that they need not fit into memory. The NWB file takes 1.2 GB; building it needs as much again.

    Args:
        folder: the folder of the file, which is created if it does not exist.
        on_progress: called with a step's name, the number of steps done and their total.
        plan: a session of one plane to simulate instead of the full-scale one.
    """
    plan = plan or full_scale_plan()
    path = folder / f"behavior_ophys_experiment_{plan.planes[0].ophys_experiment_id}.nwb"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".full-scale-", dir=folder))
    try:
        with half_built(part):
            _write(part / path.name, plan, part, on_progress or (lambda what, done, total: None))
        (part / path.name).rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return path


def _write(path: Path, plan: SessionPlan, scratch: Path, on_progress: OnProgress) -> None:
    (plane_plan,) = plan.planes
    recording = simulate_recording(plan)
    n_cells = len(cells_of_the_day(plane_plan, plan.mouse))
    n_steps = n_cells + 2
    on_progress("behavior", 1, n_steps)
    shape = len(ophys_timestamps(recording, plane_plan)), n_cells
    traces = {name: _on_disk(scratch / f"{name}.raw", shape) for name in TRACES}
    plane = fill_plane(
        recording, plane_plan, traces, lambda done: on_progress("cells", 1 + done, n_steps)
    )
    write_behavior_ophys_experiment(path, recording, plane)
    on_progress("file", n_steps, n_steps)


def _on_disk(path: Path, shape: tuple[int, int]) -> NDArray[np.float64]:
    return np.memmap(path, dtype=np.float64, mode="w+", shape=shape)
