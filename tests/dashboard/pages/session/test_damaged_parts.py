"""A damaged part of a file is told as damage, and costs its part of the page only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.pages.session.attributes.attribute_list import options
from dashboard.pages.session.attributes.attribute_preview import preview
from dashboard.pages.session.first_view import first_cells
from dashboard.pages.session.recording import Recording
from dashboard.urls import EVENT_OPTIONS, Address, ViewState
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
ASKED = VALUES | {
    "trials-outcomes.value": ["hit", "miss", "false_alarm", "correct_reject", "auto_rewarded"],
    "tabs.active_tab": "cells",
    "window.data": {"start": 20.0, "stop": 40.0},
}
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
    assert "cell_specimen_table cannot be read" in text(lines["unreadable"])


@pytest.mark.parametrize(
    ("inside", "part"),
    [
        ("processing/licking", "licks"),
        ("processing/running/speed", "running"),
        ("acquisition/EyeTracking", "eye"),
        ("intervals/trials", "trials"),
        (SEGMENTATION, "planes"),
    ],
)
def test_a_part_that_cannot_be_read_costs_the_replay_that_part_only(
    damaged_ask: Callable[[str], Asked], inside: str, part: str
) -> None:
    ask = damaged_ask(inside)
    facts = answered(ask, "replay-facts.data", "replay")["replay-facts"]["data"]
    assert [len(facts["planes"]), len(facts["problems"])] == [part != "planes", part == "planes"]
    block = ask.client.get(f"/replay/experiment/{EXPERIMENT}?start=20").json
    assert block["unreadable"] == ([] if part == "planes" else [part])
    lost = {name for name, found in block.items() if found is None}
    assert lost == ({part} - {"planes"})
    assert ("problem" in block["planes"][0]) == (part == "planes")


def test_licks_that_cannot_be_read_leave_the_raster_of_trials(
    damaged_ask: Callable[[str], Asked],
) -> None:
    answer = answered(damaged_ask("processing/licking"), "trials-figure.data", "trials")
    assert len(answer["trials-figure"]["data"]["layout"]["meta"]["change_time"]) > 5
    assert answer["trials-note"]["children"][0].startswith("licks cannot be read")


def test_rewards_that_cannot_be_read_leave_trials_and_rolling_performance(
    damaged_ask: Callable[[str], Asked],
) -> None:
    ask = damaged_ask("processing/rewards/volume")
    trials = answered(ask, "trials-figure.data", "trials")
    assert "rewards cannot be read" in "".join(trials["trials-note"]["children"])
    performance = answered(ask, "performance-figure.data", "performance")
    assert performance["performance-figure"]["data"]["data"]
    assert "No metrics: rewards cannot be read" in text(
        performance["performance-metrics"]["children"]
    )


def test_dff_that_cannot_be_read_leaves_the_table_of_cells_and_a_selected_cell(
    damaged_ask: Callable[[str], Asked],
) -> None:
    ask = damaged_ask("processing/ophys/dff")
    cells = answered(ask, "cells-table.columnDefs", "cells")
    assert {"cell_specimen_id", "mask_area"} <= {*cells["cells-columns"]["data"]}
    assert "dff_traces cannot be read" in cells["cells-note"]["children"]


def test_responses_that_cannot_be_read_leave_the_first_cell_selected(damaged: Path) -> None:
    blot(damaged, "processing/ophys/dff/traces/data")
    with open_session(damaged) as session:
        store = SessionStore(session)
        recording = Recording(SOURCE, store, (store,))
        assert first_cells(recording, ViewState()) == [next(iter(store.cell_names.values()))]


def test_trials_that_cannot_be_read_leave_the_blocks_and_the_eye(
    damaged_ask: Callable[[str], Asked],
) -> None:
    ask = damaged_ask("intervals/trials")
    figure = answered(ask, "navigator-graph.figure", "navigator")["navigator-graph"]["figure"]
    words = [one["text"] for one in figure["layout"]["annotations"]]
    assert any(word.startswith("trials cannot be read") for word in words)
    assert figure["data"][0]["name"] == "gray screen"
    assert answered(ask, "eye-body.children", "eye")["eye-body"]["children"]


def test_trials_that_cannot_be_read_leave_the_events_without_their_groups(
    damaged_ask: Callable[[str], Asked],
) -> None:
    options = {f"option-{name}.value": value for name, value in EVENT_OPTIONS.items()}
    chosen = options | {"option-of.value": "population", "tabs.active_tab": "events"}
    values = ASKED | chosen | {"selection.data": {"cells": []}}
    ask = damaged_ask("intervals/trials")
    answer = ask("events-graph.figure", "address.data", values).json["response"]
    assert answer["panel-events"]["data-state"] == "ready"
    assert answer["events-graph"]["figure"]["data"]
    assert "not split: trials cannot be read" in text(answer["events-note"]["children"])


def test_running_that_cannot_be_read_leaves_the_eye(damaged_ask: Callable[[str], Asked]) -> None:
    eye = answered(damaged_ask("processing/running"), "eye-body.children", "eye")
    assert "frame" in text(eye["eye-body"]["children"])


def answered(ask: Asked, output: str, panel: str) -> Any:
    """The answer of a panel that is ready."""
    answer = ask(output, "address.data", ASKED).json["response"]
    assert answer[f"panel-{panel}"]["data-state"] == "ready"
    return answer
