"""Signals around events: means with intervals beside single trials, or every cell as a heatmap.

Pure: numbers in, a plain figure out. ``layout.meta`` says what a click on a row leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.color_image import color_image
from dashboard.figures.plain import plain_figure
from data_layer.values.slices import Floats, Ints

Span = tuple[float, float]

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "5px,2px", "2px,4px")
BAND_OPACITY = 0.2
RESPONSE_COLOR, BASELINE_COLOR = "#f2d38b", "#c9d6e6"
TOP_PERCENTILE = 99
MEAN_WIDTH, TRIALS_FROM = 0.57, 0.65
GAP = 0.02
MOST_SIDE_BY_SIDE = 4  # groups with a name on one line
LEGEND_WIDTH = 430  # pixels


@dataclass(frozen=True, slots=True)
class Line:
    """One group's mean with the interval around it, each (n_t,), over ``n`` events."""

    label: str
    color: str
    mean: Floats
    low: Floats
    high: Floats
    n: int


@dataclass(frozen=True, slots=True)
class Trials:
    """Single events as rows, top first: ``values`` (n_rows, n_t), their ``times`` (s) and groups.

    ``groups`` (n_rows,) are places in the labels and colours of the groups.
    """

    values: Floats
    times: Floats
    groups: Ints


@dataclass(frozen=True, slots=True)
class Frame:
    """What both kinds of figure share.

    ``name`` and ``unit`` are of the signal, ``event`` names what is at zero, the windows are in
    seconds around it; ``from_zero`` where the colour scale begins at zero.
    """

    offsets: Floats
    name: str
    unit: str
    event: str
    response: Span
    baseline: Span
    from_zero: bool = True


def event_triggered_figure(
    frame: Frame,
    lines: Sequence[Line],
    trials: Trials,
    labels: Sequence[str],
    colors: Sequence[str],
) -> dict[str, Any]:
    """Means at the left, single trials at the right.

    Args:
        frame: names, offsets and windows.
        lines: the means.
        trials: the single events.
        labels: of the trials' groups.
        colors: of the trials' groups.
    """
    low, top = color_range(trials.values, frame.from_zero)
    n_rows = len(trials.times)
    layout = _layout(frame) | {
        "xaxis": _x_axis(frame, [0, MEAN_WIDTH], "y"),
        "yaxis": theme.axis(title=_title(f"{frame.name} ({frame.unit})"), anchor="x", nticks=6),
        "xaxis2": _x_axis(frame, [TRIALS_FROM, 1], "y2")
        | {"title": _title(_scale(low, top, frame.unit))},
        "yaxis2": theme.axis(
            anchor="x2",
            range=[max(n_rows, 1) - 0.5, -0.5],
            side="right",
            nticks=4,
            title=_title("single events"),
            fixedrange=True,
        ),
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.0,
            "yanchor": "bottom",
            "font": {"size": 11},
            "itemwidth": 30,
            "tracegroupgap": 0,
            "bgcolor": "rgba(0,0,0,0)",
        },
        "margin": {"l": 50, "r": 46, "t": _legend_height(lines), "b": 34, "autoexpand": False},
        "showlegend": True,
        "images": [_image(frame, trials.values, low, top, 2)],
        "shapes": [
            *_windows(frame, "x"),
            _zero("x", theme.INK),
            _zero("x2"),
            *_group_strips(trials.groups, colors),
        ],
        "annotations": _window_names(frame),
        "meta": {
            "times": np.round(trials.times, 4).tolist(),
            "groups": trials.groups.tolist(),
            "labels": list(labels),
            "rows": "trials",
        },
    }
    drawn = [trace for i, line in enumerate(lines) for trace in _line(frame, line, i)]
    return plain_figure([*drawn, _axes_only(2)], layout)


