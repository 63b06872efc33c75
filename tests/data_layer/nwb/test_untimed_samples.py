"""Samples without a time are counted as such, and make no other check of a clock fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.quality.session_checks import quality
from data_layer.store.session_store import SessionStore
from tests.support.faulty_files import at, edit

pytestmark = pytest.mark.fault
opened = BehaviorOphysExperiment.from_nwb_path

RUNNING, STIMULUS = "processing/running/speed", "processing/stimulus/timestamps"
LICKS = "processing/licking/licks"
EYE, DFF = "acquisition/EyeTracking/eye_tracking", "processing/ophys/dff/traces"


@pytest.fixture
def path(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be changed."""
    copy = tmp_path / experiment_file.name
    copy.write_bytes(experiment_file.read_bytes())
    return copy


@pytest.mark.parametrize("unknown", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("index", [0, 700, slice(700, 900), -1])
@pytest.mark.parametrize(
    ("clock", "checks"),
    [
        (f"{RUNNING}/timestamps", ("running_order", "running_gap")),
        (f"{STIMULUS}/timestamps", ("stimulus_order", "stimulus_gap")),
        (f"{EYE}/timestamps", ("eye_order", "eye_gap")),
        (f"{DFF}/timestamps", ("ophys_order", "ophys_gap")),
    ],
)
def test_a_sample_without_a_time_is_no_step_back_and_no_gap(
    path: Path, clock: str, checks: tuple[str, str], index: Any, unknown: float
) -> None:
    edit(clock, at(index, unknown))(path)
    with opened(path) as session:
        found = {check.name: check for check in quality(SessionStore(session))}
    assert found[checks[0]].value == 0
    assert found[checks[1]].value == pytest.approx(0, abs=0.5)
    assert found["untimed_samples"].value == (200 if isinstance(index, slice) else 1)


def test_licks_without_a_time_are_no_steps_back(path: Path) -> None:
    edit(f"{LICKS}/timestamps", at([0, 3, -1], [np.nan, np.inf, np.nan]))(path)
    with opened(path) as session:
        found = {check.name: check for check in quality(SessionStore(session))}
    assert found["lick_order"].value == 0
