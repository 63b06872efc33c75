"""The trials panel's callback: raster and table hold the session's trials."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.app import create_app
from dashboard.figures.lick_raster import LANES
from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.support.nwb_files import remove, write_behavior, write_experiment

ADDRESS = {"kind": "experiment", "id": EXPERIMENT}


@pytest.fixture
def session(experiment_file: Path) -> Iterator[BehaviorOphysExperiment]:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        yield session


def answer_of(ask: Asked, changed: str = "address.data", **values: Any) -> dict[str, Any]:
    known = {
        "address.data": ADDRESS,
        "trials-outcomes.value": list(LANES),
        "trials-order.value": "time",
        "trials-view.value": "raster",
    }
    changes = {name.replace("__", "-", 1).replace("_", ".", 1): v for name, v in values.items()}
    return ask("trials-figure.data", changed, known | changes).json["response"]


def opened(path: Any, tmp_path: Any) -> Asked:
    return Asked(create_app(SingleFile(path), Settings(work_dir=tmp_path)))


def test_the_raster_comes_with_counts_and_says_what_is_left_out(
    ask: Asked, session: BehaviorOphysExperiment
) -> None:
    answer = answer_of(ask)
    trials = session.trials
    counts = {o["value"]: o["label"] for o in answer["trials-outcomes"]["options"]}
    assert tuple(counts) == LANES
    for outcome in LANES:
        n = counts[outcome]["props"]["children"][-1]["props"]["children"]
        assert int(n) == trials[outcome].sum()
    assert answer["panel-trials"]["data-state"] == "ready"
    n_aborted = int(trials["aborted"].sum())
    assert n_aborted
    assert f" {n_aborted} aborted" in answer["trials-note"]["children"][0]
    rows = answer["trials-figure"]["data"]["layout"]["meta"]["change_time"]
    assert rows == trials["change_time"].dropna().tolist()


def test_a_switched_off_outcome_has_no_rows(ask: Asked, session: BehaviorOphysExperiment) -> None:
    answer = answer_of(ask, "trials-outcomes.value", trials__outcomes_value=["miss"])
    rows = answer["trials-figure"]["data"]["layout"]["meta"]["change_time"]
    assert rows == session.trials.query("miss")["change_time"].tolist()
    assert "trials-columns" not in answer


def test_the_table_comes_when_it_is_looked_at_with_every_column(
    ask: Asked, session: BehaviorOphysExperiment
) -> None:
    assert "trials-columns" not in answer_of(ask)
    answer = answer_of(ask, "trials-view.value", trials__view_value="table")
    assert "trials-figure" not in answer
    columns, trials = answer["trials-columns"]["data"], session.trials
    assert columns["trials_id"] == trials.index.tolist()
    assert {*trials.columns, "outcome", "trial_type", "n_licks"} <= set(columns)
    assert columns["n_licks"] == [len(times) for times in trials["lick_times"]]
    assert columns["lick_times"] == [times.tolist() for times in trials["lick_times"]]
    latency = [float("nan") if v is None else float(v) for v in columns["response_latency"]]
    np.testing.assert_array_equal(latency, trials["response_latency"])
    described = answer["trials-table-box"]["children"]["props"]["columnDefs"]
    assert [one["field"] for one in described] == list(columns)
    assert all(len(one["headerTooltip"]) > 10 for one in described)


def test_a_passive_session_says_why_there_are_no_licks(tmp_path: Path) -> None:
    path = write_experiment(tmp_path, session_type="OPHYS_2_images_A_passive")
    answer = answer_of(opened(path, tmp_path))
    assert answer["trials-note"]["children"][0].startswith("Passive session")
    assert answer["panel-trials"]["data-state"] == "ready"


def test_a_behaviour_session_has_its_raster_too(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    with BehaviorSession.from_nwb_path(path) as session:
        id_, changes = session.behavior_session_id, session.trials["change_time"].dropna()
    answer = answer_of(opened(path, tmp_path), address_data={"kind": "behavior", "id": id_})
    rows = answer["trials-figure"]["data"]["layout"]["meta"]["change_time"]
    assert rows == changes.tolist()


def test_without_trials_the_panel_is_empty_and_says_why(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "intervals/trials")
    answer = answer_of(opened(path, tmp_path))
    assert answer["panel-trials"]["data-state"] == "empty"
    assert "trials" in answer["message-trials"]["children"]
