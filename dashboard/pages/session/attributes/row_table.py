"""A table of any length: the browser loads rows as the user scrolls to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import dash_ag_grid as dag
import pandas as pd
from dash import MATCH, Dash, Input, Output, State, no_update, set_props

from dashboard import theme
from dashboard.arguments.callbacks import checked_callback
from dashboard.arguments.checks import BadArgument
from dashboard.arguments.sentences import told
from dashboard.arguments.values import AskedRows, GridId
from dashboard.components.grid import grid_options, kept_rows
from dashboard.components.table import column, kind_of
from dashboard.pages.session.attributes.records import records
from dashboard.pages.session.recording import open_recording
from dashboard.theme.stylesheet import css
from dashboard.urls import Address
from dashboard.vocabulary import ATTRIBUTES, term
from data_layer.errors import DataLayerError
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.attribute_rows import FrameRows, Rows
from data_layer.store.attributes import rows_of
from data_layer.store.session_store import SessionStore

TYPE = "rows"
KEYS = ("panel", "kind", "of", "table", "cell")
NO_CELL = -1
IMAGE_COLUMNS = {"image_name", "initial_image_name", "change_image_name"}
BLOCK = 100
OPTIONS: dict[str, Any] = {
    "cacheBlockSize": BLOCK,
    # dash-ag-grid passes every answer to the newest request, so only one may be open at a time.
    "maxConcurrentDatasourceRequests": 1,
    "maxBlocksInCache": 20,
    "rowBuffer": 10,
    "suppressFieldDotNotation": True,
}
NUMBER_FILTER, TEXT_FILTER = "agNumberColumnFilter", "agTextColumnFilter"
FILTERS = {
    NUMBER_FILTER: ["equals", "greaterThan", "lessThan", "inRange"],
    TEXT_FILTER: ["contains", "equals"],
}


def row_table(
    panel: str,
    source: Address,
    attribute: str,
    rows: Rows,
    *,
    cell_roi_id: int | None = None,
    images: Mapping[str, bool] | None = None,
) -> dag.AgGrid:
    """A grid of the ``rows`` of an attribute; a click on a row moves the time window there.

    ``images`` are image names to mark with their colour; for those that are True, the picture
    appears on hover.
    """
    first = rows.read(0, BLOCK)
    in_memory = isinstance(rows, FrameRows)
    columns = [_column(attribute, first[name], in_memory) for name in first.columns]
    for column_ in columns:
        if column_["field"] in IMAGE_COLUMNS:
            column_ |= _pictures(images or {}, source)
    cell = NO_CELL if cell_roi_id is None else cell_roi_id
    return dag.AgGrid(
        id={
            "type": TYPE,
            "panel": panel,
            "kind": source.kind,
            "of": source.id,
            "table": attribute,
            "cell": cell,
        },
        rowModelType="infinite",
        columnDefs=columns,
        defaultColDef={"resizable": True},
        dashGridOptions=grid_options(**OPTIONS),
        eventListeners={"rowClicked": ["vbdShowRow(params)"]}
        | kept_rows(f"{panel}-rows", f"{source.id}-{attribute}-{cell}"),
        className="vbd-grid",
        style={"height": "100%", "width": "100%"},
    )


def _column(attribute: str, values: pd.Series[Any], in_memory: bool) -> dict[str, Any]:
    name = str(values.name)
    known = term(attribute, name)
    kind = "text" if name == "roi_mask" else kind_of(values)
    is_number = kind != "flag" and pd.api.types.is_numeric_dtype(values)
    chosen = NUMBER_FILTER if is_number else TEXT_FILTER
    return column(
        name,
        kind,
        known.sentence if known else None,
        known.unit if known else "",
        tooltipField=name,
        sortable=in_memory,
        filter=chosen if in_memory else False,
        filterParams={"filterOptions": FILTERS[chosen], "maxNumConditions": 1},
    )


def images_of(store: SessionStore) -> dict[str, bool]:
    """The names of images shown or stored, sorted, and whether the file has their pictures."""
    kept = store.picture_names
    shown = set(store.image_names)
    never_shown = set(kept.values()) - {kept.get(name) for name in shown}
    return {name: name in kept for name in sorted(shown | never_shown)}


def _pictures(images: Mapping[str, bool], source: Address) -> dict[str, Any]:
    """The colour of each image's name, and its picture (assets/session/attribute_rows.js)."""
    marks = [
        {
            "condition": f"params.value === {json.dumps(name)}",
            "style": {"boxShadow": f"inset 4px 0 {css(theme.image_color(name, list(images)))}"},
        }
        for name in images
    ]
    return {
        "cellStyle": {"styleConditions": marks},
        "tooltipComponent": "VbdPicture",
        "tooltipComponentParams": {
            "source": source.to_json(),
            "images": [name for name, has_picture in images.items() if has_picture],
        },
    }


def register(app: Dash, stores: OpenStores) -> None:
    """Answer the requests of all row tables of the page."""
    grid = {"type": TYPE} | dict.fromkeys(KEYS, MATCH)

    @checked_callback(
        app,
        Output(grid, "getRowsResponse"),
        Input(grid, "getRowsRequest"),
        State(grid, "id"),
        prevent_initial_call=True,
    )
    def answer(request: AskedRows | None, id_: GridId) -> Any:
        if not request:
            return no_update
        try:
            rows = _rows(stores, id_)
        except DataLayerError as error:
            set_props(f"message-{id_['panel']}", {"children": told(error)})
            return no_update
        return page_of(rows, request)


def _rows(stores: OpenStores, id_: GridId) -> Rows:
    if id_["table"] not in ATTRIBUTES:
        raise BadArgument("id", "a session has no attribute of this name")
    cell = None if id_["cell"] == NO_CELL else id_["cell"]
    recording = open_recording(stores, Address(id_["kind"], id_["of"]))
    try:
        return rows_of(recording.behavior, id_["table"], cell)
    except KeyError:
        raise BadArgument("id", "this file has no such attribute or cell") from None


def page_of(rows: Rows, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to AG Grid's ``getRowsRequest``: the requested rows and the total number.

    Raises:
        BadArgument: the rows cannot be sorted or filtered as requested.
    """
    if isinstance(rows, FrameRows):
        try:
            rows = rows.arranged(request.get("sortModel") or [], request.get("filterModel") or {})
        except (KeyError, TypeError, ValueError):
            problem = "the table cannot be sorted or filtered by this column in this way"
            raise BadArgument("sortModel or filterModel", problem) from None
    part = rows.read(request["startRow"], request["endRow"])
    return {"rowData": records(part), "rowCount": len(rows)}