def cells_figure(
    frame: Frame,
    means: NDArray[np.floating],
    titles: Sequence[str],
    cells: Sequence[int],
    order: str,
    selected: Sequence[int] = (),
) -> dict[str, Any]:
    """Every cell as a row, one heatmap per group on one colour scale.

    Args:
        frame: names, offsets and windows.
        means: (n_groups, n_cells, n_t), rows from the top.
        titles: of the groups, with their numbers of events.
        cells: what the page calls each row.
        order: what the rows are sorted by, in words.
        selected: of ``cells``; framed.
    """
    n = max(len(means), 1)
    low, top = color_range(means, frame.from_zero)
    width = (1 - GAP * (n - 1)) / n
    layout = _layout(frame) | {
        "yaxis": theme.axis(
            range=[max(len(cells), 1) - 0.5, -0.5],
            anchor="x",
            nticks=5,
            fixedrange=True,
            title=_title(f"cell, by {order}"),
        ),
        "images": [_image(frame, values, low, top, i + 1, "y") for i, values in enumerate(means)],
        "shapes": [_zero(f"x{i + 1 if i else ''}") for i in range(n)] + _frames(cells, selected),
        "annotations": [],
        "margin": {"l": 50, "r": 10, "t": 30 if n > MOST_SIDE_BY_SIDE else 18, "b": 38},
        "meta": {"cells": list(cells), "rows": "cells"},
    }
    for i in range(n):
        start = i * (width + GAP)
        axis = _x_axis(frame, [start, start + width], "y", with_title=False)
        layout[f"xaxis{i + 1 if i else ''}"] = axis | {"nticks": max(2, 8 // n)}
        layout["annotations"].append(_heading(titles[i] if titles else "", start + width / 2, n))
    words = f"time from {frame.event} (s), {_scale(low, top, frame.unit)}"
    layout["annotations"].append(_below(words))
    return plain_figure([_axes_only(i + 1, "y") for i in range(n)], layout)


def color_range(values: Floats, from_zero: bool) -> Span:
    """From zero, or the 1st percentile, to the 99th percentile."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low = 0.0 if from_zero else float(np.percentile(known, 100 - TOP_PERCENTILE))
    top = float(np.percentile(known, TOP_PERCENTILE))
    if top <= low:
        top = float(known.max())
    return low, top if top > low else low + 1.0


def _layout(frame: Frame) -> dict[str, Any]:
    return {
        "margin": {"l": 50, "r": 46, "t": 18, "b": 34},
        "hovermode": "x",
        "dragmode": False,
        "uirevision": frame.event,
    }


def _x_axis(frame: Frame, domain: list[float], anchor: str, *, with_title: bool = True) -> Any:
    title = _title(f"time from {frame.event} (s)") if with_title else None
    half = (frame.offsets[1] - frame.offsets[0]) / 2 if len(frame.offsets) > 1 else 0.5
    first, last = (frame.offsets[0], frame.offsets[-1]) if len(frame.offsets) else (0.0, 1.0)
    return theme.axis(
        domain=domain,
        anchor=anchor,
        range=[float(first - half), float(last + half)],
        title=title,
        fixedrange=True,
        nticks=6,
    )


def _line(frame: Frame, line: Line, place: int) -> list[dict[str, Any]]:
    known = np.isfinite(line.low) & np.isfinite(line.high)
    x = frame.offsets[known]
    dash = DASHES[place % len(DASHES)]
    band = {
        "type": "scatter",
        "mode": "none",
        "fill": "toself",
        "hoverinfo": "skip",
        "x": np.concatenate([x, x[::-1]]),
        "showlegend": False,
        "y": np.concatenate([line.high[known], line.low[known][::-1]]),
        "fillcolor": theme.translucent(line.color, BAND_OPACITY),
        "name": f"{line.label} interval",
    }
    name = _name(line)
    mean = {
        "type": "scatter",
        "mode": "lines",
        "x": frame.offsets,
        "y": line.mean,
        "name": name,
        "line": {"color": line.color, "width": 1.8, "dash": dash},
        "hovertemplate": f"{name}: %{{y:.3g}} {frame.unit}<extra></extra>",
    }
    return [band, mean] if known.any() else [mean]


def _axes_only(place: int, y: str | None = None) -> dict[str, Any]:
    """Nothing, on the axes that a picture lies on: without a trace they are not drawn."""
    number = "" if place == 1 else str(place)
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "xaxis": f"x{number}",
        "yaxis": y or f"y{number}",
        "hoverinfo": "skip",
        "showlegend": False,
        "mode": "markers",
    }


def _image(
    frame: Frame, values: Floats, low: float, top: float, place: int, y: str | None = None
) -> dict[str, Any]:
    number = "" if place == 1 else str(place)
    start, stop = _x_axis(frame, [0, 1], "y")["range"]
    rows = values if values.size else np.full((1, 1), np.nan)
    return {
        "source": color_image(rows - low, top - low),
        "xref": f"x{number}",
        "yref": y or f"y{number}",
        "x": start,
        "sizex": stop - start,
        "y": -0.5,
        "sizey": len(rows),
        "sizing": "stretch",
        "layer": "below",
        "yanchor": "top",
    }


def _windows(frame: Frame, axis: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "rect",
            "xref": axis,
            "yref": "paper",
            "x0": span[0],
            "x1": span[1],
            "y0": 0,
            "y1": 1,
            "fillcolor": color,
            "opacity": 0.35,
            "line": {"width": 0},
            "layer": "below",
            "name": name,
        }
        for name, span, color in (
            ("response window", frame.response, RESPONSE_COLOR),
            ("baseline window", frame.baseline, BASELINE_COLOR),
        )
    ]


def _window_names(frame: Frame) -> list[dict[str, Any]]:
    names = (("baseline", frame.baseline, "right", 1), ("response", frame.response, "left", 0))
    return [
        {
            "xref": "x",
            "yref": "paper",
            "x": span[place],
            "y": 0,
            "text": name,
            "xanchor": anchor,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 10, "color": theme.MUTED},
        }
        for name, span, anchor, place in names
    ]


def _zero(axis: str, color: str = "#ffffff") -> dict[str, Any]:
    return {
        "type": "line",
        "xref": axis,
        "yref": "paper",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1, "dash": "solid" if color == theme.INK else "dot"},
    }


def _group_strips(groups: Ints, colors: Sequence[str]) -> list[dict[str, Any]]:
    """A bar of each group's colour along its rows."""
    edges = np.flatnonzero(np.diff(groups, prepend=-2, append=-2))
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": TRIALS_FROM - 0.016,
            "x1": TRIALS_FROM - 0.004,
            "yref": "y2",
            "y0": first - 0.5,
            "y1": last - 0.5,
            "layer": "above",
            "fillcolor": colors[int(groups[first])] if groups[first] >= 0 else theme.RULE,
            "line": {"width": 0},
        }
        for first, last in pairwise(edges.tolist())
    ]


