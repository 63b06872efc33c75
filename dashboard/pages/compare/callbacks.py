"""The callbacks of the comparison page; a choice on the page changes its URL."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.arguments.values import ComparisonData
from dashboard.components.answering import panel_callback
from dashboard.components.graph import open_clicked_page
from dashboard.pages.compare.ids import Ids
from dashboard.pages.compare.numbers import numbers_table
from dashboard.pages.compare.plots import plots_figure
from dashboard.urls.comparison import Comparison
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.open_stores import OpenStores


def register_callbacks(app: Dash, stores: OpenStores, history: BehaviorHistory) -> None:
    """Draw the plots and numbers once per URL."""
    comparison = Input(Ids.COMPARISON, "data")

    @panel_callback(app, "compare-plots", Output(Ids.PLOTS, "figure"), comparison, costly=True)
    def draw(data: ComparisonData) -> dict[str, Any]:
        return plots_figure(stores, Comparison.from_json(data))

    @panel_callback(
        app, "compare-numbers", Output(Ids.NUMBERS, "children"), comparison, costly=True
    )
    def count(data: ComparisonData) -> Any:
        return numbers_table(stores.cache, history, Comparison.from_json(data))

    app.clientside_callback(
        ClientsideFunction("compare", "choose"),
        Input(Ids.SHOW, "value"),
        Input(Ids.CELL, "value"),
        State(Ids.COMPARISON, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("compare", "arrived"),
        Output(Ids.SHOW, "className"),
        comparison,
        State(Ids.SHOW, "className"),
    )
    open_clicked_page(app, Ids.PLOTS)
