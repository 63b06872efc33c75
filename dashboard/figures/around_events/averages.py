"""Averages around task events with their intervals, and a heatmap of the single events.

``layout.meta`` has the time that a click on a row of the heatmap leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.figures.around_events.frame import (
    Frame,
    axes_only,
    axis_title,
    base_layout,
    color_range,
    heatmap,
    time_axis,
    zero_line,
)
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure
from data_layer.values.slices import Floats, Ints

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "5px,2px", "2px,4px")
BAND_OPACITY = 0.2
MEAN_WIDTH, TRIALS_FROM = 0.57, 0.65
LEGEND_WIDTH = 430  # pixels


@dataclass(frozen=True, slots=True)
class Line:
    """The mean of one group of ``n`` events and the bounds of its interval, each (n_t,)."""

    label: str
    color: str
    mean: Floats
    low: Floats
    high: Floats
    n: int


@dataclass(frozen=True, slots=True)
class Trials:
    """Single events as rows, top first.

    ``values`` are (n_rows, n_t) and ``times`` (n_rows,) in seconds. ``groups`` (n_rows,) are
    indices of the labels and colours of the groups.
    """

    values: Floats
    times: Floats
    groups: Ints


def averages_figure(
    frame: Frame,
    lines: Sequence[Line],
    trials: Trials,
    labels: Sequence[str],
    colors: Sequence[str],
) -> dict[str, Any]:
    """A figure with the averages at the left and the single events at the right.

    Args:
        frame: names, offsets and windows.
        lines: the averages.
        trials: the single events.
        labels: of the groups.
        colors: of the groups.
    """
    low, top = color_range(trials.values, frame.from_zero)
    n_rows = len(trials.times)
    layout = base_layout(frame) | {
        "xaxis": time_axis(frame, [0, MEAN_WIDTH], "y"),
        "yaxis": theme.axis(title=axis_title(f"{frame.name} ({frame.unit})"), anchor="x", nticks=6),
        "xaxis2": time_axis(frame, [TRIALS_FROM, 1], "y2")
        | {"title": axis_title(theme.scale_words(low, top, frame.unit))},
        "yaxis2": theme.axis(
            anchor="x2",
            range=[max(n_rows, 1) - 0.5, -0.5],
            side="right",
            nticks=4,
            title=axis_title("single events"),
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
        "images": [heatmap(frame, trials.values, low, top, 2)],
        "shapes": [
            *_windows(frame, "x"),
            zero_line("x", theme.INK),
            zero_line("x2"),
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
    return plain_figure([*drawn, axes_only(2)], layout)


def _line(frame: Frame, line: Line, index: int) -> list[dict[str, Any]]:
    known = np.isfinite(line.low) & np.isfinite(line.high)
    x = frame.offsets[known]
    dash = DASHES[index % len(DASHES)]
    band = {
        "type": "scatter",
        "mode": "none",
        "fill": "toself",
        "hoverinfo": "skip",
        "x": np.concatenate([x, x[::-1]]),
        "showlegend": False,
        "y": np.concatenate([line.high[known], line.low[known][::-1]]),
        "fillcolor": theme.translucent(line.color, BAND_OPACITY),
        "name": literal(f"{line.label} interval"),
    }
    name = literal(_name(line))
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
            ("response window", frame.response, theme.RESPONSE_COLOR),
            ("baseline window", frame.baseline, theme.BASELINE_COLOR),
        )
    ]


def _window_names(frame: Frame) -> list[dict[str, Any]]:
    names = (("baseline", frame.baseline, "right", 1), ("response", frame.response, "left", 0))
    return [
        {
            "xref": "x",
            "yref": "paper",
            "x": span[end],
            "y": 0,
            "text": name,
            "xanchor": anchor,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 10, "color": theme.MUTED},
        }
        for name, span, anchor, end in names
    ]


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


def _legend_height(lines: Sequence[Line]) -> int:
    """The height (px) of the legend above the plot; names share a line while there is room."""
    widest = max((len(_name(line)) for line in lines), default=0)
    in_a_row = max(LEGEND_WIDTH // (50 + 6 * widest), 1)
    return 10 + 19 * -(-max(len(lines), 1) // in_a_row)


def _name(line: Line) -> str:
    return f"{line.label}, n = {line.n:,}"
