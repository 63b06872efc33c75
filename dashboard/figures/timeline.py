"""The timeline: turns rows into a figure with one time axis, or into the parts to update."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure
from dashboard.figures.timeline_rows import Row
from data_layer.values.window import Window

GAP = 0.012
MOST_LINES = 3
CHARACTER_PIXELS = 6.0
"""The width of a character of the sentences, on average."""
LEFT = 124
EXACT_WINDOW = 30.0  # s
EXACT_PIXELS = 0.125
"""In windows longer than ``EXACT_WINDOW`` times may be rounded to float32, where its steps are at
most this part of a pixel."""


def timeline_figure(rows: Sequence[Row], window: Window, shading: Row) -> dict[str, Any]:
    """The complete figure; ``shading`` is drawn behind all rows."""
    domains = _domains(rows)
    layout: dict[str, Any] = {
        "margin": {"l": LEFT, "r": 10, "t": 4, "b": 34},
        "plot_bgcolor": "rgba(0,0,0,0)",  # an opaque background would hide the shading
        "hovermode": False,
        "dragmode": False,  # gestures are the page's own (assets/session/hand)
        "uirevision": "timeline",
        "xaxis": theme.axis(
            range=[window.start, window.stop],
            fixedrange=True,
            anchor="free",
            position=0,
            showspikes=False,
            title={"text": "time in session (s)", "standoff": 4, "font": {"size": 12}},
            tickfont={"size": 11},
            tickformat=",~f",
            nticks=10,
        ),
        "yaxis": {"domain": [0, 1], "visible": False, "range": [0, 1], "fixedrange": True},
        "images": images(rows),
        "shapes": shapes(rows, shading),
        "annotations": texts(rows, window.pixels),
        "meta": _meta(rows, domains),
    }
    for i, (row, domain) in enumerate(zip(rows, domains, strict=True)):
        layout[f"yaxis{i + 2}"] = _y_axis(row, domain)
    return plain_figure(placed_traces(rows, shading, window), layout)


def placed_traces(rows: Sequence[Row], shading: Row, window: Window) -> list[dict[str, Any]]:
    """All traces in drawing order, with their axes and compact arrays."""
    placed = [
        trace | {"xaxis": "x", "yaxis": axis}
        for row, axis in _with_axes(rows, shading)
        for trace in row.traces
    ]
    precision = time_precision(window)
    for trace in placed:
        trace["x"] = np.asarray(trace["x"]).astype(precision)
        trace["y"] = np.asarray(trace["y"], dtype=np.float32)
    return placed


def time_precision(window: Window) -> type[np.float32] | type[np.float64]:
    """The type of the times sent for a window: float32 where its steps show nowhere.

    Late in a session, or on a clock in Unix seconds, the steps of float32 are wide.
    """
    step = np.spacing(np.float32(max(abs(window.start), abs(window.stop))))
    fine = step <= EXACT_PIXELS * window.seconds_per_pixel
    return np.float32 if fine and window.duration > EXACT_WINDOW else np.float64


def shapes(rows: Sequence[Row], shading: Row) -> list[dict[str, Any]]:
    """All strokes, and a frame around each selected cell's row in a heatmap."""
    placed = [
        stroke | {"xref": "x", "yref": axis}
        for row, axis in _with_axes(rows, shading)
        for stroke in row.strokes
    ]
    return placed + _selected_rows(rows)


def _with_axes(rows: Sequence[Row], shading: Row) -> Iterator[tuple[Row, str]]:
    """The rows with their y axis in drawing order, the shading first."""
    yield shading, "y"
    for i, row in enumerate(rows):
        yield row, f"y{i + 2}"


def _domains(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The y domains from the top; heights are proportional to the weights."""
    total = sum(row.weight for row in rows)
    room = 1 - GAP * (len(rows) - 1)
    domains, top = [], 1.0
    for row in rows:
        bottom = max(top - room * row.weight / total, 0.0)
        domains.append((bottom, top))
        top = bottom - GAP
    return domains


def _y_axis(row: Row, domain: tuple[float, float]) -> dict[str, Any]:
    return theme.axis(
        domain=list(domain),
        anchor="x",
        range=list(row.y_range),
        fixedrange=True,
        nticks=4,
        showticklabels=row.show_ticks,
        ticks="outside" if row.show_ticks else "",
        tickfont={"size": 10, "color": theme.MUTED},
        showline=row.show_ticks,
    )


def texts(rows: Sequence[Row], pixels: int) -> list[dict[str, Any]]:
    """The rows' names at the left, and the reasons why rows are empty in a plot of that width."""
    domains = _domains(rows)
    placed = list(zip(rows, domains, strict=True))
    names = [_name(row, domain) for row, domain in placed]
    return names + [
        _absence(row, domain, pixels) for row, domain in placed if "absent" in row.notes
    ]


def _name(row: Row, domain: tuple[float, float]) -> dict[str, Any]:
    unit = f"<br><span style='color:{theme.MUTED}'>{row.unit}</span>" if row.unit else ""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": sum(domain) / 2,
        "xanchor": "right",
        "yanchor": "middle",
        "xshift": -40 if row.show_ticks else -8,
        "showarrow": False,
        "align": "right",
        "font": {"size": 11, "color": row.color},
        "text": row.label + unit,
    }


def _absence(row: Row, domain: tuple[float, float], pixels: int) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0.01,
        "y": sum(domain) / 2,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "align": "left",
        "text": literal(in_lines(row.notes["absent"], pixels)),
        "hovertext": literal(in_lines(row.notes["absent"], pixels, most=None)),
        "font": {"size": 11, "color": theme.MUTED},
    }


def in_lines(sentence: str, pixels: int, most: int | None = MOST_LINES) -> str:
    """A sentence in lines that fit into a plot of a width, ``most`` of them at most."""
    width = max(int(0.97 * pixels / CHARACTER_PIXELS), 20)
    return "\n".join(textwrap.wrap(sentence, width, max_lines=most, placeholder=" …"))


def images(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The heatmaps as layout images on their rows."""
    return [
        {
            "source": row.image,
            "xref": "x",
            "yref": f"y{i + 2}",
            "x": row.image_span[0],
            "sizex": row.image_span[1] - row.image_span[0],
            "y": -0.5,
            "sizey": row.image_height,
            "sizing": "stretch",
            "layer": "above",
            "yanchor": "top",
        }
        for i, row in enumerate(rows)
        if row.image
    ]


def _selected_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """A frame around each selected cell's row of a heatmap."""
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "yref": f"y{i + 2}",
            "y0": row.cells.index(cell) - 0.5,
            "y1": row.cells.index(cell) + 0.5,
            "line": {"color": theme.SELECTED_ROI_COLOR, "width": 1},
            "layer": "above",
        }
        for i, row in enumerate(rows)
        if row.image
        for cell in row.selected
        if cell in row.cells
    ]


def _meta(rows: Sequence[Row], domains: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """The rows for the browser: it finds what is under the pointer, and says units in words."""
    return {
        "rows": [
            {
                "name": row.name,
                "unit": row.unit,
                "domain": list(domain),
                "cells": list(row.cells),
                **row.notes,
            }
            for row, domain in zip(rows, domains, strict=True)
        ]
    }
