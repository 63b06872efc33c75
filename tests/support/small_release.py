"""A small demo release: one mouse with all its sessions and files, but short and with few cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data_layer.demo.mice import SLC17A7
from data_layer.demo.plan import demo_plan
from data_layer.demo.release import build_demo_release
from data_layer.demo.sessions import PlanePlan, Schedule, SessionPlan

TRAINING = Schedule(task=300)
IMAGING = Schedule(task=300, gray_before=10, gray_after=10, movie_repeats=1)


def write_small_release(cache_dir: Path) -> None:
    """Build the release; this takes some seconds."""
    sessions = [_small(session) for session in demo_plan() if session.mouse == SLC17A7]
    build_demo_release(cache_dir, sessions=sessions)


def _small(session: SessionPlan) -> SessionPlan:
    return replace(
        session,
        schedule=IMAGING if session.is_imaging else TRAINING,
        planes=tuple(map(_with_few_cells, session.planes)),
        field_of_view=(96, 80),
        picture_shape=(24, 38),
    )


def _with_few_cells(plane: PlanePlan) -> PlanePlan:
    return replace(plane, container=replace(plane.container, n_cells=6))
