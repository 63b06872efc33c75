"""A small demo release for the ten tasks: several mice in its tables, and a session with faults."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data_layer.demo.mice import VIP
from data_layer.demo.plan import demo_plan
from data_layer.demo.release import build_demo_release
from data_layer.demo.sessions import Fault, PlanePlan, SessionPlan
from tests.support.small_release import IMAGING

FAULTY = "OPHYS_4_images_H"
WITH_FILES = ("OPHYS_1_images_G", FAULTY)
"""The session types of the Vip mouse that have the file of one plane."""
FAULT = Fault(motion_jump_at=120.0, encoder_jumps_from=160.0, encoder_jumps_until=175.0)


def write_task_release(cache_dir: Path) -> Path:
    """Build the release, which takes some seconds; returns ``cache_dir``."""
    sessions = [_small(session) for session in demo_plan() if session.planes]
    return build_demo_release(cache_dir, sessions=sessions)


def _small(session: SessionPlan) -> SessionPlan:
    has_file = session.mouse == VIP and session.session_type in WITH_FILES

    def small(plane: PlanePlan, number: int) -> PlanePlan:
        few = replace(plane.container, n_cells=6)
        return replace(plane, container=few, on_this_machine=has_file and number == 0)

    return replace(
        session,
        schedule=IMAGING,
        planes=tuple(small(plane, number) for number, plane in enumerate(session.planes)),
        field_of_view=(96, 80),
        picture_shape=(24, 38),
        fault=FAULT if session.session_type == FAULTY else None,
    )
