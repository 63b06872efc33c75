"""The planted bad session fails the planted checks where they were planted; others fail none."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_layer import open_session
from data_layer.demo.ophys.imaging import simulate_plane
from data_layer.demo.recording import simulate_recording
from data_layer.demo.sessions import SessionPlan
from data_layer.demo.writing.behavior import write_behavior_session
from data_layer.demo.writing.ophys import write_behavior_ophys_experiment
from data_layer.quality.checks.check import Check
from data_layer.quality.session_checks import quality
from data_layer.store.session_store import SessionStore
from tests.data_layer.demo.conftest import FAULTY, PASSIVE, TRAINING

PLANTED = {"motion_jump", "encoder_jumps"}


def checks_of(path: Path) -> tuple[tuple[Check, ...], float]:
    """The checks of a file, and when its first monitor frame was."""
    with open_session(path) as session:
        return quality(SessionStore(session)), float(session.stimulus_timestamps[0])


def write(plan: SessionPlan, folder: Path) -> Path:
    recording, path = simulate_recording(plan), folder / "session.nwb"
    if plan.planes:
        write_behavior_ophys_experiment(path, recording, simulate_plane(recording, plan.planes[0]))
    else:
        write_behavior_session(path, recording)
    return path


def test_the_faulty_session_fails_what_was_planted(tmp_path: Path) -> None:
    checks, start = checks_of(write(FAULTY, tmp_path))
    fails = {check.name: check for check in checks if check.verdict == "fail"}
    assert set(fails) == PLANTED
    fault = FAULTY.fault
    assert fault is not None
    assert fails["motion_jump"].at == pytest.approx(start + fault.motion_jump_at, abs=0.2)
    leaped = fails["encoder_jumps"].at
    assert leaped is not None
    assert fault.encoder_jumps_from <= leaped - start <= fault.encoder_jumps_until


@pytest.mark.parametrize("plan", [PASSIVE, TRAINING], ids=["passive", "training"])
def test_sound_sessions_fail_nothing(plan: SessionPlan, tmp_path: Path) -> None:
    assert not [c for c in checks_of(write(plan, tmp_path))[0] if c.verdict == "fail"]


def test_an_active_session_fails_nothing(experiment_file: Path) -> None:
    assert not [c for c in checks_of(experiment_file)[0] if c.verdict == "fail"]
