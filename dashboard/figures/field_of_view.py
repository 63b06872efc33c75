"""Field of view: a picture of an imaging plane with the outlines of its cells.

The server sends the part that never changes. ``assets/session/field_of_view/figure.js`` adds the
chosen picture, the selected cells and the scale bar, with the data in ``layout.meta``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.plain import plain_figure
from data_layer.values.slices import Outline

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Field:
    """A plane: its size in pixels, the pixel size in µm (None: unknown), and its pictures' URLs."""

    ophys_experiment_id: int
    width: int
    height: int
    pixel_size: float | None
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the id by which it is selected, its bounding box (px), its outline."""

    name: int
    box: tuple[int, int, int, int]  # x, y, width, height
    outline: Outline


def field_of_view_figure(field: Field, cells: Sequence[Cell]) -> dict[str, Any]:
    """The figure of one plane.

    Coordinates are pixels from the top left with y down; whole numbers are the centres of pixels.
    """
    x, y, starts = _joined([cell.outline for cell in cells])
    return plain_figure(
        [_outlines(x, y), *_selected(), _labels()],
        {
            "margin": {"l": 2, "r": 2, "t": 2, "b": 2},
            "xaxis": _axis(field.width, constrain="domain"),
            "yaxis": _axis(
                field.height,
                scaleanchor="x",
                constrain="domain",
                constraintoward="top",
            )
            | {"range": [field.height - 0.5, -0.5]},
            "images": [_picture(field)],
            "dragmode": "pan",
            "hovermode": False,
            "meta": {
                "experiment": field.ophys_experiment_id,
                "width": field.width,
                "height": field.height,
                "pixel_size": field.pixel_size,
                "pictures": dict(field.pictures),
                "starts": starts,
                "cells": [_facts(cell) for cell in cells],
            },
        },
    )


def _joined(outlines: Sequence[Outline]) -> tuple[Floats, Floats, list[int]]:
    """All outlines as one line with gaps (x, y), and the index where each begins, and the end."""
    corners = [_corners(outline.x, outline.y) for outline in outlines]
    gap = np.full((1, 2), np.nan)
    parts = [part for points in corners for part in (points, gap)]
    x, y = np.concatenate([np.empty((0, 2)), *parts]).astype(np.float32).T
    starts = np.cumsum([0, *(len(points) + 1 for points in corners)])
    return x, y, starts.tolist()


def _corners(x: Floats, y: Floats) -> Floats:
    """The points (n, 2) at which a line turns; those within a straight part are not needed."""
    points = np.column_stack([x, y])
    steps = np.diff(points, axis=0)
    # Next to a gap the products are NaN, which differs from everything: those points stay.
    turn = steps[:-1, 0] * steps[1:, 1] != steps[:-1, 1] * steps[1:, 0]
    keep = np.ones(len(points), dtype=bool)
    keep[1:-1] = turn
    return points[keep]


def _outlines(x: Floats, y: Floats) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "cells",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": theme.ROI_COLOR, "width": 1},
        "visible": False,
    }


def _selected() -> list[dict[str, Any]]:
    """The outlines of selected cells: dark under yellow, visible on bright and on dark tissue."""
    trace = {"type": "scatter", "mode": "lines", "x": [], "y": [], "hoverinfo": "skip"}
    edge = {"color": theme.PICTURE_EDGE, "width": 5}
    line = {"color": theme.SELECTED_ROI_COLOR, "width": 2.5}
    return [
        trace | {"name": "selected cells, edge", "line": edge},
        trace | {"name": "selected cells", "line": line},
    ]


def _labels() -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "name": "names",
        "x": [],
        "y": [],
        "text": [],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "textfont": {
            "color": theme.SELECTED_ROI_COLOR,
            "size": 12,
            "weight": 600,
            "shadow": "0 0 3px #000, 0 0 3px #000, 0 0 2px #000",
        },
    }


def _axis(size: int, **settings: Any) -> dict[str, Any]:
    return {
        "visible": False,
        "range": [-0.5, size - 0.5],
        "minallowed": -0.5 - size,
        "maxallowed": 2 * size - 0.5,
        **settings,
    }


def _picture(field: Field) -> dict[str, Any]:
    """The first picture that exists; the browser replaces it with the chosen one."""
    return {
        "source": next(iter(field.pictures.values()), None),
        "xref": "x",
        "yref": "y",
        "x": -0.5,
        "y": -0.5,
        "sizex": field.width,
        "sizey": field.height,
        "xanchor": "left",
        "yanchor": "top",
        "sizing": "stretch",
        "layer": "below",
    }


def _facts(cell: Cell) -> dict[str, Any]:
    return {
        "name": cell.name,
        "cell_specimen_id": cell.outline.cell_specimen_id,
        "cell_roi_id": cell.outline.cell_roi_id,
        "box": list(cell.box),
        "area": cell.outline.area,
    }
