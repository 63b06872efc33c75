"""Draws the timeline's lines with plotly-resampler, stacked over one time axis."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
import plotly.graph_objects as go
from dash import Dash, dcc, html
from plotly_resampler import FigureResampler

GRAPH = "lines"
POINTS_PER_PIXEL = 2  # as many as ours


def resampler_app(task: dict[str, Any]) -> Dash:
    """plotly-resampler's Dash app; ``task["lines"]`` is a file with x0, y0, x1, …"""
    loaded = np.load(task["lines"])
    n = len(loaded.files) // 2
    figure = FigureResampler(go.Figure(), default_n_shown_samples=POINTS_PER_PIXEL * task["pixels"])
    for i in range(n):
        axis = f"y{i + 1}" if i else "y"
        trace = go.Scatter(name=f"line {i}", mode="lines", line_width=1, yaxis=axis)
        figure.add_trace(trace, hf_x=loaded[f"x{i}"], hf_y=loaded[f"y{i}"])
    heights = {
        f"yaxis{i + 1 if i else ''}": {"domain": [1 - (i + 0.9) / n, 1 - i / n]} for i in range(n)
    }
    figure.update_layout(
        showlegend=False, margin={"l": 124, "r": 10, "t": 4, "b": 34}, dragmode="zoom", **heights
    )
    app = Dash("lines")
    size = {"width": f"{task['width']}px", "height": f"{task['height']}px"}
    app.layout = html.Div(dcc.Graph(id=GRAPH, figure=figure, style=size))
    figure.register_update_graph_callback(app, GRAPH)
    return app


def versions() -> str:
    """The versions of its packages."""
    names = ("plotly-resampler", "plotly", "dash")
    return ", ".join(f"{name} {version(name)}" for name in names)
