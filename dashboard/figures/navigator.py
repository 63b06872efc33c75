"""The navigator: the whole session in one narrow figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure
from dashboard.figures.shapes import box_trace, strokes
from data_layer.values.slices import SpanSlice

TIGHT = "tight"
"""The name of texts that would touch if large type were as large as elsewhere in a small window."""
MIDDLE, HALF = 1.5, 0.78
LETTER = 0.006  # the width of a letter as a share of a strip of 1,000 px
NOTE_LENGTH = 150  # characters, as many as the strip is wide for


def navigator_figure(
    bounds: tuple[float, float],
    blocks: SpanSlice,
    trials: SpanSlice,
    engaged: SpanSlice,
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """Stimulus blocks as named background, a line per trial, engaged periods as a bar.

    ``bounds`` are the first and last time of the session (s). ``notes`` are sentences that say why
    something is not there; they stand in the row of the trials.
    """
    names = _block_names(blocks, bounds[1] - bounds[0])
    traces = [
        box_trace(
            blocks.starts[i : i + 1],
            blocks.stops[i : i + 1],
            theme.BLOCK_COLORS.get(str(label), theme.MOVIE_BLOCK_COLOR),
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
        "shapes": [_middle(), *(_trials(trials, outcome) for outcome in theme.OUTCOME_COLORS)],
        "annotations": names + _row_names(len(engaged.starts) > 0) + _notes(notes),
    }
    return plain_figure(traces, layout)


def _trials(trials: SpanSlice, outcome: str) -> dict[str, Any]:
    low, high = (MIDDLE + HALF * end for end in theme.OUTCOME_EXTENTS[outcome])
    return strokes(
        trials.starts[trials.labels == outcome],
        theme.OUTCOME_COLORS[outcome],
        theme.OUTCOME_LABELS[outcome],
        low=low,
        high=high,
        width=1.4,
    )


def _middle() -> dict[str, Any]:
    """The line from which the strokes of trials go up or down."""
    return {
        "type": "line",
        "name": "middle",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": MIDDLE,
        "y1": MIDDLE,
        "line": {"color": theme.MUTED, "width": 0.5},
    }


def _block_names(blocks: SpanSlice, length: float) -> list[dict[str, Any]]:
    return [
        {
            "x": float(np.mean([blocks.starts[i], blocks.stops[i]])),
            "y": 2.95,
            "yanchor": "top",
            "text": literal(_wrapped(str(label), (blocks.stops[i] - blocks.starts[i]) / length)),
            "name": TIGHT,
            "showarrow": False,
            "font": {"size": 10, "color": theme.MUTED},
        }
        for i, label in enumerate(blocks.labels)
    ]


def _wrapped(name: str, share: float) -> str:
    """A name in two lines if its block, a share of the strip, is too narrow for one.

    Narrow blocks have no trials, so that there is room.
    """
    return name if LETTER * len(name) < share else name.replace(" ", "\n", 1)


def _notes(notes: Sequence[str]) -> list[dict[str, Any]]:
    """The sentences in one line each, two at most, and all of them where the pointer stands."""
    if not notes:
        return []
    lines = [note if len(note) <= NOTE_LENGTH else f"{note[:NOTE_LENGTH]}…" for note in notes[:2]]
    return [
        {
            "xref": "paper",
            "x": 0.01,
            "xanchor": "left",
            "y": MIDDLE,
            "align": "left",
            "text": literal("\n".join(lines)),
            "hovertext": literal("\n".join(notes)),
            "showarrow": False,
            "font": {"size": 10, "color": theme.MUTED},
        }
    ]


def _row_names(engaged: bool) -> list[dict[str, Any]]:
    names = [("trials", MIDDLE)] + ([("engaged", 0.35)] if engaged else [])
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
