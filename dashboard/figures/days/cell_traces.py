"""A part of one cell's trace on each of several days, with common axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.days.sentence import sentence_at
from dashboard.figures.days.small_multiples import MARGIN, column_domain
from dashboard.figures.plain import plain_figure
from dashboard.figures.shapes import strokes

Floats = NDArray[np.floating]
NOTHING: Floats = np.empty(0)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a trace around ``moment`` (s of the session), which ``around`` describes.

    ``offsets``, ``changes`` and ``omissions`` are in seconds from the moment. ``sentence`` says
    why there is no trace.
    """

    offsets: Floats = field(default_factory=lambda: NOTHING)
    values: Floats = field(default_factory=lambda: NOTHING)
    around: str = ""
    moment: float = 0.0
    changes: Floats = field(default_factory=lambda: NOTHING)
    omissions: Floats = field(default_factory=lambda: NOTHING)
    sentence: str = ""


def cell_traces_figure(
    snippets: Sequence[Snippet], span: tuple[float, float], unit: str
) -> dict[str, Any]:
    """A figure with a column per day and common axes; ``span`` is in seconds from the moment."""
    values = np.concatenate([NOTHING, *(one.values[np.isfinite(one.values)] for one in snippets)])
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    room = 0.05 * (high - low) or 0.1
    layout: dict[str, Any] = {
        "margin": MARGIN | {"t": 4, "b": 34},
        "font": {"size": 11},
        "dragmode": False,
        "hovermode": "closest",
        "annotations": [],
        "shapes": [],
    }
    traces: list[dict[str, Any]] = []
    for i, one in enumerate(snippets):
        suffix = "" if i == 0 else str(i + 1)
        refs = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        traces.append(_trace(one, unit) | refs)
        axis = {"fixedrange": True, "nticks": 5}
        ticks = [t for t in range(-600, 601, 10) if span[0] + 5 < t < span[1] - 5]
        title = f"s from {one.around}" if one.around else ""
        layout[f"xaxis{suffix}"] = theme.axis(
            domain=list(column_domain(i, len(snippets))),
            anchor=f"y{suffix}",
            range=list(span),
            tickvals=ticks,
            **axis,
        ) | {"title": {"text": title, "standoff": 2}}
        layout[f"yaxis{suffix}"] = theme.axis(
            anchor=f"x{suffix}", range=[low - room, high + room], showticklabels=i == 0, **axis
        ) | {"title": {"text": unit if i == 0 else "", "standoff": 4}}
        layout["shapes"] += _marks(one, refs)
        if one.sentence:
            layout["annotations"].append(sentence_at(one.sentence, refs))
    return plain_figure(traces, layout)


def _trace(one: Snippet, unit: str) -> dict[str, Any]:
    if one.sentence:
        return {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": one.offsets,
        "y": one.values,
        "customdata": one.offsets + one.moment,
        "connectgaps": False,
        "line": {"color": theme.CELL_COLORS[0], "width": 1.1},
        "hovertemplate": f"%{{y:.3f}} {unit} at %{{customdata:,.1f}} s of the session"
        "<extra></extra>",
    }


def _marks(one: Snippet, refs: dict[str, str]) -> list[dict[str, Any]]:
    axes = {"xref": refs["xaxis"], "yref": f"{refs['yaxis']} domain"}
    change = theme.translucent(theme.CHANGE_COLOR, 0.5)
    return [
        strokes(one.changes, change, "change", width=1.4, layer="below") | axes,
        strokes(
            one.omissions,
            theme.OMISSION_COLOR,
            "omission",
            width=1.4,
            dash="3px,2px",
            layer="below",
        )
        | axes,
    ]
