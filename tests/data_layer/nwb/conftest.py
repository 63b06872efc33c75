"""One small experiment, read by many tests and changed by none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_layer import BehaviorOphysExperiment
from tests.support.nwb_files import as_first_release, write_experiment
from tests.support.tiny_session import TinySession
from tests.support.tiny_task import Plan


@pytest.fixture(scope="session")
def truth() -> TinySession:
    """What the experiment's file was written from."""
    return TinySession(Plan())


@pytest.fixture(scope="session")
def experiment_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("experiment"))


@pytest.fixture(scope="session")
def old_experiment_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_first_release(write_experiment(tmp_path_factory.mktemp("first_release")))


@pytest.fixture
def experiment(experiment_file: Path) -> Iterator[BehaviorOphysExperiment]:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        yield session


@pytest.fixture
def old_experiment(old_experiment_file: Path) -> Iterator[BehaviorOphysExperiment]:
    with BehaviorOphysExperiment.from_nwb_path(old_experiment_file) as session:
        yield session
