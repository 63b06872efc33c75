"""Outcomes of trials are told without colour: by place in strips, by pattern in bars."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from dashboard import theme
from dashboard.figures.history.session_bars import bars, with_pattern
from dashboard.figures.history.session_plots import NAMES, STACK
from dashboard.figures.navigator import navigator_figure
from dashboard.figures.timeline_rows import trials_row
from data_layer.values.slices import SpanSlice
from data_layer.values.window import Window

OUTCOMES = list(theme.OUTCOME_COLORS)
NOTHING = SpanSlice("", np.empty(0), np.empty(0), np.empty(0, dtype=object))
STROKE = re.compile(r"M([\d.]+),([\d.e-]+)V([\d.e-]+)")
UP = {"hit", "miss", "auto_rewarded"}
LICKED = {"hit", "false_alarm"}


def trials(seconds: float = 10.0) -> SpanSlice:
    """A trial of each outcome, one after the other, each of the same length."""
    starts = np.arange(len(OUTCOMES)) * seconds
    return SpanSlice("trials", starts, starts + seconds, np.array(OUTCOMES, dtype=object))


def test_a_stroke_of_one_pixel_in_the_navigator_tells_the_outcome() -> None:
    figure = navigator_figure((0.0, 60.0), NOTHING, trials(), NOTHING)
    shapes = {shape["name"]: shape for shape in figure["layout"]["shapes"]}
    middle, reach = shapes["middle"]["y0"], {}
    for outcome in OUTCOMES:
        strokes = STROKE.findall(shapes[theme.OUTCOME_LABELS[outcome]]["path"])
        assert len(strokes) == 1
        reach[outcome] = tuple(round(float(end) - middle, 3) for end in strokes[0][1:])
    assert len(set(reach.values())) == len(OUTCOMES)
    for outcome in set(OUTCOMES) - {"aborted"}:
        low, high = reach[outcome]
        assert (low + high > 0) == (outcome in UP)
    lengths = {outcome: high - low for outcome, (low, high) in reach.items()}
    shortest = min(lengths[outcome] for outcome in LICKED)
    assert shortest > 1.9 * max(lengths[one] for one in set(OUTCOMES) - LICKED)


def test_a_span_of_the_timeline_tells_the_outcome() -> None:
    row = trials_row(trials(), Window(0.0, 60.0, 1000))
    drawn: dict[Any, tuple[float, float]] = {}
    for trace in row.traces:
        if trace["name"] != "outcome":
            drawn[trace["name"]] = (float(np.nanmin(trace["y"])), float(np.nanmax(trace["y"])))
    wanted = {theme.OUTCOME_LABELS[o]: theme.OUTCOME_EXTENTS[o] for o in OUTCOMES}
    assert drawn == wanted
    low, high = row.y_range
    assert all(low <= a < b <= high for a, b in drawn.values())


@pytest.mark.parametrize(
    ("pixels", "words"),
    [
        (1000, list(theme.OUTCOME_LABELS.values())),
        (200, [theme.OUTCOME_GLYPHS[outcome] for outcome in OUTCOMES]),
        (40, []),
    ],
)
def test_where_there_is_room_a_trial_has_its_name_or_its_symbol_beside_its_mark(
    pixels: int, words: list[str]
) -> None:
    row = trials_row(trials(), Window(0.0, 60.0, pixels))
    text = next(trace for trace in row.traces if trace["name"] == "outcome")
    assert list(text["text"]) == words
    assert text["textfont"]["color"] == theme.INK
    for outcome, at in zip(OUTCOMES, text["y"], strict=False):
        low, high = theme.OUTCOME_EXTENTS[outcome]
        assert not low < at < high, outcome


def test_bars_of_outcomes_have_patterns_that_their_legend_names() -> None:
    pale = np.array([False])
    for outcome in STACK:
        drawn = bars(np.array([1.0]), "#000000", outcome, width=1, pale=pale, hover="")
        marker = with_pattern(drawn, theme.OUTCOME_PATTERNS[outcome])["marker"]
        assert marker["pattern"]["shape"] == theme.OUTCOME_PATTERNS[outcome]
        assert theme.OUTCOME_SQUARES[outcome] in NAMES["outcomes"]
