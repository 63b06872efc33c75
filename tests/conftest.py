"""Fixtures for every test: the small release and, where it is there, the reference material."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.support.build_once import build_once
from tests.support.reference import shared
from tests.support.scheduling import SharedInOneProcess
from tests.support.small_release import write_small_release

# a busy machine is no counterexample
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedInOneProcess:
    """Run the tests that share something in one process."""
    return SharedInOneProcess(config, log)


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting of the user's reaches the tests, and nothing of theirs the user's folders."""
    with pytest.MonkeyPatch.context() as environment:
        for setting in Settings.model_fields:
            environment.delenv(f"VBDASH_{setting.upper()}", raising=False)
        environment.setenv("VBDASH_OFFLINE", "1")  # no test asks the public store
        environment.setenv("VBDASH_WORK_DIR", str(tmp_path_factory.mktemp("work")))
        yield


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache directory of a small demo release, one for all test processes of this run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return build_once(folder / "small-release", write_small_release)


@pytest.fixture(scope="session")
def small_cache(small_release: Path) -> VisualBehaviorOphysProjectCache:
    """The small release, opened."""
    return VisualBehaviorOphysProjectCache.from_local_cache(small_release)


@pytest.fixture(scope="session")
def small_experiment(small_cache: VisualBehaviorOphysProjectCache) -> Path:
    """The NWB file of one imaging plane of the small release."""
    return small_cache.path_of("experiment", min(small_cache.available("experiment")))


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
