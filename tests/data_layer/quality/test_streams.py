"""A stream that cannot be read fails a check that names it, prepared or not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data_layer import open_session
from data_layer.preparing.shelf import Shelf
from data_layer.quality.checks.check import Check
from data_layer.quality.session_checks import quality
from data_layer.store.session_store import SessionStore
from tests.support.damage import blot
from tests.support.nwb_files import write_experiment

pytestmark = pytest.mark.fault

OPHYS = "processing/ophys"
STREAMS = {
    "processing/licking": "Licks",
    "processing/rewards/volume": "Rewards",
    "processing/running/speed": "running_speed",
    "processing/running/speed_unfiltered": "raw_running_speed",
    "processing/eye_tracking_rig_metadata": "eye_tracking_rig_geometry",
    "acquisition/EyeTracking": "eye_tracking",
    "intervals/trials": "Trials",
    "general/task_parameters": "task_parameters",
    "stimulus/templates": "stimulus_templates",
    f"{OPHYS}/dff": "dff_traces",
    f"{OPHYS}/neuropil_trace": "neuropil_traces",
    f"{OPHYS}/image_segmentation": "cell_specimen_table",
    f"{OPHYS}/images/max_projection": "max_projection",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("sound"), n_cells=3)


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(sound, tmp_path / sound.name))


def checks_of(path: Path) -> dict[str, Check]:
    with open_session(path) as session:
        return {check.name: check for check in quality(SessionStore(session))}


@pytest.mark.parametrize("inside", STREAMS)
def test_a_stream_that_cannot_be_read_fails_a_check_that_names_it(path: Path, inside: str) -> None:
    blot(path, inside)
    check = checks_of(path)["unreadable"]
    assert check.verdict == "fail"
    assert f"{STREAMS[inside]} cannot be read" in check.note
    assert str(path.parent) not in check.note


@pytest.mark.parametrize("inside", ["processing/licking", f"{OPHYS}/dff"])
def test_damage_and_what_is_left_out_are_counted_alike_prepared_and_not(
    path: Path, inside: str
) -> None:
    blot(path, inside)
    with open_session(path) as session:
        first = {check.name: check for check in quality(SessionStore(session))}
    shelf = Shelf(path.parent / "store", 10**9)
    shelf.prepare(path)
    row = shelf.summaries().iloc[0]
    for name in ("unreadable", "left_out"):
        assert row[f"value_{name}"] == first[name].value
    assert row["verdict_unreadable"] == "fail"


def test_a_stream_that_was_read_before_leaves_out_no_more_than_one_that_was_not(path: Path) -> None:
    blot(path, f"{OPHYS}/dff/traces/rois")
    fresh = checks_of(path)["left_out"]
    with open_session(path) as session:
        store = SessionStore(session)
        for name in ("neuropil", "demixed", "corrected_fluorescence"):
            store.activity(name)
        read_before = {check.name: check for check in quality(store)}["left_out"]
    assert fresh.value == read_before.value
    assert fresh.value
