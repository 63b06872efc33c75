"""The details panel: every key, every attribute, what is in the file and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.pages.session.attributes.attribute_list import options
from dashboard.pages.session.attributes.attribute_preview import preview
from dashboard.pages.session.attributes.key_table import keys_of, value_text
from dashboard.urls import Address
from dashboard.vocabulary import ATTRIBUTES
from data_layer.store.session_store import SessionStore
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.dashboard.pages.session.reading import having, text
from tests.support.nwb_files import remove
from tests.support.recordings import opened, write

SOURCE = Address("experiment", 5)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with opened(write("imaging", tmp_path_factory.mktemp("details"))) as store:
        yield store


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with opened(write("training", tmp_path_factory.mktemp("details"))) as store:
        yield store


def size(store: SessionStore, name: str) -> str:
    option = next(option for option in options(store) if option["value"] == name)
    return text(having(option["label"], "className", "attribute-size"))


def test_every_key_is_shown_with_its_value_and_meaning(store: SessionStore) -> None:
    words = text(keys_of(store))
    for name in ("metadata", "task_parameters"):
        for key, value in getattr(store.session, name).items():
            assert f"{key} " in words
            assert value_text(key, value) in words
            assert ATTRIBUTES[name].columns[key].explanation in words
    assert "formerly experiment_container_id" in words
    assert "900000001" in words


def test_absent_parameters_do_not_hide_the_metadata(tmp_path: Path) -> None:
    with opened(remove(write("imaging", tmp_path), "general/task_parameters")) as store:
        words = text(keys_of(store))
    assert "has no task_parameters" in words
    assert "mouse_id" in words


def test_every_attribute_is_listed_with_its_size(store: SessionStore) -> None:
    assert [option["value"] for option in options(store)] == list(ATTRIBUTES)
    n = len(store.session.licks)
    assert size(store, "licks") == f"{n:,} rows × 2 columns"
    assert size(store, "max_projection") == "40 × 36 px"
    assert size(store, "metadata") == f"{len(store.session.metadata)} keys"
    frames = len(store.session.ophys_timestamps)
    assert size(store, "events") == f"4 cells × {frames:,} frames"


def test_a_word_finds_the_attribute_that_has_it_as_a_column(store: SessionStore) -> None:
    words = {
        option["value"]: option["label"].to_plotly_json()["props"]["data-words"]
        for option in options(store)
    }
    assert [name for name, said in words.items() if "noise_std" in said] == ["events"]
    assert "stop_time" in words["stimulus_presentations"]


def test_what_a_behavior_session_lacks_is_listed_and_marked(training: SessionStore) -> None:
    assert size(training, "dff_traces") == "not in this file"
    assert size(training, "trials") != "not in this file"
    words = text(preview(training, Address("behavior", 5), "dff_traces", []))
    assert "without imaging" in words
    assert "Change of fluorescence" in words


@pytest.mark.parametrize("name", list(ATTRIBUTES))
def test_every_attribute_can_be_previewed(
    store: SessionStore, training: SessionStore, name: Any
) -> None:
    for one in (store, training):
        words = text(preview(one, SOURCE, name, []))
        assert ATTRIBUTES[name].explanation.split(".")[0] in words
        assert ATTRIBUTES[name].call in words


def test_columns_that_the_file_lacks_are_explained_and_marked(store: SessionStore) -> None:
    shown = preview(store, SOURCE, "stimulus_presentations", [])
    rows = {text(row).split()[0]: text(row) for row in having(shown, "data-words")}
    marked = {name for name, words in rows.items() if "Not in this file" in words}
    assert marked == {"index", "orientation", "phase", "spatial_frequency"}


def test_traces_are_those_of_the_selected_cell(store: SessionStore) -> None:
    cell = store.cells.iloc[2]
    shown = preview(store, SOURCE, "events", [12, int(cell["cell_specimen_id"])])
    assert f"cell_roi_id {cell['cell_roi_id']}" in text(shown)
    event = store.session.events.set_index("cell_roi_id").loc[cell["cell_roi_id"]]
    assert f"noise_std {event['noise_std']:.4g}" in text(shown)
    [grid] = having(shown, "rowModelType")
    assert grid.id["cell"] == cell["cell_roi_id"]
    links = [link.href for link in having(shown, "href")]
    assert f"/data/experiment/5/events.csv?cell={cell['cell_roi_id']}" in links


def test_unmatched_cells_are_found_by_their_roi(store: SessionStore) -> None:
    unmatched = store.cells[store.cells["cell_specimen_id"].isna()]["cell_roi_id"].iloc[0]
    assert f"Cell {unmatched}" in text(preview(store, SOURCE, "dff_traces", [int(unmatched)]))


def test_a_session_without_a_lick_says_that_there_is_none(tmp_path: Path) -> None:
    with opened(write("passive", tmp_path)) as store:
        assert size(store, "licks") == "0 rows × 2 columns"
        assert "none in this session" in text(preview(store, SOURCE, "licks", []))


def test_pictures_are_previewed_as_pictures(store: SessionStore) -> None:
    [picture] = having(preview(store, SOURCE, "max_projection", []), "alt")
    assert picture.src == "/picture/experiment/5/max_projection.png"


VIEW = "details-view.value"


def test_the_callbacks_fill_keys_first_and_attributes_on_demand(ask: Asked) -> None:
    address = {"kind": "experiment", "id": EXPERIMENT}
    values = {"address.data": address, "details-plane.value": "0"}
    keys = ask("details-keys.children", "address.data", values).json["response"]
    assert keys["panel-details"]["data-state"] == "ready"
    closed = ask("details-attribute.options", VIEW, values | {VIEW: "keys"})
    assert closed.json["response"]["details-attribute"]["options"] == []
    opened_ = ask("details-attribute.options", VIEW, values | {VIEW: "data"})
    listed = opened_.json["response"]["details-attribute"]["options"]
    assert len(listed) == len(ATTRIBUTES)
    shown = ask(
        "details-preview.children",
        "details-attribute.value",
        values
        | {
            "details-attribute.options": listed,
            "details-attribute.value": "licks",
            "selection.data": {"cells": []},
        },
    )
    assert "Every lick" in text(shown.json["response"]["details-preview"]["children"])
