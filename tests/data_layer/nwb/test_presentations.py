"""Stimulus presentations of every kind of session."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession, open_session
from tests.support.nwb_files import remove, replace, write_behavior, write_session
from tests.support.tiny_session import TinySession
from tests.support.tiny_task import GRATINGS, Plan
from tests.support.writable import writable

FIRST_COLUMNS = [
    *("stimulus_block", "stimulus_block_name", "image_index", "image_name", "movie_frame_index"),
    *("duration", "start_time", "end_time", "start_frame", "end_frame", "is_change"),
    *("is_image_novel", "omitted", "movie_repeat", "flashes_since_change", "trials_id"),
]
TASK = "intervals/Natural_Images_Lum_Matched_set_training_2017_presentations"
OTHER_COLUMNS = {"active", "stimulus_name", "is_sham_change"}


def test_columns_are_allensdks(experiment: BehaviorOphysExperiment) -> None:
    columns = list(experiment.stimulus_presentations.columns)
    assert columns[:16] == FIRST_COLUMNS
    assert set(columns[16:]) == OTHER_COLUMNS
    assert experiment.stimulus_presentations.index.name == "stimulus_presentations_id"


def test_rows_of_all_tables_are_there_in_order_of_time(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    read, written = experiment.stimulus_presentations, truth.presentations
    assert len(read) == len(written)
    assert read["start_time"].is_monotonic_increasing
    for name in (
        "start_time",
        "start_frame",
        "end_frame",
        "duration",
        "trials_id",
        "stimulus_name",
        "image_index",
        "movie_frame_index",
        "movie_repeat",
        "stimulus_block",
        "stimulus_block_name",
        "active",
        "is_sham_change",
    ):
        assert read[name].tolist() == written[name].tolist(), name
    assert read["end_time"].tolist() == written["stop_time"].tolist()
    assert read["image_name"].fillna("").tolist() == written["image_name"].fillna("").tolist()


def test_yes_and_no_may_be_unknown(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    omitted = experiment.stimulus_presentations["omitted"]
    assert omitted.dtype == "boolean"
    assert omitted.isna().tolist() == truth.presentations["omitted"].isna().tolist()
    assert omitted.fillna(False).tolist() == truth.presentations["omitted"].eq(1).tolist()


def test_changes_are_those_of_the_task(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    table = experiment.stimulus_presentations
    changed = table[table["is_change"]]
    written = truth.trials[truth.trials["is_change"]]
    assert changed["start_frame"].tolist() == written["change_frame"].tolist()
    assert changed["image_name"].tolist() == written["change_image_name"].tolist()
    assert (changed["flashes_since_change"] == 0).all()


def test_change_times_equal_the_trials(experiment: BehaviorOphysExperiment) -> None:
    table, trials = experiment.stimulus_presentations, experiment.trials
    changes = table.loc[table["is_change"], "start_time"].to_numpy()
    np.testing.assert_array_equal(changes, trials.loc[trials["is_change"], "change_time"])
    assert experiment.presentation_lag == 0.0


@pytest.mark.parametrize("missing", ["active", "trials_id", "is_sham_change"])
def test_what_depends_on_trials_is_computed_where_it_is_not_stored(
    tmp_path: Path, missing: str
) -> None:
    path = write_behavior(tmp_path)
    with BehaviorSession.from_nwb_path(path) as session:
        stored = session.stimulus_presentations[missing].tolist()
    with writable(path) as file:
        table = file[TASK]
        table.attrs["colnames"] = [n for n in table.attrs["colnames"] if n != missing]
    with BehaviorSession.from_nwb_path(path) as session:
        assert session.stimulus_presentations[missing].tolist() == stored


def test_presentations_do_without_trials(tmp_path: Path) -> None:
    path = remove(write_behavior(tmp_path), "intervals/trials")
    with BehaviorSession.from_nwb_path(path) as session:
        assert session.stimulus_presentations["is_change"].any()


@pytest.mark.parametrize(
    "session_type", ["TRAINING_0_gratings_autorewards_15min", "TRAINING_1_gratings"]
)
def test_gratings(tmp_path: Path, session_type: str) -> None:
    plan = Plan(session_type=session_type, eye_tracking=False)
    with open_session(write_session(tmp_path, session_type=session_type)) as session:
        table = session.stimulus_presentations
        assert set(table["image_name"]) <= set(GRATINGS)
        assert table["orientation"].tolist() == [
            float(n.split("_")[1]) for n in table["image_name"]
        ]
        assert table["stimulus_name"].unique().tolist() == ["grating"]
        assert table["is_change"].sum() == TinySession(plan).trials["is_change"].sum()
        assert np.isnan(session.task_parameters["stimulus_duration_sec"])
        assert session.task_parameters["image_set"] == "gratings"
        assert session.stimulus_templates.loc[GRATINGS[1], "unwarped"].dtype == np.float32


def test_text_that_does_not_apply_is_empty(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    name = f"{TASK}/stimulus_block_name"
    with BehaviorSession.from_nwb_path(path) as session:
        n_rows = len(session.stimulus_presentations)
    replace(path, name, ["N/A", *["change_detection_behavior"] * (n_rows - 1)])
    with BehaviorSession.from_nwb_path(path) as session:
        names = session.stimulus_presentations["stimulus_block_name"]
        assert names.iloc[0] == ""
        assert set(names.iloc[1:]) == {"change_detection_behavior"}


def test_indices_are_numbers_although_they_could_be_yes_and_no(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    with BehaviorSession.from_nwb_path(path) as session:
        n_rows = len(session.stimulus_presentations)
    replace(path, f"{TASK}/image_index", [np.nan, *np.arange(n_rows - 1) % 2.0])
    with BehaviorSession.from_nwb_path(path) as session:
        indices = session.stimulus_presentations["image_index"]
        assert indices.dtype == np.int64
        assert indices.tolist() == [-99, *(np.arange(n_rows - 1) % 2).tolist()]
