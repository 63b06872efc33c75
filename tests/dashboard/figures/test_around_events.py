"""The figures around events hold the numbers they were given, and Plotly knows every property."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.figures.around_events.averages import Line, Trials, averages_figure
from dashboard.figures.around_events.cells import cells_figure
from dashboard.figures.around_events.frame import Frame, color_range
from tests.dashboard.figures.drawn import drawn

OFFSETS = np.linspace(-1, 1, 21)
FRAME = Frame(OFFSETS, "activity", "dF/F", "image change", (0.0, 0.5), (-0.5, 0.0))


def line(label: str, n: int, gap: bool = False) -> Line:
    mean = np.cos(OFFSETS)
    low, high = mean - 0.1, mean + 0.1
    if gap:
        low[:5] = np.nan
    return Line(label, "#55a868", mean, low, high, n)


def trials(n: int) -> Trials:
    values = np.arange(n * 21, dtype=float).reshape(n, 21)
    return Trials(values, np.arange(n) * 10.0, np.arange(n) * 2 // max(n, 1))


def test_means_are_named_with_their_numbers_of_events() -> None:
    lines = [line("hit", 29), line("miss", 1, gap=True)]
    figure = drawn(
        averages_figure(FRAME, lines, trials(6), ["hit", "miss"], ["#55a868", "#ccb974"])
    )
    named = [trace for trace in figure.data if trace.mode == "lines"]
    assert [trace.name for trace in named] == ["hit, n = 29", "miss, n = 1"]
    assert [trace.line.dash for trace in named] == ["solid", "dash"]
    np.testing.assert_allclose(named[0].y, np.cos(OFFSETS), rtol=1e-6)
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [len(band.x) for band in bands] == [42, 32]
    assert figure.layout.yaxis.title.text == "activity (dF/F)"
    assert figure.layout.xaxis.title.text == "time from image change (s)"


def test_windows_zero_and_groups_are_drawn() -> None:
    figure = drawn(
        averages_figure(FRAME, [line("hit", 6)], trials(6), ["hit", "miss"], ["#55a868", "#ccb974"])
    )
    named = {shape.name: (shape.x0, shape.x1) for shape in figure.layout.shapes if shape.name}
    assert named == {"response window": (0.0, 0.5), "baseline window": (-0.5, 0.0)}
    strips = [shape for shape in figure.layout.shapes if shape.yref == "y2"]
    assert [(s.y0, s.y1, s.fillcolor) for s in strips] == [
        (-0.5, 2.5, "#55a868"),
        (2.5, 5.5, "#ccb974"),
    ]
    assert figure.layout.meta["times"] == [0, 10, 20, 30, 40, 50]


def test_every_cell_has_a_row_in_each_group() -> None:
    means = np.random.default_rng(1).normal(size=(3, 5, 21))
    figure = drawn(
        cells_figure(
            FRAME,
            means,
            ["a, n = 1", "b, n = 2", "c, n = 3"],
            [11, 12, 13, 14, 15],
            "response",
            selected=[13],
        )
    )
    assert [(i.xref, i.sizey) for i in figure.layout.images] == [("x", 5), ("x2", 5), ("x3", 5)]
    assert figure.layout.meta["cells"] == (11, 12, 13, 14, 15) or figure.layout.meta["cells"] == [
        11,
        12,
        13,
        14,
        15,
    ]
    framed = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(shape.y0, shape.y1) for shape in framed] == [(1.5, 2.5)]
    texts = [note.text for note in figure.layout.annotations]
    assert texts[:3] == ["a, n = 1", "b, n = 2", "c, n = 3"]
    assert "dF/F" in texts[-1]


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_or_one_event_is_a_figure_too(n: int) -> None:
    drawn(averages_figure(FRAME, [line("hit", n)], trials(n), ["hit"], ["#55a868"]))


def test_colours_go_from_zero_or_the_least_to_the_99th_percentile() -> None:
    values = np.append(np.arange(1, 101, dtype=float), np.nan)
    assert color_range(values, from_zero=True) == pytest.approx((0, 99.01))
    assert color_range(values, from_zero=False) == pytest.approx((1.99, 99.01))
    assert color_range(np.full(3, np.nan), from_zero=True) == (0, 1)
    low, top = color_range(np.full(3, -2.0), from_zero=True)
    assert top > low
