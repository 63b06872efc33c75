"""Small multiples: averages around task events in rows and columns with common axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure

Floats = NDArray[np.floating]
Span = tuple[float, float]
FLASH, PERIOD = 0.25, 0.75  # s: duration of a flash, and time from flash to flash
COLUMN_GAP = 0.012
MARGIN = {"l": 70, "r": 12}


@dataclass(frozen=True, slots=True)
class Line:
    """A mean over ``n`` events with its interval; arrays are (n_t,), ``offsets`` in seconds.

    ``columns`` are what its numbers have beside the points: a value by name, or ``{"each": n,
    "values": [...]}`` with a value for every ``n`` points in turn.
    """

    name: str
    color: str
    offsets: Floats
    mean: Floats
    low: Floats | None = None
    high: Floats | None = None
    dash: str = "solid"
    width: float = 1.8
    n: int = 0
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One plot: its lines, or a sentence why there are none, and notes written into it.

    ``columns`` are the columns of the numbers of all its lines.
    """

    lines: Sequence[Line] = ()
    sentence: str = ""
    notes: Sequence[str] = ()
    path: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """Plots with the same x axis: title, span (s), and the kind of event, which sets the shades.

    An empty ``unit`` or ``x_title`` means that of the figure.
    """

    title: str
    span: Span
    cells: Sequence[Cell]
    event: str = ""
    weight: float = 1.0
    unit: str = ""
    x_title: str = ""


def small_multiples_figure(
    rows: Sequence[Row], unit: str, *, x_title: str, gap: float = 0.09
) -> dict[str, Any]:
    """A figure in which plots of one unit share the y range, and plots of a row the x range.

    Args:
        rows: from the top; all with the same number of cells.
        unit: of the values.
        x_title: title of the x axes.
        gap: between rows, as a share of the figure's height.
    """
    ranges = {row.unit: _range([one for one in rows if one.unit == row.unit]) for row in rows}
    layout: dict[str, Any] = {
        "margin": MARGIN | {"t": 18, "b": 38},
        "font": {"size": 11},
        "hovermode": "closest",
        "dragmode": False,
        "annotations": [],
        "shapes": [],
    }
    traces: list[dict[str, Any]] = []
    number = 0
    for row, domain in zip(rows, row_domains([r.weight for r in rows], gap), strict=True):
        for column, cell in enumerate(row.cells):
            number += 1
            position = _Position(number, column_domain(column, len(row.cells)), domain)
            traces += [trace | position.refs for trace in _traces(cell, row.unit or unit)]
            y_title = (row.unit or unit) if column == 0 else ""
            is_known = any(one.lines for r in rows if r.unit == row.unit for one in r.cells)
            layout |= position.axes(row, ranges[row.unit], y_title, column == 0 and is_known)
            layout["shapes"] += _shades(row, position) if cell.lines else []
            layout["annotations"] += _texts(cell, row, position, column == 0)
        for titled in _titled(number, len(row.cells)):
            title = {"text": row.x_title or x_title, "standoff": 3}
            layout[f"xaxis{_suffix(titled)}"]["title"] = title
    return plain_figure(traces, layout)


