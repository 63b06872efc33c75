"""Graphs that a callback fills, and clicks on their points that open pages."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, dcc

from dashboard.figures.plain import NOTHING_YET

CONFIG = {"displayModeBar": False, "responsive": True}


def empty_graph(id_: str, class_name: str = "fill-graph", **settings: Any) -> dcc.Graph:
    """A graph without data that fills its box; ``settings`` are passed to ``dcc.Graph``."""
    return dcc.Graph(
        **{
            "id": id_,
            "className": class_name,
            "figure": NOTHING_YET,
            "config": CONFIG,
            "responsive": True,
        }
        | settings
    )


def open_clicked_page(app: Dash, graph: str) -> None:
    """Open the path in a point's ``customdata`` when it is clicked (``assets/core/pages.js``)."""
    app.clientside_callback(
        ClientsideFunction("pages", "clicked"),
        Input(graph, "clickData"),
        prevent_initial_call=True,
    )
