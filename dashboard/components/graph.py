"""Graphs that a callback fills, and clicks on their points that open pages."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, dcc

from dashboard import theme
from dashboard.figures.plain import NOTHING_YET

CONFIG = {**theme.GRAPH_CONFIG, "displayModeBar": False, "responsive": True}
"""What holds for every graph of a page."""


def empty_graph(id_: str, class_name: str = "fill-graph", **settings: Any) -> dcc.Graph:
    """A graph without data that fills its box; ``settings`` are passed to ``dcc.Graph``.

    A ``config`` adds to that of every graph.
    """
    return dcc.Graph(
        **{
            "id": id_,
            "className": class_name,
            "figure": NOTHING_YET,
            "responsive": True,
        }
        | settings
        | {"config": {**CONFIG, **settings.get("config", {})}}
    )


def open_clicked_page(app: Dash, graph: str) -> None:
    """Open the path in a point's ``customdata`` when it is clicked (``assets/core/pages.js``)."""
    app.clientside_callback(
        ClientsideFunction("pages", "clicked"),
        Input(graph, "clickData"),
        prevent_initial_call=True,
    )
