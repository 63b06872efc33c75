"""Panel ``performance``: rolling rates, d′ and reward rate, and the session's 23 metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard import theme
from dashboard.arguments.values import AddressData
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.choices.named import scrolled
from dashboard.components.graph import empty_graph
from dashboard.components.panel import panel
from dashboard.components.problems.parts import Parts
from dashboard.figures.performance import passive_figure, performance_figure
from dashboard.pages.session.attributes.key_table import key_row
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import Address, ViewState
from dashboard.urls.kept_choices import ON
from dashboard.vocabulary import ATTRIBUTES
from data_layer.derived.session_type import behavior_type
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore

GRAPH, METRICS, RAW = "performance-graph", "performance-metrics", "performance-raw"
FIGURE = "performance-figure"
PASSIVE = "passive_viewing"
OF_THE_SCHEDULE = {"trial_count", "go_trial_count", "catch_trial_count"}
NOT_HERE = "not applicable"
NOT_APPLICABLE = (
    "Passive viewing: only the trials that were scheduled can be counted. Everything else is zero "
    "or NaN by construction, because there was no lick spout."
)
INFO = (
    "Hit and false-alarm rate over the last 100 trials that were not aborted, corrected for few "
    "trials (raw: dotted); d′ from the corrected rates; rewards per minute over about 50 trials. "
    "Values hold from trial to trial, gaps are trials without a value. Engaged means above "
    "2 rewards/min as in AllenSDK; some publications use 2/3. Click to go there."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with empty plots and an empty table of metrics."""
    graph = empty_graph(GRAPH, "time-graph")
    body = html.Div(
        [dcc.Store(id=FIGURE), graph, scrolled("Numbers", METRICS, "metrics")],
        className="performance",
    )
    raw = dbc.Switch(
        id=RAW, label="raw rates", value=view.options[RAW] == ON, className="small-switch"
    )
    return panel("performance", "Performance", INFO, body, tools=raw, offers="numbers code")


def register(app: Dash, stores: OpenStores) -> None:
    """Draw once per recording; the browser draws the window's band and shows raw rates."""

    @panel_callback(
        app,
        "performance",
        [Output(FIGURE, "data"), Output(METRICS, "children")],
        Input(Ids.ADDRESS, "data"),
        shared=True,
    )
    def draw(address: AddressData) -> tuple[Any, Any]:
        store = open_recording(stores, Address.from_json(address)).behavior
        return content(store)

    app.clientside_callback(
        ClientsideFunction("performance", "showRaw"),
        Output(GRAPH, "figure"),
        Input(FIGURE, "data"),
        Input(RAW, "value"),
    )
    app.clientside_callback(
        ClientsideFunction("performance", "drawn"), Output(RAW, "title"), Input(GRAPH, "figure")
    )


def content(store: SessionStore) -> tuple[Any, Any]:
    """The figure and the table of metrics of one session."""
    if not len(store.trials):
        raise EmptyPanel("This session has no trials, so there is no performance to rate.")
    parts = Parts()
    metrics = parts.read(store.session.get_performance_metrics, None)
    if behavior_type(str(store.metadata["session_type"])) == PASSIVE:
        note = html.P(NOT_APPLICABLE, className="note")
        return passive_figure(store.bounds), [note, *_metrics(metrics, OF_THE_SCHEDULE, parts)]
    rolling = store.session.get_rolling_performance_df()
    figure = performance_figure(rolling, store.trials, store.bounds)
    return figure, _metrics(metrics, set(metrics or ()), parts)


def _metrics(metrics: Mapping[str, float] | None, applicable: set[str], parts: Parts) -> list[Any]:
    """The table of metrics, or why there is none."""
    if metrics is None:
        return [html.P(f"No metrics: {problem}", className="note") for problem in parts.problems]
    return [metrics_table(metrics, applicable)]


def metrics_table(metrics: Mapping[str, float], applicable: set[str]) -> html.Table:
    """A table of key, value with unit and explanation; metrics not in ``applicable`` say so."""
    terms = ATTRIBUTES["performance_metrics"].columns
    rows = [
        key_row(name, theme.number(value), terms[name])
        if name in applicable
        else key_row(name, NOT_HERE, replace(terms[name], unit=""))
        for name, value in metrics.items()
    ]
    return html.Table(html.Tbody(rows), className="key-table")
