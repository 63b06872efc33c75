"""The lick raster as drawn: every lick a stroke in its row, outcome by place, colour and text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.figures.lick_raster import LANES, lick_raster_figure
from data_layer import BehaviorOphysExperiment
from data_layer.store.lick_raster import lick_raster
from data_layer.values.slices import RasterSlice
from tests.dashboard.figures.drawn import drawn, stroke_ends
from tests.support.nwb_files import write_experiment

RESPONSE_WINDOW = (0.15, 0.75)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BehaviorOphysExperiment]:
    path = write_experiment(tmp_path_factory.mktemp("raster"), n_trials=60)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        yield session


@pytest.fixture(scope="module", params=["time", "response_latency"])
def raster(session: BehaviorOphysExperiment, request: pytest.FixtureRequest) -> RasterSlice:
    return lick_raster(session.trials, session.licks, session.rewards, order=request.param)


@pytest.fixture
def figure(raster: RasterSlice) -> go.Figure:
    return drawn(lick_raster_figure(raster, RESPONSE_WINDOW))


def trace(figure: go.Figure, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name == name)


def shape(figure: go.Figure, name: str) -> Any:
    return next(shape for shape in figure.layout.shapes if shape.name == name)


def test_each_lick_is_one_stroke_within_its_row(figure: go.Figure, raster: RasterSlice) -> None:
    strokes = stroke_ends(shape(figure, "lick"))
    assert len(strokes) == len(raster.lick_times) > 0
    np.testing.assert_allclose(strokes[:, 0], raster.lick_times, atol=1e-5)
    np.testing.assert_allclose(strokes[:, 1:].mean(axis=1), raster.lick_rows, atol=1e-3)
    assert (np.abs(strokes[:, 1:] - raster.lick_rows[:, None]) < 0.5).all()


def test_earned_and_free_rewards_have_different_signs(
    figure: go.Figure, raster: RasterSlice
) -> None:
    earned, free = trace(figure, "earned reward"), trace(figure, "auto reward")
    assert earned.marker.symbol != free.marker.symbol
    assert len(earned.x) == (~raster.is_auto_reward).sum() > 0
    assert len(free.x) == raster.is_auto_reward.sum() > 0


def test_place_and_text_tell_the_outcome_beside_the_colour(
    figure: go.Figure, raster: RasterSlice
) -> None:
    lanes, tint = trace(figure, "outcome"), trace(figure, "trial")
    for row, (trials_id, outcome) in enumerate(raster.trials["outcome"].items()):
        assert np.flatnonzero(~np.isnan(lanes.z[row])).tolist() == [LANES.index(outcome)]
        assert f"trial {trials_id}: {theme.OUTCOME_LABELS[outcome]}" in tint.text[row][0]
    assert (lanes.y0, lanes.dy) == (tint.y0, tint.dy) == (0, 1)
    steps = dict.fromkeys(color for _, color in tint.colorscale)
    assert list(steps) == [theme.OUTCOME_COLORS[outcome] for outcome in LANES]


def test_the_first_row_is_on_top_and_axes_have_units(
    figure: go.Figure, raster: RasterSlice
) -> None:
    bottom, top = figure.layout.yaxis.range
    assert (bottom, top) == (len(raster.trials) - 0.5, -0.5)
    assert figure.layout.xaxis.title.text == "time from change (s)"
    assert tuple(figure.layout.xaxis.range) == raster.span
    for place, text in zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True):
        assert str(raster.trials.index[place]) == text


def test_the_response_window_of_the_task_is_shaded(raster: RasterSlice) -> None:
    figure = drawn(lick_raster_figure(raster, (0.2, 0.9)))
    band = shape(figure, "response window")
    assert (band.x0, band.x1) == (0.2, 0.9)


def test_the_browser_gets_the_times_of_every_row(figure: go.Figure, raster: RasterSlice) -> None:
    for name in ("change_time", "start_time", "stop_time"):
        assert figure.layout.meta[name] == raster.trials[name].tolist()


def test_no_trial_at_all_is_an_empty_raster(session: BehaviorOphysExperiment) -> None:
    nothing = lick_raster(session.trials, session.licks, session.rewards, outcomes=[])
    figure = drawn(lick_raster_figure(nothing, RESPONSE_WINDOW))
    assert not shape(figure, "lick").visible
    assert "Choose an outcome" in figure.layout.annotations[0].text
