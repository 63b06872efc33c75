"""Fixtures for every test: the small release and, where it is there, the reference material."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.build_once import build_once
from tests.reference import shared


@pytest.fixture(scope="session")
def reference_files(pytestconfig: pytest.Config) -> Path:
    """The folder of the unpacked reference NWB files (410 MB, unpacked once per checkout)."""
    unpack = shared("tools/unpack_reference.py")

    def build(folder: Path) -> None:
        subprocess.run([sys.executable, unpack, folder], check=True, stdout=subprocess.DEVNULL)

    assert pytestconfig.cache is not None
    return build_once(pytestconfig.cache.mkdir("reference") / "nwb", build)


@pytest.fixture(scope="session")
def reference_experiment(reference_files: Path) -> Path:
    """A real 75-minute behaviour with simulated imaging of 12 cells and eye tracking."""
    return reference_files / "behavior_ophys_experiment_951980471.nwb"


@pytest.fixture(scope="session")
def reference_behavior(reference_files: Path) -> Path:
    """A real 75-minute training session."""
    return reference_files / "behavior_session_891635659.nwb"


@pytest.fixture(scope="session")
def reference_tables() -> Path:
    """The folder of the (nearly) released metadata tables; there is no table of cells."""
    return shared("reference/project_metadata")
