"""CSV files of attributes: complete, in full precision, streamed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked

URL = f"/data/experiment/{EXPERIMENT}"


@pytest.fixture
def session(experiment_file: Path) -> Iterator[BehaviorOphysExperiment]:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        yield session


def csv(ask: Asked, path: str) -> pd.DataFrame:
    answer = ask.client.get(f"{URL}/{path}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return pd.read_csv(io.StringIO(answer.text))


@pytest.mark.parametrize("name", ["licks", "running_speed", "eye_tracking", "motion_correction"])
def test_a_table_comes_back_bit_for_bit(
    ask: Asked, session: BehaviorOphysExperiment, name: str
) -> None:
    table, expected = csv(ask, f"{name}.csv"), getattr(session, name)
    assert len(table) == len(expected)
    for column in expected:
        np.testing.assert_array_equal(table[column], expected[column])


def test_lists_come_as_json(ask: Asked, session: BehaviorOphysExperiment) -> None:
    table = csv(ask, "trials.csv")
    for text, expected in zip(table["lick_times"], session.trials["lick_times"], strict=True):
        assert json.loads(text) == list(expected)


def test_traces_come_with_a_column_per_cell_or_for_one_cell(
    ask: Asked, session: BehaviorOphysExperiment
) -> None:
    table, cells = csv(ask, "dff_traces.csv"), session.dff_traces
    np.testing.assert_array_equal(table["timestamps"], session.ophys_timestamps)
    for roi_id, trace in zip(cells["cell_roi_id"], cells["dff"], strict=True):
        np.testing.assert_array_equal(table[f"dff {roi_id}"], trace)
    roi_id = cells["cell_roi_id"].iloc[1]
    one = csv(ask, f"events.csv?cell={roi_id}")
    assert list(one) == ["frame", "timestamps", "events", "filtered_events"]


def test_a_file_says_what_it_is(ask: Asked) -> None:
    headers = ask.client.get(f"{URL}/licks.csv").headers
    name = f"experiment_{EXPERIMENT}_licks.csv"
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_long_table_is_streamed(ask: Asked) -> None:
    answer = ask.client.get(f"{URL}/running_speed.csv")
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/data/experiment/5/licks.csv",
        "/data/planet/5/licks.csv",
        f"{URL}/weather.csv",
        f"{URL}/dff_traces.csv?cell=12",
        f"{URL}/close.csv",
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(ask: Asked, path: str) -> None:
    answer = ask.client.get(path)
    assert answer.status_code == 404
    assert "." in answer.text
