"""A matrix of cells and days: on which days of a container each cell was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure

LEVELS = ("Familiar", "Novel 1", "Novel >1")
OTHER = len(LEVELS)
COLORS = (*(theme.EXPERIENCE_COLORS[level] for level in LEVELS), theme.MUTED)
ORDERS = {"days": "by days found", "first": "by first day", "id": "by cell id"}
COLUMNS, BARS = (0.0, 0.7), (0.8, 1.0)
MATRIX, COUNTS = (0.0, 0.84), (0.85, 1.0)


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day: its label on the axis, its hover text, its experience level."""

    label: str
    title: str
    level: str


def found_order(found: NDArray[np.bool_], order: str) -> NDArray[np.intp]:
    """Indices that sort the rows by one of ``ORDERS``; ties are sorted by the days found."""
    if order == "id" or not found.size:
        return np.arange(len(found))
    missed = [~found[:, day] for day in range(found.shape[1])]  # false sorts first
    keys = missed[::-1] if order == "first" else [*missed[::-1], -found.sum(axis=1)]
    return np.lexsort(keys)


def matched_cells_figure(
    found: NDArray[np.bool_],
    cells: Sequence[int],
    paths: Sequence[str],
    days: Sequence[DayColumn],
) -> dict[str, Any]:
    """The matrix, with the number of cells per day above and a histogram of days per cell beside.

    Args:
        found: (n_cells, n_days), top row first.
        cells: the cell_specimen_id of each row.
        paths: the path that a click on a row opens.
        days: the columns.
    """
    columns = list(range(1, len(days) + 1))
    kinds = np.array([LEVELS.index(d.level) if d.level in LEVELS else OTHER for d in days])
    z = np.where(found, kinds, np.nan)
    traces = [
        _matrix(z, found, cells, paths, days=days, columns=columns),
        _per_day(found, days, kinds, columns),
        _per_number(found, columns),
    ]
    return plain_figure(traces, _layout(days, columns, len(cells)))


def _matrix(
    z: NDArray[np.floating],
    found: NDArray[np.bool_],
    cells: Sequence[int],
    paths: Sequence[str],
    *,
    days: Sequence[DayColumn],
    columns: list[int],
) -> dict[str, Any]:
    steps = [
        [edge, color]
        for i, color in enumerate(COLORS)
        for edge in (i / len(COLORS), (i + 1) / len(COLORS))
    ]
    text = [
        [
            f"cell {cell}, {literal(day.title)}<br>{'found' if one else 'not found'}"
            for day, one in zip(days, row, strict=True)
        ]
        for cell, row in zip(cells, found.tolist(), strict=True)
    ]
    return {
        "type": "heatmap",
        "x": columns,
        "y": list(range(len(cells))),
        "z": z.astype(np.float32),
        "zmin": 0,
        "zmax": OTHER,
        "colorscale": steps,
        "showscale": False,
        "xgap": 2,
        "ygap": 1 if len(cells) <= 120 else 0,
        "text": text,
        "customdata": [[path] * len(days) for path in paths],
        "hovertemplate": "%{text}<extra></extra>",
        "hoverongaps": True,
    }


def _per_day(
    found: NDArray[np.bool_],
    days: Sequence[DayColumn],
    kinds: NDArray[np.intp],
    columns: list[int],
) -> dict[str, Any]:
    counts = found.sum(axis=0)
    return {
        "type": "bar",
        "x": columns,
        "y": counts.tolist(),
        "yaxis": "y2",
        "width": 0.9,
        "marker": {"color": [COLORS[kind] for kind in kinds.tolist()]},
        "text": [f"{n:,}" for n in counts.tolist()],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 10},
        "hovertext": [literal(day.title) for day in days],
        "hovertemplate": "%{hovertext}<br>%{y:,} cells<extra></extra>",
    }


def _per_number(found: NDArray[np.bool_], columns: list[int]) -> dict[str, Any]:
    per_cell = found.sum(axis=1)
    counts = [int((per_cell == n).sum()) for n in columns]
    return {
        "type": "bar",
        "orientation": "h",
        "x": counts,
        "y": columns,
        "xaxis": "x2",
        "yaxis": "y3",
        "marker": {"color": theme.MUTED},
        "text": [f"{n:,}" for n in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 10},
        "hovertemplate": "%{x:,} cells were found on %{y} days<extra></extra>",
    }


def _layout(days: Sequence[DayColumn], columns: list[int], n_cells: int) -> dict[str, Any]:
    def axis(**settings: Any) -> dict[str, Any]:
        return theme.axis(fixedrange=True, **settings)

    def title(text: str, standoff: int = 4) -> Mapping[str, Any]:
        return {"text": text, "standoff": standoff}

    return {
        "margin": {"l": 40, "r": 24, "t": 18, "b": 58},
        "font": {"size": 11},
        "dragmode": False,
        "bargap": 0.1,
        "xaxis": axis(
            domain=list(COLUMNS),
            tickvals=columns,
            ticktext=[literal(d.label) for d in days],
            range=[0.5, len(days) + 0.5],
            title=title("day of the container"),
        ),
        "yaxis": axis(
            domain=list(MATRIX),
            range=[n_cells - 0.5, -0.5],
            showticklabels=False,
            ticks="",
            title=title(f"{n_cells:,} cells"),
        ),
        "yaxis2": axis(domain=list(COUNTS), anchor="x", rangemode="tozero", visible=False),
        "xaxis2": axis(
            domain=list(BARS), anchor="y3", rangemode="tozero", nticks=3, title=title("cells")
        ),
        "yaxis3": axis(
            domain=list(MATRIX),
            anchor="x2",
            tickvals=columns,
            range=[0.5, len(days) + 0.5],
            title=title("found on … days", 2),
        ),
    }
