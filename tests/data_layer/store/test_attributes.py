"""Every attribute as rows says what the session's own attribute says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_layer.errors import StreamMissing
from data_layer.store.attributes import IMAGES, TRACES, is_stored, rows_of
from data_layer.store.session_store import SessionStore
from tests.support.nwb_files import remove
from tests.support.recordings import opened, write

TABLES = (
    "licks",
    "rewards",
    "running_speed",
    "raw_running_speed",
    "stimulus_presentations",
    "trials",
    "eye_tracking",
    "motion_correction",
)
ABSENT = {
    "running_speed": "processing/running/speed",
    "stimulus_templates": "stimulus/templates",
    "trials": "intervals/trials",
    "motion_correction": "processing/ophys/ophys_motion_correction_x",
    "max_projection": "processing/ophys/images/max_projection",
    "events": "processing/ophys/event_detection",
    "neuropil_traces": "processing/ophys/neuropil_trace",
}


@pytest.fixture(scope="module", params=["imaging", "imaging of 2021", "passive"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SessionStore]:
    with opened(write(request.param, tmp_path_factory.mktemp("contents"))) as store:
        yield store


def whole(store: SessionStore, name: str) -> pd.DataFrame:
    rows = rows_of(store, name)
    table = rows.read(0, len(rows))
    assert list(table.columns) == rows.columns
    return table


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_shown_with_every_row_and_column(store: SessionStore, name: str) -> None:
    expected = pd.DataFrame(getattr(store.session, name))
    shown = whole(store, name)
    assert len(shown) == len(expected)
    for column in expected:
        pd.testing.assert_series_equal(
            shown[column], expected[column].reset_index(drop=True), check_index=False
        )
    if expected.index.name:
        assert list(shown[expected.index.name]) == list(expected.index)


def test_presentations_bring_the_image_set_that_the_file_names(store: SessionStore) -> None:
    table = whole(store, "stimulus_presentations")
    assert set(table["image_set"].dropna()) == {
        store.session.stimulus_presentations.attrs["image_set"]
    }


@pytest.mark.parametrize("name", ["stimulus_timestamps", "ophys_timestamps"])
def test_an_array_is_shown_with_its_index(store: SessionStore, name: str) -> None:
    table = whole(store, name)
    np.testing.assert_array_equal(table[name], getattr(store.session, name))
    np.testing.assert_array_equal(table["frame"], np.arange(len(table)))


def test_performance_is_shown_per_trial(store: SessionStore) -> None:
    rolling = store.session.get_rolling_performance_df()
    pd.testing.assert_frame_equal(
        whole(store, "rolling_performance").set_index("trials_id"), rolling
    )
    rate = whole(store, "reward_rate")
    np.testing.assert_array_equal(rate["reward_rate"], store.session.get_reward_rate())
    metrics = whole(store, "performance_metrics")
    assert list(metrics["key"]) == list(store.session.get_performance_metrics())


@pytest.mark.parametrize("name", ["metadata", "task_parameters", "eye_tracking_rig_geometry"])
def test_a_dictionary_is_shown_key_by_key(store: SessionStore, name: str) -> None:
    expected = getattr(store.session, name)
    table = whole(store, name)
    assert list(table["key"]) == list(expected)
    assert list(map(str, table["value"])) == list(map(str, expected.values()))


@pytest.mark.parametrize("name", IMAGES)
def test_a_picture_is_shown_pixel_by_pixel(store: SessionStore, name: Any) -> None:
    expected = np.asarray(getattr(store.session, name))
    np.testing.assert_array_equal(whole(store, name).to_numpy(), expected)


def test_cells_come_with_the_pixels_of_their_masks(store: SessionStore) -> None:
    shown, expected = whole(store, "cell_specimen_table"), store.session.cell_specimen_table
    assert set(shown) == {*expected, "cell_specimen_id"}
    for pixels, mask in zip(shown["roi_mask"], expected["roi_mask"], strict=True):
        drawn = np.zeros_like(mask)
        drawn[tuple(pixels.T)] = True
        np.testing.assert_array_equal(drawn, mask)


def test_ids_are_shown(store: SessionStore) -> None:
    for name in ("behavior_session_id", "ophys_experiment_id", "ophys_session_id"):
        assert whole(store, name)[name].tolist() == [getattr(store.session, name)]


@pytest.mark.parametrize("name", ABSENT)
def test_an_absent_stream_is_said_to_be_absent(name: str, tmp_path: Path) -> None:
    with opened(remove(write("imaging", tmp_path), ABSENT[name])) as store:
        assert not is_stored(store, name)
        with pytest.raises(StreamMissing, match=name):
            rows_of(store, name)


def test_behavior_sessions_have_no_cells(tmp_path: Path) -> None:
    with opened(write("training", tmp_path)) as store:
        for name in (*TRACES, *IMAGES, "cell_specimen_table", "ophys_experiment_id"):
            assert not is_stored(store, name)
