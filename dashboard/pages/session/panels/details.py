"""Panel ``details``: metadata, task parameters, and all attributes of the file as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard.arguments.callbacks import checked_callback
from dashboard.arguments.sentences import told
from dashboard.arguments.values import AddressData, Plain, PlaneNumber, Selection, Word
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.choices.named import named, scrolled
from dashboard.components.choices.segmented import segmented
from dashboard.components.panel import panel
from dashboard.pages.session.attributes import (
    attribute_list,
    attribute_preview,
    downloads,
    row_table,
)
from dashboard.pages.session.attributes.key_table import keys_of
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import LostPlane, Recording, name_of, open_recording
from dashboard.pages.session.sources import source_of
from dashboard.urls import Address, ViewState
from data_layer.errors import DataLayerError
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore

VIEW, FILTER, PLANE, KEYS = "details-view", "details-filter", "details-plane", "details-keys"
DATA, LIST, PREVIEW, BODY = "details-data", "details-attribute", "details-preview", "details-body"
VIEWS = {"keys": "Keys", "data": "Data"}
INFO = (
    "Keys: the session's metadata and the task's parameters, each with its meaning. Data: every "
    "attribute of the file under AllenSDK's name, with its columns, rows and a CSV file in full "
    "precision. The box filters both by name or meaning; names of the 2021 release are found too."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with both views empty; the data view is filled when it is opened."""
    data = [
        html.Div(
            dbc.RadioItems(id=LIST, name=LIST, value=view.options[LIST], options=[]),
            className="attributes",
        ),
        scrolled("Attribute", PREVIEW, "preview"),
    ]
    body = html.Div(
        [scrolled("Keys", KEYS, "keys"), html.Div(data, id=DATA, className="data")],
        id=BODY,
        className="details show-keys",
    )
    tools = _tools(recording, view.options)
    return panel("details", "Details", INFO, body, tools=tools, offers="code")


def _tools(recording: Recording, options: Mapping[str, Any]) -> list[Any]:
    views = segmented(VIEW, VIEWS, options[VIEW])
    box = dbc.Input(
        id=FILTER,
        type="search",
        size="sm",
        className="details-filter",
        placeholder="filter by name or meaning",
    )
    planes = [
        {"label": file.name if isinstance(file, LostPlane) else name_of(file), "value": str(i)}
        for i, file in enumerate(recording.files)
    ]
    readable = [i for i, file in enumerate(recording.files) if file is recording.behavior]
    first = str(next(iter(readable), 0))
    shown = options[PLANE] if options[PLANE] in {plane["value"] for plane in planes} else first
    plane = dbc.Select(id=PLANE, options=planes, value=shown, size="sm", className="details-plane")
    several = len(recording.files) > 1
    return [
        html.Div(named("imaging plane", plane), hidden=not several),
        views,
        named("Filter", box),
    ]


def register(app: Dash, stores: OpenStores) -> None:
    """Fill the keys at once, attributes and rows on demand; the filter runs in the browser."""
    downloads.register(app.server, stores)
    row_table.register(app, stores)

    @panel_callback(
        app, "details", Output(KEYS, "children"), Input(Ids.ADDRESS, "data"), Input(PLANE, "value")
    )
    def keys(address: AddressData, plane: PlaneNumber) -> Any:
        return keys_of(_chosen(stores, address, plane)[0])

    _fill_data(app, stores)
    app.clientside_callback(
        ClientsideFunction("details", "show"), Output(BODY, "className"), Input(VIEW, "value")
    )
    app.clientside_callback(
        ClientsideFunction("details", "filter"),
        Output(FILTER, "title"),
        Input(FILTER, "value"),
        Input(KEYS, "children"),
        Input(LIST, "options"),
    )


def _fill_data(app: Dash, stores: OpenStores) -> None:
    """List the attributes, and show the rows of the chosen one."""

    @checked_callback(
        app,
        Output(LIST, "options"),
        Input(VIEW, "value"),
        Input(PLANE, "value"),
        State(Ids.ADDRESS, "data"),
    )
    def attributes(
        view: Word | None, plane: PlaneNumber, address: AddressData
    ) -> list[dict[str, Any]]:
        if view != "data":
            return []
        try:
            return attribute_list.options(_chosen(stores, address, plane)[0])
        except (DataLayerError, EmptyPanel):
            return []  # the panel's message, from the callback of the keys, says why

    @checked_callback(
        app,
        Output(PREVIEW, "children"),
        Input(LIST, "options"),
        Input(LIST, "value"),
        Input(Ids.SELECTION, "data"),
        State(PLANE, "value"),
        State(Ids.ADDRESS, "data"),
    )
    def preview(
        options: list[Plain] | None,
        attribute: Word | None,
        selection: Selection,
        plane: PlaneNumber,
        address: AddressData,
    ) -> Any:
        if not options:
            return []
        try:
            store, source = _chosen(stores, address, plane)
            return attribute_preview.preview(store, source, attribute or "", selection["cells"])
        except (DataLayerError, EmptyPanel) as error:
            return [html.P(told(error), className="note")]


def _chosen(
    stores: OpenStores, address: AddressData, plane: str | None
) -> tuple[SessionStore, Address]:
    """The chosen plane, or the behaviour if nothing was imaged, and the address of its file."""
    recording = open_recording(stores, Address.from_json(address))
    if not recording.files:
        return recording.behavior, source_of(recording)
    number = int(plane or 0)
    if number >= len(recording.files):
        raise EmptyPanel(f"This session has no plane number {number + 1}: choose another.")
    file = recording.files[number]
    if isinstance(file, LostPlane):
        raise file.problem
    return file, source_of(recording, file)
