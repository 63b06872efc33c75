"""Panel ``navigator``: the whole session in a strip, with a brush that sets the time window."""

from __future__ import annotations

from typing import Any

import numpy as np
from dash import Dash, Input, Output, html

from dashboard.arguments.values import AddressData
from dashboard.components.answering import panel_callback
from dashboard.components.graph import empty_graph
from dashboard.components.panel import panel
from dashboard.components.problems.parts import Parts
from dashboard.figures.navigator import navigator_figure
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import Address, ViewState
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import SpanSlice
from data_layer.values.window import Window

GRAPH = "navigator-graph"
NOTHING = SpanSlice("", np.empty(0), np.empty(0), np.empty(0, dtype=object))
INFO = (
    "The whole session: its blocks, one stroke per trial, and a bar while the mouse is engaged "
    "(more than 2 rewards per minute, AllenSDK's rule). Strokes of changes go up, those of catch "
    "trials down: long with a lick (hit, false alarm), short without one (miss, correct reject); "
    "a free reward is a stroke above the middle, an aborted trial a dot on it. Drag the box to "
    "move the time window, its edges to resize it, or draw a new one."
)
CONFIG = {"staticPlot": True}


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with an empty strip and the brush over it (assets/session/brush.js)."""
    low, high = recording.behavior.bounds
    brush = html.Div(
        [html.Div(className="brush-edge brush-start"), html.Div(className="brush-edge brush-stop")],
        id="brush",
        className="brush",
        role="slider",
        tabIndex=0,
        **{
            "aria-label": "Time window; arrow keys move it",
            "aria-valuemin": low,
            "aria-valuemax": high,
            "aria-valuenow": low,
        },
    )
    graph = empty_graph(GRAPH, "time-graph", config=CONFIG)
    return panel(
        "navigator",
        "Session",
        INFO,
        html.Div([graph, brush], id="navigator-strip"),
        offers="numbers code",
    )


def register(app: Dash, stores: OpenStores) -> None:
    """Draw the strip once per recording."""

    @panel_callback(
        app, "navigator", Output(GRAPH, "figure"), Input(Ids.ADDRESS, "data"), shared=True
    )
    def draw(address: AddressData) -> Any:
        store = open_recording(stores, Address.from_json(address)).behavior
        return content(store)


def content(store: SessionStore) -> dict[str, Any]:
    """The figure; a part that cannot be read is empty and says so.

    Raises:
        DataLayerError: The file has no clock.
    """
    parts, bounds = Parts(), store.bounds
    blocks = parts.read(store.blocks, NOTHING)
    trials = parts.read(lambda: store.trial_spans(Window(*bounds)), NOTHING)
    engaged = parts.read(store.engaged, NOTHING)
    no_trials = ["no trials in this session"] if not len(trials.starts) else []
    return navigator_figure(bounds, blocks, trials, engaged, parts.problems or no_trials)
