"""What was planted into the small release is found again; the numbers are those of the traces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_layer import open_session
from data_layer.around_events.response_table import response_table
from data_layer.around_events.times import event_times
from data_layer.prepared.reader import PreparedStore
from data_layer.preparing.build import build_store
from data_layer.store.session_store import SessionStore
from tests.support import prepared, recordings


@pytest.fixture(scope="module")
def planted(small_release: Path, small_experiment: Path) -> pd.DataFrame:
    """The response table of one plane, each cell with what it was planted as."""
    truth = json.loads((small_release / "planted_truth.json").read_text())["experiments"]
    with recordings.opened(small_experiment) as store:
        table = response_table(store)
        cells = pd.DataFrame(truth[str(store.ophys_experiment_id)])
    cells = cells.rename(columns={"preferred_image": "planted_image"})
    return table.merge(cells[cells["is_planted"]], on="cell_roi_id").set_index("role")


def test_the_change_cell_comes_out_as_such(planted: pd.DataFrame) -> None:
    cell = planted.loc["change"]
    assert cell["p_change"] < 0.01
    assert cell["change_response"] == planted["change_response"].max()
    assert cell["change_modulation"] > 0.5
    assert cell["p_omission"] > 0.01


def test_the_omission_cell_comes_out_as_such(planted: pd.DataFrame) -> None:
    cell = planted.loc["omission"]
    assert cell["p_omission"] < 0.01
    assert cell["omission_response"] == planted["omission_response"].max()
    assert cell["omission_modulation"] > 0.5
    assert cell["p_change"] > 0.01


def test_the_running_cell_comes_out_as_such(planted: pd.DataFrame) -> None:
    assert planted["running_correlation"].idxmax() == "running"
    assert planted.loc["running", "running_correlation"] > 0.4


def test_image_cells_prefer_their_image(planted: pd.DataFrame) -> None:
    images = planted.loc[["image"]]
    assert len(images)
    assert (images["preferred_image"] == images["planted_image"]).all()
    assert (images["lifetime_sparseness"] > 0.5).all()
    assert images["reliability"].min() > planted.drop("image")["reliability"].max()


def test_a_mean_response_is_that_of_the_frames_around_each_event(small_experiment: Path) -> None:
    with recordings.opened(small_experiment) as store:
        table = response_table(store)
        clock = store.activity("dff").times
        trace = store.experiment.traces_matrix("dff").read()[:, 2]
        found = []
        for event in event_times(store, "omission").times:
            if event - 0.5 < clock[0] or event + 0.75 > clock[-1]:
                continue
            after = trace[(clock >= event) & (clock < event + 0.75)]
            before = trace[(clock >= event - 0.5) & (clock < event)]
            found.append(after.mean() - before.mean())
        assert table.loc[2, "omission_response"] == pytest.approx(np.mean(found))
        speed = np.interp(clock, *store.samples("running_speed"))
        expected = np.corrcoef(speed, trace)[0, 1]
        assert table.loc[2, "running_correlation"] == pytest.approx(expected, abs=1e-3)


def test_from_the_response_to_an_image_nothing_is_taken(small_experiment: Path) -> None:
    """Flashes follow each other: a baseline would be the answer to the flash before."""
    with recordings.opened(small_experiment) as store:
        clock, image = store.activity("dff").times, store.image_names[0]
        trace = store.experiment.traces_matrix("dff").read()[:, 2]
        flashes = event_times(store, f"image:{image}").times
        found = [
            trace[(clock >= t) & (clock < t + 0.5)].mean()
            for t in flashes
            if clock[0] <= t and t + 0.5 <= clock[-1]
        ]
        table = response_table(store)
        assert table.loc[2, f"response_{image}"] == pytest.approx(np.mean(found))


@pytest.mark.parametrize("signal", prepared.ACTIVITIES)
def test_a_prepared_store_gives_the_same_numbers(
    small_experiment: Path, tmp_path: Path, signal: Any
) -> None:
    with open_session(small_experiment) as session:
        folder = tmp_path / "store"
        folder.mkdir()
        build_store(SessionStore(session), folder, "state")
        expected = response_table(SessionStore(session), signal)
        found = response_table(SessionStore(session, PreparedStore(str(folder))), signal)
    pd.testing.assert_frame_equal(found, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("kind", ["one cell", "passive", "no eye tracking", "gaps in everything"])
def test_every_kind_of_session_has_a_table(kind: str, tmp_path: Path) -> None:
    with recordings.opened(prepared.write(kind, tmp_path)) as store:
        table = response_table(store)
        assert len(table) == len(store.activity("dff").matrix.cell_roi_ids)
        assert table["pupil_correlation"].isna().all() == (kind == "no eye tracking")
