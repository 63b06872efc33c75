"""Figures of the fitted eye ellipses (px of the camera, y down) and of the rig's geometry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import theme

Floats = NDArray[np.floating]

PART_LABELS = {"eye": "eye", "pupil": "pupil", "cr": "corneal reflection"}
POINTS = 73
DOT = 0.5  # px of the camera
FAINT = "hsla(0,0%,100%,0.28)"


def ellipse(
    center_x: float, center_y: float, width: float, height: float, phi: float
) -> tuple[Floats, Floats]:
    """The closed outline of an ellipse (x, y) in px, with y down.

    ``assets/session/eye.js`` draws the same.
    ``width`` and ``height`` are semi-axes. ``phi`` (radians) is the angle of ``width`` from the x
    axis toward the y axis, which is clockwise on the screen.
    """
    turn = np.linspace(0, 2 * np.pi, POINTS)
    along, across = width * np.cos(turn), height * np.sin(turn)
    x = center_x + along * np.cos(phi) - across * np.sin(phi)
    y = center_y + along * np.sin(phi) + across * np.cos(phi)
    return x, y


def eye_figure(
    spans: tuple[tuple[float, float], tuple[float, float]],
    eye: Mapping[str, Any] | None,
    pupil_centres: tuple[Floats, Floats],
) -> go.Figure:
    """A figure of the three ellipses at one time.

    Args:
        spans: minimum and maximum of x and y (px) in the session, so that the axes stay the same.
        eye: the frame as ``data_layer.store.moment`` returns it, None if there is none.
        pupil_centres: a sample of the pupil's centres in the session, x and y (px).
    """
    # One path of short lines: markers would be one element each, and WebGL is slow to start.
    x, y = pupil_centres
    centres = {
        "type": "scatter",
        "mode": "lines",
        "name": "pupil centres",
        "hoverinfo": "skip",
        "x": np.column_stack([x - DOT, x + DOT, np.full(len(x), np.nan)]).ravel(),
        "y": np.repeat(y, 3),
        "line": {"width": 1.5, "color": FAINT, "simplify": False},
    }
    traces = [_part_trace(part, (eye or {}).get(part)) for part in PART_LABELS]
    return go.Figure({"data": [centres, *traces], "layout": _layout(spans)})


def _part_trace(part: str, fit: Mapping[str, float | None] | None) -> dict[str, Any]:
    values = list((fit or {"": None}).values())
    known = all(value is not None for value in values)
    x, y = ellipse(**fit) if fit and known else (np.empty(0), np.empty(0))  # type: ignore[arg-type]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": PART_LABELS[part],
        "meta": part,
        "line": {"color": theme.ELLIPSE_COLORS[part], "width": 2.5},
        "hovertemplate": f"{PART_LABELS[part]} %{{x:.1f}}, %{{y:.1f}} px<extra></extra>",
    }


def _layout(spans: tuple[tuple[float, float], tuple[float, float]]) -> dict[str, Any]:
    (left, right), (top, bottom) = spans
    return {
        "template": theme.TEMPLATE,
        "plot_bgcolor": theme.PICTURE_EDGE,
        "dragmode": False,
        "margin": {"l": 52, "r": 8, "t": 8, "b": 36},
        "xaxis": theme.axis(
            title="camera x (px)", range=[left, right], fixedrange=True, constrain="domain"
        ),
        "yaxis": theme.axis(
            title="camera y (px), down",
            range=[bottom, top],
            fixedrange=True,
            scaleanchor="x",
            constrain="domain",
        ),
    }


def rig_figure(geometry: Mapping[str, Any]) -> go.Figure:
    """Camera, monitor and LED around the right eye, seen from above (mm)."""
    positions = {
        "camera": geometry.get("camera_position_mm"),
        "monitor": geometry.get("monitor_position_mm"),
        "LED": geometry.get("led_position"),
    }
    known = {name: tuple(at) for name, at in positions.items() if at is not None}
    names = ["right eye", *known]
    x, y = ([0.0, *(at[i] for at in known.values())] for i in (0, 1))
    lines = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [v for x_ in x[1:] for v in (0, x_, None)],
        "y": [v for y_ in y[1:] for v in (0, y_, None)],
        "line": {"color": theme.RULE, "width": 1},
    }
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": names,
        "textposition": ["top center", *_label_sides(list(known))],
        "cliponaxis": False,
        "marker": {
            "symbol": ["circle-open", *_symbols(list(known))],
            "size": 9,
            "color": theme.INK,
        },
        "textfont": {"size": 11},
        "hovertemplate": "%{text} %{x:g}, %{y:g} mm<extra></extra>",
    }
    return go.Figure({"data": [lines, points], "layout": _rig_layout(x, y)})


def _label_sides(names: list[str]) -> list[str]:
    sides = {"camera": "bottom right", "monitor": "top left", "LED": "top center"}
    return [sides[name] for name in names]


def _symbols(names: list[str]) -> list[str]:
    symbols = {"camera": "square", "monitor": "line-ew-open", "LED": "star"}
    return [symbols[name] for name in names]


def _rig_layout(x: list[float], y: list[float]) -> dict[str, Any]:
    def span(values: list[float]) -> list[float]:
        low, high = min(values), max(values)
        room = 0.25 * max(high - low, 80)
        return [low - room, high + room]

    return {
        "template": theme.TEMPLATE,
        "margin": {"l": 42, "r": 6, "t": 4, "b": 36},
        "dragmode": False,
        "font": {"size": 11},
        "xaxis": theme.axis(
            title="to the mouse’s right (mm)",
            range=span(x),
            fixedrange=True,
            nticks=5,
            constrain="domain",
        ),
        "yaxis": theme.axis(
            title="forward (mm)",
            range=span(y),
            fixedrange=True,
            nticks=5,
            scaleanchor="x",
            constrain="domain",
        ),
    }
