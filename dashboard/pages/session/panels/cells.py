"""Panel ``cells``: the cells of all planes as a table, linked with the selected cells."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.arguments.values import AddressData, Plain, Word
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.panel import panel
from dashboard.components.problems.parts import Parts
from dashboard.components.table import column, columns_of, csv_button, kind_of, table
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, open_recording, readable
from dashboard.urls import Address, ViewState
from dashboard.vocabulary import term
from data_layer.errors import StreamMissing
from data_layer.project_cache.open_stores import OpenStores
from data_layer.quality.trace_passes import trace_pass
from data_layer.store.cell_table import cell_table, dff_statistics
from data_layer.store.session_store import SessionStore

NAME = "cells"
TABLE, COLUMNS, NOTE = "cells-table", "cells-columns", "cells-note"
CELL = "cell"
PLANE = ("targeted_structure", "imaging_depth", "ophys_experiment_id")
STREAMS = ("cell_specimen_table", "corrected_fluorescence_traces", "events", "metadata")
DERIVED = {
    "mask_area": ("How many pixels the cell's roi_mask has; the field of view draws it.", "px²"),
    "change_response": (
        "dF/F in the half second after an image change minus that before it, averaged over all "
        "image changes.",
        "ΔF/F",
    ),
    "omission_response": (
        "dF/F in the 0.75 s after an omitted flash was due minus that in the half second before, "
        "averaged over all omissions.",
        "ΔF/F",
    ),
    "brightness": (
        "Mean of the average projection inside the cell's mask, from 0 (black) to 255 (white).",
        "gray levels",
    ),
    "dff_noise": (
        "Robust noise of the cell's dF/F, from the differences of neighbouring frames, in which "
        "slow activity does not count.",
        "ΔF/F",
    ),
    "dff_mean": ("Mean of the cell's dF/F over the session.", "ΔF/F"),
    "dff_std": ("Standard deviation of the cell's dF/F over the session.", "ΔF/F"),
    "dff_max": ("Greatest value of the cell's dF/F in the session.", "ΔF/F"),
}
INFO = (
    "Every cell of the imaging planes: the cell_specimen_table (masks as their area), brightness, "
    "the fit of neuropil subtraction (r, RMSE), noise of event detection (lambda, noise_std), "
    "responses to changes and omissions, and dF/F statistics. Click a row to select the cell "
    "everywhere, shift-click for several. Point at a column's name for what it means."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with an empty table."""
    address = recording.address
    tools = [csv_button(TABLE, f"cells_{address.kind}_{address.id}.csv")]
    body = html.Div(
        [
            dcc.Store(id=COLUMNS),
            html.Div(table(TABLE, CELL), className="fill"),
            html.Div(id=NOTE, className="panel-note"),
        ],
        className="panel-column",
    )
    return panel(NAME, "Cells", INFO, body, tools=tools, offers="code")


def register(app: Dash, stores: OpenStores) -> None:
    """Fill the table; columns that need complete traces are added when its tab is open."""

    @panel_callback(
        app,
        NAME,
        [Output(TABLE, "columnDefs"), Output(COLUMNS, "data"), Output(NOTE, "children")],
        Input(Ids.ADDRESS, "data"),
        Input(Ids.TABS, "active_tab"),
        State(COLUMNS, "data"),
        costly=True,
    )
    def draw(address: AddressData, tab: Word | None, columns: dict[str, Plain] | None) -> Any:
        if ctx.triggered_id == Ids.TABS and (tab != NAME or "dff_mean" in (columns or {})):
            return no_update, no_update, no_update
        recording = open_recording(stores, Address.from_json(address))
        if not recording.planes:
            raise EmptyPanel("This session has behaviour only: open an imaging session for cells.")
        frame, problems = _cells(recording, with_statistics=tab == NAME)
        columns_shown = [_column(frame[name]) for name in frame.columns]
        return columns_shown, columns_of(frame), " ".join(problems)

    app.clientside_callback(
        ClientsideFunction("table", "records"), Output(TABLE, "rowData"), Input(COLUMNS, "data")
    )
    app.clientside_callback(
        ClientsideFunction("cells", "mark"),
        Output(TABLE, "selectedRows"),
        Output(TABLE, "scrollTo"),
        Input(TABLE, "rowData"),
        Input(Ids.SELECTION, "data"),
        Input(Ids.TABS, "active_tab"),
    )


def _cells(recording: Recording, *, with_statistics: bool) -> tuple[pd.DataFrame, list[str]]:
    """The cells of all planes, and what cannot be read.

    With several planes there are columns about the plane.
    """
    parts = Parts()
    of_planes = recording.of_planes(lambda plane: _plane_cells(plane, parts, with_statistics))
    frames, lost = readable(of_planes)
    cells = pd.concat(frames, ignore_index=True)
    shown = cells if len(recording.files) > 1 else cells.drop(columns=list(PLANE))
    return shown, [*parts.problems, *lost]


def _plane_cells(plane: SessionStore, parts: Parts, with_statistics: bool) -> pd.DataFrame:
    cells = cell_table(plane)
    for kind in ("dff", "corrected_fluorescence", "events"):  # else their columns are just absent
        parts.read(partial(plane.activity, kind), None)
    parts.read(lambda: len(plane.outlines), 0)
    if with_statistics:
        for statistics in (dff_statistics, _noise):
            found = parts.read(partial(statistics, plane), pd.DataFrame())
            cells = cells.join(found, on="cell_roi_id")
    names = [plane.cell_names[int(roi_id)] for roi_id in cells["cell_roi_id"]]
    metadata = plane.metadata
    for i, name in enumerate(PLANE):
        cells.insert(i, name, metadata.get(name))
    cells.insert(0, CELL, names)
    return cells


def _noise(plane: SessionStore) -> pd.DataFrame:
    """``dff_noise`` of each cell, index cell_roi_id; no columns if the plane has no dF/F."""
    try:
        found = trace_pass(plane, "dff")
    except StreamMissing:
        return pd.DataFrame()
    if found.statistics is None:
        return pd.DataFrame()
    return pd.DataFrame({"dff_noise": found.statistics.noise()}, index=pd.Index(found.cell_roi_ids))


def _column(values: pd.Series[Any]) -> dict[str, Any]:
    name = str(values.name)
    if name == CELL:
        return column(name, "id", "By what the page calls the cell.", hide=True)
    if name in DERIVED:
        return column(name, "number", *DERIVED[name])
    known = next(filter(None, (term(stream, name) for stream in STREAMS)), None)
    pinned = {"pinned": "left"} if name == "cell_specimen_id" else {}
    explanation, unit = (known.sentence, known.unit) if known else (None, "")
    return column(name, kind_of(values), explanation, unit, **pinned)
