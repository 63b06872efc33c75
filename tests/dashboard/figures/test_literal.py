"""Text of files and tables in figures: Plotly shows it as it is."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.around_events.averages import Line, Trials, averages_figure
from dashboard.figures.around_events.cells import cells_figure
from dashboard.figures.around_events.frame import Frame
from dashboard.figures.days.cell_crops import Crop, cell_crops_figure
from dashboard.figures.days.cell_traces import Snippet, cell_traces_figure
from dashboard.figures.days.matched_cells import DayColumn, matched_cells_figure
from dashboard.figures.days.small_multiples import Cell, Row, small_multiples_figure
from dashboard.figures.days.small_multiples import Line as MeanLine
from dashboard.figures.literal import literal
from dashboard.figures.navigator import navigator_figure
from dashboard.figures.timeline import timeline_figure
from dashboard.figures.timeline_rows import Row as TimelineRow
from dashboard.figures.timeline_rows import absent_row, stimulus_row
from data_layer.values.slices import MarkSlice, SpanSlice
from data_layer.values.window import Window
from tests.support.markup import MARKUP

PARTS = ["<", ">", "&", "&lt;", "%{x}", "%", "{", "b>", "<a href='x'>", "\n", "<br>"]
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=4)).map("".join)
OFFSETS = np.linspace(-1, 1, 5)
NONE = np.empty(0)
UNSEEN = ("meta", "uirevision")  # what scripts read, and what tells one figure from the next


@given(TEXTS)
def test_what_plotly_reads_of_it_is_the_text_and_line_breaks(text: str) -> None:
    escaped = literal(text)
    assert "%{" not in escaped  # nothing is put in its place
    assert "<" not in escaped.replace("<br>", "")  # no tag but the line break
    lines = [html.unescape(line) for line in escaped.split("<br>")]
    assert "\n".join(lines) == text


def texts(part: Any) -> Iterator[str]:
    """Every text in a figure."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, value in part.items():
            if name not in UNSEEN:
                yield from texts(value)
    elif isinstance(part, list | tuple | np.ndarray):
        for value in part:
            yield from texts(value)


def _averages() -> dict[str, Any]:
    frame = Frame(OFFSETS, "activity", "dF/F", MARKUP, (0.0, 0.5), (-0.5, 0.0))
    mean = np.cos(OFFSETS)
    lines = [Line(MARKUP, "#55a868", mean, mean, mean, 2)]
    trials = Trials(np.ones((2, 5)), np.arange(2.0), np.zeros(2, int))
    return averages_figure(frame, lines, trials, [MARKUP], ["#55a868"])


def _cells() -> dict[str, Any]:
    frame = Frame(OFFSETS, "activity", "dF/F", MARKUP, (0.0, 0.5), (-0.5, 0.0))
    return cells_figure(frame, np.ones((1, 3, 5)), [f"{MARKUP}, n = 5"], [1, 2, 3], "id")


def _small_multiples() -> dict[str, Any]:
    drawn = Cell([MeanLine(MARKUP, "#55a868", OFFSETS, np.cos(OFFSETS))])
    row = Row(MARKUP, (-1.0, 1.0), [drawn, Cell(sentence=MARKUP)])
    return small_multiples_figure([row], "dF/F", x_title="time (s)")


def _matched_cells() -> dict[str, Any]:
    return matched_cells_figure(
        np.ones((1, 1), bool), [7], ["/cell/7"], [DayColumn(MARKUP, MARKUP, MARKUP)]
    )


def _navigator() -> dict[str, Any]:
    blocks = SpanSlice("blocks", np.array([0.0]), np.array([9.0]), np.array([MARKUP], object))
    nothing = SpanSlice("trials", NONE, NONE, np.empty(0, object))
    return navigator_figure((0.0, 9.0), blocks, nothing, nothing)


def _timeline() -> dict[str, Any]:
    flashes = SpanSlice("flashes", np.array([0.0]), np.array([9.0]), np.array([MARKUP], object))
    marks = MarkSlice("change", NONE)
    rows = [stimulus_row(flashes, marks, marks, [MARKUP]), absent_row("licks", "licks", MARKUP)]
    return timeline_figure(rows, Window(0.0, 9.0, 100), TimelineRow("shading", ""))


FIGURES: dict[str, Callable[[], dict[str, Any]]] = {
    "averages": _averages,
    "cells": _cells,
    "small multiples": _small_multiples,
    "matched cells": _matched_cells,
    "navigator": _navigator,
    "timeline": _timeline,
    "crops": lambda: cell_crops_figure([Crop(sentence=MARKUP)]),
    "traces": lambda: cell_traces_figure([Snippet(sentence=MARKUP)], (-1.0, 1.0), "dF/F"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_takes_a_name_or_a_sentence_for_markup(name: str) -> None:
    found = list(texts(FIGURES[name]()))
    assert not [text for text in found if MARKUP in text]
    assert [text for text in found if literal(MARKUP) in text]