def _frames(cells: Sequence[int], selected: Sequence[int]) -> list[dict[str, Any]]:
    places = [cells.index(cell) for cell in selected if cell in cells]
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "yref": "y",
            "y0": place - 0.5,
            "y1": place + 0.5,
            "line": {"color": theme.SELECTED_ROI_COLOR, "width": 1.5},
        }
        for place in places
    ]


def _scale(low: float, top: float, unit: str) -> str:
    """What the darkest and the brightest colour stand for."""
    return (
        f"■ {theme.number(low)} to <span style='color:#e8a04c'>■</span> {theme.number(top)} {unit}"
    )


def _heading(text: str, x: float, n: int) -> dict[str, Any]:
    """A group's name above its heatmap, in two lines where there are many."""
    words = text.replace(", n", "<br>n") if n > MOST_SIDE_BY_SIDE else text
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": 1,
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 10},
        "text": words,
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


def _legend_height(lines: Sequence[Line]) -> int:
    """Pixels above the plot for the names: they stand side by side as far as there is room."""
    widest = max((len(_name(line)) for line in lines), default=0)
    in_a_row = max(LEGEND_WIDTH // (50 + 6 * widest), 1)
    return 10 + 19 * -(-max(len(lines), 1) // in_a_row)


def _name(line: Line) -> str:
    return f"{line.label}, n = {line.n:,}"


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "standoff": 4, "font": {"size": 12}}
