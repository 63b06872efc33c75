"""The layout of the session page: one plane, one behaviour session, or all planes of a session."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.components.buttons.compare_button import compare_button
from dashboard.components.buttons.fetch_button import fetch_button, files_of
from dashboard.components.unavailable import unavailable
from dashboard.pages.session.columns import columns
from dashboard.pages.session.first_view import bounds_of, first_cells, first_span, landmarks
from dashboard.pages.session.header import header
from dashboard.pages.session.ids import Ids, tab_body, tab_content
from dashboard.pages.session.known_options import with_known_options
from dashboard.pages.session.neighbours import links_elsewhere, neighbour_links, row_of
from dashboard.pages.session.notes import drawer
from dashboard.pages.session.notes.subjects import PANELS, subjects_of
from dashboard.pages.session.panels import PLANE_PANELS, TABS, navigator, timeline
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.pages.session.window_bar import window_bar
from dashboard.urls import DEFAULT_OPTIONS, Address, ViewState
from data_layer.errors import DataLayerError, UnknownId
from data_layer.project_cache.open_stores import OpenStores


def session_page(stores: OpenStores, address: Address, query: dict[str, Any]) -> html.Div:
    """The page, or its header and a message if the recording cannot be opened."""
    row = row_of(stores.cache, address)
    on_timeline = True
    view = with_known_options(ViewState.from_query(query))
    try:
        recording = open_recording(stores, address)
        facts = row | _facts(recording)
        body = _body(recording, view)
    except DataLayerError as error:
        others = links_elsewhere(stores.cache, address) if isinstance(error, UnknownId) else []
        facts, body = row, [unavailable("This session cannot be shown", error, "session", *others)]
        on_timeline = False
    links = neighbour_links(stores.cache, address, facts)
    subjects = subjects_of(stores.cache, address, facts)
    panels = [*PANELS, *(tab.label for tab in TABS.values())]
    is_open = bool(view.options["notes"])
    notes = subjects and drawer.layout(subjects, panels, on_timeline=on_timeline, is_open=is_open)
    if address.kind == "experiment":
        links.append(compare_button(address.id))
    links += fetch_button(stores.cache, *files_of(address.kind, address.id, row))
    return html.Div([header(address, facts, links, notes or None), *body], className="session-page")


def _facts(recording: Recording) -> dict[str, Any]:
    """What the file's metadata say; for a whole session only the values that its planes share."""
    metadata = {k: v for k, v in recording.behavior.metadata.items() if v is not None}
    if recording.address.kind == "session":
        for name in ("targeted_structure", "imaging_depth"):
            metadata.pop(name, None)
    return metadata


def _body(recording: Recording, view: ViewState) -> list[Any]:
    left = html.Div(timeline.layout(recording, view), className="left-column")
    planes = [module.layout(recording, view) for module in PLANE_PANELS if recording.planes]
    right = html.Div([*planes, _tabs(recording, view)], className="right-column")
    return [
        *_stores(recording, view),
        navigator.layout(recording, view),
        window_bar(),
        columns(left, right, view.options["columns"], with_planes=bool(planes)),
    ]


def _stores(recording: Recording, view: ViewState) -> list[dcc.Store]:
    """The state of the view; see docs/architecture.md."""
    start, stop = first_span(recording, view)
    low, high = bounds_of(recording)
    contents = {
        Ids.ADDRESS: recording.address.to_json(),
        Ids.BOUNDS: {"start": low, "stop": high},
        Ids.LANDMARKS: landmarks(recording.behavior),
        Ids.DEFAULTS: DEFAULT_OPTIONS,
        Ids.WINDOW: {"start": start, "stop": stop},
        Ids.SETTLED: {"start": start, "stop": stop},
        Ids.ARRIVED: None,
        Ids.REQUEST: None,
        Ids.ANSWERED: None,
        Ids.SELECTION: {"cells": first_cells(recording, view)},
        Ids.OPTIONS: view.options,
    }
    return [dcc.Store(id=id_, data=data) for id_, data in contents.items()]


def _tabs(recording: Recording, view: ViewState) -> html.Div:
    shown = {name: tab for name, tab in TABS.items() if recording.planes or not tab.needs_planes}
    active = view.options["tab"] if view.options["tab"] in shown else next(iter(shown))
    panels = {name: tab.module.layout(recording, view) for name, tab in shown.items()}
    tabs = dbc.Tabs(
        [
            dbc.Tab(
                html.Div(
                    [panels[name]] if name == active else [],
                    id=tab_body(name),
                    className="tab-body",
                ),
                label=tab.label,
                tab_id=name,
            )
            for name, tab in shown.items()
        ],
        id=Ids.TABS,
        active_tab=active,
    )
    # A panel is created only when its tab is first opened; until then a store has its layout.
    waiting = [
        dcc.Store(id=tab_content(name), data=None if name == active else [layout])
        for name, layout in panels.items()
    ]
    return html.Div([tabs, *waiting], className="tabs-box")