def _titled(last: int, n: int) -> list[int]:
    """The numbers of the axes of a row of ``n`` that have a title: all of few, one of many."""
    return list(range(last - n + 1, last + 1)) if n <= 3 else [last - n // 2]


def column_domain(column: int, n_columns: int) -> tuple[float, float]:
    """The x domain of a column; the stylesheet lays out the captions above in the same way."""
    width = (1 - COLUMN_GAP * (n_columns - 1)) / n_columns
    start = column * (width + COLUMN_GAP)
    return start, min(start + width, 1.0)


def row_domains(weights: Sequence[float], gap: float) -> list[tuple[float, float]]:
    """The y domain of each row, from the top."""
    room = 1.0 - gap * (len(weights) - 1)
    domains, top = [], 1.0
    for weight in weights:
        height = room * weight / sum(weights)
        domains.append((max(top - height, 0.0), top))
        top -= height + gap
    return domains


def _range(rows: Sequence[Row]) -> tuple[float, float]:
    """Minimum and maximum of the means of all lines, with some room."""
    means = [line.mean for row in rows for cell in row.cells for line in cell.lines]
    known = np.concatenate([m[np.isfinite(m)] for m in means]) if means else np.empty(0)
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    room = 0.12 * (high - low) or 0.1
    return low - room, high + 2.2 * room  # the notes are at the top


def _suffix(number: int) -> str:
    return "" if number == 1 else str(number)


@dataclass(frozen=True, slots=True)
class _Position:
    number: int
    x: tuple[float, float]
    y: tuple[float, float]

    @property
    def refs(self) -> dict[str, str]:
        return {"xaxis": f"x{_suffix(self.number)}", "yaxis": f"y{_suffix(self.number)}"}

    def axes(
        self, row: Row, values: tuple[float, float], unit: str, labelled: bool
    ) -> dict[str, Any]:
        x, y = self.refs["xaxis"], self.refs["yaxis"]
        base = {"fixedrange": True, "nticks": 5}
        x_axis = theme.axis(domain=list(self.x), anchor=y, range=list(row.span), **base)
        y_axis = theme.axis(domain=list(self.y), anchor=x, range=list(values), **base)
        y_axis |= {"showticklabels": labelled, "title": {"text": unit, "standoff": 4}}
        suffix = _suffix(self.number)
        return {f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis}


def _traces(cell: Cell, unit: str) -> list[dict[str, Any]]:
    traces: list[dict[str, Any]] = []
    for line in cell.lines:
        if line.low is not None and line.high is not None:
            known = np.isfinite(line.low) & np.isfinite(line.high)
            x, low, high = line.offsets[known], line.low[known], line.high[known]
            traces.append(
                {
                    "type": "scatter",
                    "mode": "none",
                    "fill": "toself",
                    "hoverinfo": "skip",
                    "x": np.concatenate([x, x[::-1]]),
                    "y": np.concatenate([high, low[::-1]]),
                    "fillcolor": theme.translucent(line.color, 0.2),
                    "name": literal(line.name),
                }
                | _told(cell, line, "interval")
            )
        count = f", n = {line.n:,}" if line.n else ""
        hover = f"{literal(line.name)}{count}<br>%{{x:.2f}} s: %{{y:.3g}} {unit}<extra></extra>"
        trace = {
            "type": "scatter",
            "mode": "lines",
            "x": line.offsets,
            "y": line.mean,
            "name": literal(line.name),
            "line": {"color": line.color, "width": line.width, "dash": line.dash},
            "hovertemplate": hover,
        } | _told(cell, line, "mean")
        traces.append(
            trace | {"customdata": [cell.path] * len(line.offsets)} if cell.path else trace
        )
    if not traces:  # Plotly does not draw axes without a trace
        nothing = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
        traces.append(nothing)
    return traces


def _told(cell: Cell, line: Line, shows: str) -> dict[str, Any]:
    """What ``assets/panels/tables.js`` writes beside the points of a trace."""
    if not cell.columns:
        return {}
    columns = {"shows": shows, **cell.columns, **({"n": line.n} if line.n else {}), **line.columns}
    return {"meta": {"columns": columns}}


def _shades(row: Row, position: _Position) -> list[dict[str, Any]]:
    """Shades for the times of flashes as the task schedules them; the event's own in colour."""
    x, y = position.refs["xaxis"], f"{position.refs['yaxis']} domain"
    if row.event not in ("change", "omission", "image"):
        return []
    first = int(np.ceil((row.span[0] - FLASH) / PERIOD))
    starts = [k * PERIOD for k in range(first, int(row.span[1] / PERIOD) + 1) if k]
    base = {"type": "path", "xref": x, "yref": y, "layer": "below", "line": {"width": 0}}
    path = "".join(_box(start, row.span) for start in starts)
    shapes = [base | {"path": path, "fillcolor": "hsla(0,0%,50%,0.1)"}] if path else []
    if row.event == "omission":
        line = {"color": theme.OMISSION_COLOR, "width": 1.5, "dash": "dash"}
        return [*shapes, base | {"path": "M0,0V1", "line": line}]
    color = theme.CHANGE_COLOR if row.event == "change" else theme.FLASH_COLOR
    return [
        *shapes,
        base | {"path": _box(0, row.span), "fillcolor": theme.translucent(color, 0.22)},
    ]


def _box(start: float, span: Span) -> str:
    left, right = max(start, span[0]), min(start + FLASH, span[1])
    return f"M{left:g},0V1H{right:g}V0Z" if right > left else ""


def _texts(cell: Cell, row: Row, position: _Position, first: bool) -> list[dict[str, Any]]:
    refs = {
        "xref": f"{position.refs['xaxis']} domain",
        "yref": f"{position.refs['yaxis']} domain",
        "showarrow": False,
        "font": {"size": 11, "color": theme.MUTED},
    }
    texts = []
    if first:
        texts.append(
            refs
            | {
                "text": f"<b>{literal(row.title)}</b>",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": {"size": 11, "color": theme.INK},
            }
        )
    if cell.sentence:
        texts.append(refs | {"text": literal(cell.sentence), "x": 0.5, "y": 0.5})
    if cell.notes:
        texts.append(
            refs
            | {
                "text": "<br>".join(cell.notes),
                "x": 0.99,
                "y": 0.99,
                "xanchor": "right",
                "yanchor": "top",
                "align": "right",
                "font": {"size": 10, "color": theme.MUTED},
            }
        )
    return texts
