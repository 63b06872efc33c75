"""The table of cells against AllenSDK's attributes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.around_events.response_table import response_table
from data_layer.store.cell_table import cell_table, dff_statistics
from data_layer.store.session_store import SessionStore
from tests.support.nwb_files import as_first_release, remove, write_experiment


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("cells"), n_cells=5, n_unmatched=2)


@pytest.fixture
def store(path: Path) -> Iterator[SessionStore]:
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        yield SessionStore(session)


def test_masks_are_counted_and_every_other_column_is_there(store: SessionStore) -> None:
    stored = store.experiment.cell_specimen_table
    table = cell_table(store)
    assert list(table["cell_roi_id"]) == list(stored["cell_roi_id"])
    assert list(table["mask_area"]) == [int(mask.sum()) for mask in stored["roi_mask"]]
    for name in set(stored) - {"roi_mask"}:
        assert table[name].tolist() == stored[name].tolist()


def test_the_brightness_is_that_of_the_average_projection_inside_the_mask(
    store: SessionStore,
) -> None:
    picture = np.asarray(store.experiment.average_projection.data, float)
    masks = store.experiment.cell_specimen_table["roi_mask"]
    found = cell_table(store)["brightness"]
    np.testing.assert_allclose(found, [picture[mask].mean() for mask in masks])


def test_the_omission_response_is_that_of_the_events_tab(store: SessionStore) -> None:
    found = cell_table(store).set_index("cell_roi_id")["omission_response"]
    known = response_table(store).set_index("cell_roi_id")["omission_response"]
    assert known.notna().any()
    np.testing.assert_allclose(found[known.index], known, rtol=1e-5, atol=1e-7)


def test_the_fits_are_those_of_the_traces(store: SessionStore) -> None:
    table = cell_table(store).set_index("cell_roi_id")
    for attribute, names in (
        ("corrected_fluorescence_traces", ("r", "RMSE")),
        ("events", ("lambda", "noise_std")),
    ):
        traces = getattr(store.experiment, attribute).set_index("cell_roi_id")
        for name in names:
            assert table[name].to_dict() == traces[name].to_dict()


def test_the_statistics_are_those_of_dff(store: SessionStore) -> None:
    statistics = dff_statistics(store)
    for _, cell_roi_id, dff in store.experiment.dff_traces.itertuples():
        found = statistics.loc[cell_roi_id]
        np.testing.assert_allclose(found["dff_mean"], dff.mean())
        np.testing.assert_allclose(found["dff_std"], dff.std())
        assert found["dff_max"] == dff.max()


def test_what_the_first_release_lacks_is_left_out(tmp_path: Path) -> None:
    path = as_first_release(write_experiment(tmp_path))
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        table = cell_table(SessionStore(session))
    assert {"lambda", "noise_std", "mask_area", "change_response"} <= set(table)
    assert not {"r", "RMSE"} & set(table)


@pytest.mark.parametrize(
    ("stream", "lacks"),
    [
        ("processing/ophys/event_detection", {"lambda", "noise_std"}),
        ("processing/ophys/dff", {"change_response", "omission_response"}),
        ("processing/ophys/images/average_image", {"brightness"}),
        (
            "processing/ophys/image_segmentation/cell_specimen_table/image_mask",
            {"mask_area", "brightness"},
        ),
    ],
)
def test_a_missing_stream_takes_only_its_own_columns(
    tmp_path: Path, stream: str, lacks: set[str]
) -> None:
    path = remove(write_experiment(tmp_path), stream)
    every = {"mask_area", "brightness", "r", "RMSE", "lambda", "noise_std"}
    every |= {"change_response", "omission_response"}
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        table = cell_table(SessionStore(session))
    assert set(table) & every == every - lacks
