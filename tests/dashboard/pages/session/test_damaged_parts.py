"""A damaged part of a file is told as damage, and costs its part of the page only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.pages.session.attributes.attribute_list import options
from dashboard.pages.session.attributes.attribute_preview import preview
from dashboard.urls import Address
from data_layer import open_session
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from data_layer.store.session_store import SessionStore
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.dashboard.pages.session.reading import get, having, text
from tests.support.damage import blot

pytestmark = pytest.mark.fault

SOURCE = Address("experiment", EXPERIMENT)
VALUES = {"address.data": {"kind": "experiment", "id": EXPERIMENT}}
SEGMENTATION = "processing/ophys/image_segmentation"


@pytest.fixture
def damaged(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be damaged."""
    return Path(shutil.copy2(experiment_file, tmp_path / experiment_file.name))


@pytest.mark.parametrize(
    ("inside", "attribute"),
    [
        ("processing/licking", "licks"),
        ("processing/rewards/volume", "rewards"),
        ("processing/ophys/dff", "dff_traces"),
        ("processing/running/speed", "running_speed"),
        ("acquisition/EyeTracking", "eye_tracking"),
        ("intervals/trials", "performance_metrics"),
        ("processing/ophys/image_segmentation", "cell_specimen_table"),
    ],
)
def test_details_tell_an_attribute_that_cannot_be_read_as_damaged(
    damaged: Path, inside: str, attribute: str
) -> None:
    blot(damaged, inside)
    with open_session(damaged) as session:
        store = SessionStore(session)
        labels = {option["value"]: text(option["label"]) for option in options(store)}
        words = text(preview(store, SOURCE, attribute, []))
    assert "cannot be read: damaged" in labels[attribute]
    assert "not in this file" not in labels[attribute]
    assert "cannot be read: " in words
    assert str(damaged.parent) not in words


@pytest.fixture
def damaged_ask(damaged: Path, tmp_path: Path) -> Callable[[str], Asked]:
    """An app over the experiment with a part damaged."""

    def made(inside: str) -> Asked:
        blot(damaged, inside)
        return Asked(create_app(SingleFile(damaged), Settings(work_dir=tmp_path / "w", prepare=0)))

    return made


@pytest.mark.parametrize("inside", [SEGMENTATION, f"{SEGMENTATION}/cell_specimen_table/valid_roi"])
def test_a_cell_table_that_cannot_be_read_costs_only_its_own_checks(
    damaged_ask: Callable[[str], Asked], inside: str
) -> None:
    answer = damaged_ask(inside)("qc-checks.children", "address.data", VALUES).json["response"]
    assert answer["panel-qc"]["data-state"] == "ready"
    lines = {get(e, "data-check"): e for e in having(answer["qc-checks"]["children"], "data-check")}
    assert get(lines["unreadable"], "data-verdict") == "fail"
    assert get(lines["running_gap"], "data-verdict") == "pass"
    assert "Cell_specimen_table cannot be read" in text(lines["unreadable"])
