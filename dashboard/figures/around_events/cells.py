"""The average of every cell around task events as heatmaps, one per group of events.

``layout.meta`` has the cell that a click on a row selects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.around_events.frame import (
    Frame,
    axes_only,
    axis_title,
    base_layout,
    cells_color_range,
    heatmap,
    time_axis,
    zero_line,
)
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure

GAP = 0.02
MOST_SIDE_BY_SIDE = 4  # up to so many groups have their name on one line


def cells_figure(
    frame: Frame,
    means: NDArray[np.floating],
    titles: Sequence[str],
    cells: Sequence[int],
    order: str,
    *,
    selected: Sequence[int] = (),
) -> dict[str, Any]:
    """A figure with one heatmap per group and a row per cell, all with the same colour scale.

    Args:
        frame: names, offsets and windows.
        means: (n_groups, n_cells, n_t), first cell on top.
        titles: of the groups, with their numbers of events.
        cells: the id of each row.
        order: what the rows are sorted by, as text.
        selected: the ids of the rows that get a frame.
    """
    n = max(len(means), 1)
    low, top = cells_color_range(means, frame.from_zero)
    width = (1 - GAP * (n - 1)) / n
    layout = base_layout(frame) | {
        "yaxis": theme.axis(
            range=[max(len(cells), 1) - 0.5, -0.5],
            anchor="x",
            nticks=5,
            fixedrange=True,
            title=axis_title(f"cell, by {order}"),
        ),
        "images": [
            heatmap(frame, values, low, top, i + 1, y="y") for i, values in enumerate(means)
        ],
        "shapes": [
            *(zero_line(f"x{i + 1 if i else ''}") for i in range(n)),
            *_frames(cells, selected),
        ],
        "annotations": [],
        "margin": {"l": 50, "r": 10, "t": 30 if n > MOST_SIDE_BY_SIDE else 18, "b": 38},
        "meta": {"cells": list(cells), "rows": "cells"},
    }
    for i in range(n):
        start = i * (width + GAP)
        axis = time_axis(frame, [start, start + width], "y", with_title=False)
        layout[f"xaxis{i + 1 if i else ''}"] = axis | {"nticks": max(2, 8 // n)}
        layout["annotations"].append(_group_name(titles[i] if titles else "", start + width / 2, n))
    scale = theme.scale_words(low, top, frame.unit)
    words = f"time from {literal(frame.event)} (s), {scale}"
    layout["annotations"].append(_below(words))
    return plain_figure([axes_only(i + 1, "y") for i in range(n)], layout)


def _frames(cells: Sequence[int], selected: Sequence[int]) -> list[dict[str, Any]]:
    rows = [cells.index(cell) for cell in selected if cell in cells]
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "yref": "y",
            "y0": row - 0.5,
            "y1": row + 0.5,
            "line": {"color": theme.SELECTED_ROI_COLOR, "width": 1.5},
        }
        for row in rows
    ]


def _group_name(text: str, x: float, n: int) -> dict[str, Any]:
    """A group's name above its heatmap, in two lines where there are many."""
    words = "\nn".join(text.rsplit(", n", 1)) if n > MOST_SIDE_BY_SIDE else text
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": 1,
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 10},
        "text": literal(words),
    }


def _below(text: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0,
        "yshift": -38,
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12},
        "text": text,
    }
