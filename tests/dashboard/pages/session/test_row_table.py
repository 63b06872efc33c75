"""Long tables: the rows that a grid asks for, sorted and filtered, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.pages.session.attributes.row_table import NO_CELL, images_of, page_of, row_table
from dashboard.urls import Address
from data_layer import BehaviorOphysExperiment
from data_layer.store.attribute_rows import FrameRows
from data_layer.store.attributes import rows_of
from data_layer.store.session_store import SessionStore
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.support.nwb_files import remove
from tests.support.recordings import opened, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with opened(write("imaging", tmp_path_factory.mktemp("rows"))) as store:
        yield store


def asked(ask: Asked, table: str, request: dict[str, Any], cell: int = NO_CELL) -> Any:
    id_ = {
        "type": "rows",
        "panel": "details",
        "kind": "experiment",
        "of": EXPERIMENT,
        "table": table,
        "cell": cell,
    }
    spec = next(d for d in ask.dependencies if "getRowsResponse" in d["output"])
    name = json.dumps(id_, sort_keys=True, separators=(",", ":"))
    body = {
        "output": spec["output"],
        "outputs": {"id": id_, "property": "getRowsResponse"},
        "inputs": [{"id": id_, "property": "getRowsRequest", "value": request}],
        "state": [{"id": id_, "property": "id", "value": id_}],
        "changedPropIds": [f"{name}.getRowsRequest"],
    }
    answer = ask.client.post("/_dash-update-component", json=body)
    return answer.json["response"][name]["getRowsResponse"]


def test_the_rows_asked_for_come_with_their_number(ask: Asked, experiment_file: Path) -> None:
    page = asked(ask, "stimulus_presentations", {"startRow": 20, "endRow": 30})
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        table = session.stimulus_presentations
    assert page["rowCount"] == len(table)
    assert [row["start_time"] for row in page["rowData"]] == list(table["start_time"][20:30])
    assert [row["image_name"] for row in page["rowData"]] == list(table["image_name"][20:30])


def test_rows_are_sorted_and_filtered_before_they_are_cut(
    ask: Asked, experiment_file: Path
) -> None:
    request = {
        "startRow": 0,
        "endRow": 5,
        "sortModel": [{"colId": "start_time", "sort": "desc"}],
        "filterModel": {"is_change": {"filterType": "text", "type": "equals", "filter": "true"}},
    }
    page = asked(ask, "stimulus_presentations", request)
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        table = session.stimulus_presentations
    changes = table[table["is_change"]].sort_values("start_time", ascending=False)
    assert page["rowCount"] == len(changes)
    assert [row["start_time"] for row in page["rowData"]] == list(changes["start_time"][:5])


def test_frames_of_one_cell_are_read_by_its_id(ask: Asked, experiment_file: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        cell = session.dff_traces.iloc[2]
    page = asked(ask, "dff_traces", {"startRow": 7, "endRow": 9}, int(cell["cell_roi_id"]))
    np.testing.assert_array_equal([row["dff"] for row in page["rowData"]], cell["dff"][7:9])


def test_columns_say_what_they_are(store: SessionStore) -> None:
    grid = row_table("details", Address("experiment", 5), "trials", rows_of(store, "trials"))
    columns = {column["field"]: column for column in grid.columnDefs}
    assert list(columns) == ["trials_id", *store.trials.columns]
    assert columns["change_time"]["headerName"] == "change_time (s)"
    assert "display delay" in columns["change_time"]["headerTooltip"]
    assert columns["go"]["filter"] == "agTextColumnFilter"
    assert columns["trial_length"]["filter"] == "agNumberColumnFilter"


def test_traces_can_be_neither_sorted_nor_filtered(store: SessionStore) -> None:
    """That would read all of them."""
    cell = int(store.cells["cell_roi_id"].iloc[0])
    rows = rows_of(store, "events", cell)
    grid = row_table("details", Address("experiment", 5), "events", rows, cell_roi_id=cell)
    assert [column["field"] for column in grid.columnDefs] == [
        "frame",
        "timestamps",
        "events",
        "filtered_events",
    ]
    assert not any(column["sortable"] or column["filter"] for column in grid.columnDefs)


def test_what_json_cannot_say_is_said_otherwise() -> None:
    table = pd.DataFrame({"latency": [0.3, np.inf, np.nan], "name": ["a", None, "c"]})
    page = page_of(FrameRows.of(table), {"startRow": 0, "endRow": 3})
    assert json.loads(json.dumps(page, allow_nan=False))["rowCount"] == 3
    assert [row["latency"] for row in page["rowData"]] == [0.3, "inf", None]
    assert [row["name"] for row in page["rowData"]] == ["a", None, "c"]


def test_a_mask_is_told_by_its_size(store: SessionStore) -> None:
    page = page_of(rows_of(store, "cell_specimen_table"), {"startRow": 0, "endRow": 2})
    mask = store.session.cell_specimen_table["roi_mask"].iloc[1]
    assert page["rowData"][1]["roi_mask"] == f"{mask.sum()} px"


def test_images_are_marked_and_show_the_pictures_that_the_file_holds(
    store: SessionStore, tmp_path: Path
) -> None:
    table = "stimulus_presentations"

    def column(store: SessionStore) -> Any:
        grid = row_table(
            "details", Address("behavior", 5), table, rows_of(store, table), images=images_of(store)
        )
        return next(column for column in grid.columnDefs if column["field"] == "image_name")

    marks = column(store)["cellStyle"]["styleConditions"]
    names = [json.loads(mark["condition"].removeprefix("params.value === ")) for mark in marks]
    assert names == store.image_names
    assert column(store)["tooltipComponentParams"]["images"] == store.image_names
    with opened(remove(write("imaging", tmp_path), "stimulus/templates")) as other:
        assert column(other)["cellStyle"]["styleConditions"] == marks
        assert column(other)["tooltipComponentParams"]["images"] == []
