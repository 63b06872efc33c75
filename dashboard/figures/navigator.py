"""The navigator: the whole session in one narrow figure."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard import theme
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure
from dashboard.figures.shapes import box_trace, strokes
from data_layer.values.slices import SpanSlice

BLOCK_COLORS = {"task": "#e8eef7", "passive viewing": "#eef0e6", "gray screen": "#eceef1"}
MOVIE_COLOR = "#efe6f3"


def navigator_figure(
    bounds: tuple[float, float],
    blocks: SpanSlice,
    trials: SpanSlice,
    engaged: SpanSlice,
    lacking: str = "",
) -> dict[str, Any]:
    """Stimulus blocks as named background, a line per trial, engaged periods as a bar.

    ``bounds`` are the first and last time of the session (s); ``lacking`` says what is not drawn.
    """
    traces = [
        box_trace(
            blocks.starts[i : i + 1],
            blocks.stops[i : i + 1],
            BLOCK_COLORS.get(str(label), MOVIE_COLOR),
            literal(label),
            low=0.0,
            high=3.0,
        )
        for i, label in enumerate(blocks.labels)
    ]
    bar = box_trace(engaged.starts, engaged.stops, theme.ACCENT, "engaged", low=0.2, high=0.5)
    traces.append(bar)
    layout = {
        "margin": {"l": 124, "r": 10, "t": 2, "b": 18},
        "hovermode": False,
        "dragmode": False,
        "xaxis": theme.axis(
            range=list(bounds),
            fixedrange=True,
            tickformat=",~f",
            nticks=14,
            ticksuffix=" s",
            tickfont={"size": 10, "color": theme.MUTED},
        ),
        "yaxis": {"range": [0, 3], "visible": False, "fixedrange": True},
        "shapes": [_trials(trials, outcome) for outcome in theme.OUTCOME_COLORS],
        "annotations": _block_names(blocks) + _row_names(len(engaged.starts) > 0) + _note(lacking),
    }
    return plain_figure(traces, layout)


def _trials(trials: SpanSlice, outcome: str) -> dict[str, Any]:
    return strokes(
        trials.starts[trials.labels == outcome],
        theme.OUTCOME_COLORS[outcome],
        theme.OUTCOME_LABELS[outcome],
        low=0.75,
        high=1.25 if outcome == "aborted" else 2.0,
    )


def _block_names(blocks: SpanSlice) -> list[dict[str, Any]]:
    return [
        {
            "x": float(np.mean([blocks.starts[i], blocks.stops[i]])),
            "y": 2.95,
            "yanchor": "top",
            "text": literal(label),
            "showarrow": False,
            "font": {"size": 10, "color": theme.MUTED},
        }
        for i, label in enumerate(blocks.labels)
    ]


def _note(lacking: str) -> list[dict[str, Any]]:
    place = {"xref": "paper", "x": 0.5, "yref": "paper", "y": 0.5, "showarrow": False}
    font = {"size": 11, "color": theme.MUTED}
    return [place | {"text": literal(lacking), "font": font}] if lacking else []


def _row_names(engaged: bool) -> list[dict[str, Any]]:
    names = [("trials", 1.4)] + ([("engaged", 0.35)] if engaged else [])
    return [
        {
            "xref": "paper",
            "x": 0,
            "xanchor": "right",
            "xshift": -8,
            "y": y,
            "text": text,
            "showarrow": False,
            "font": {"size": 10, "color": theme.MUTED},
        }
        for text, y in names
    ]
