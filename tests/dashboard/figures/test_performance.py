"""The performance plots draw the rolling performance, trial by trial."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.performance import ENGAGED_ABOVE, passive_figure, performance_figure
from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from tests.support.nwb_files import write_behavior
from tests.support.recordings import opened, write


@pytest.fixture(scope="module")
def session(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, Any]]:
    path = write("training", tmp_path_factory.mktemp("performance"))
    with opened(path) as store:
        rolling = store.session.get_rolling_performance_df()
        yield rolling, store.trials, performance_figure(rolling, store.trials, store.bounds)


def trace(figure: Any, name: str) -> Any:
    return next(t for t in figure.data if t.name == name and t.hoverinfo != "skip")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("hit rate", "hit_rate"),
        ("false-alarm rate", "false_alarm_rate"),
        ("d′", "rolling_dprime"),
        ("hit rate, raw", "hit_rate_raw"),
        ("false-alarm rate, raw", "false_alarm_rate_raw"),
    ],
)
def test_rates_are_drawn_at_the_changes_of_the_trials_that_were_not_aborted(
    session: tuple[pd.DataFrame, pd.DataFrame, Any], name: str, column: str
) -> None:
    rolling, trials, figure = session
    done = ~trials["aborted"]
    line = trace(figure, name)
    np.testing.assert_array_equal(line.y, rolling.loc[done, column])
    np.testing.assert_array_equal(line.x, trials.loc[done, "change_time"])
    assert line.connectgaps is False
    assert line.line.shape == "hv"


def test_the_two_rates_are_told_apart_by_their_strokes(session: Any) -> None:
    figure = session[2]
    assert trace(figure, "hit rate").line.dash == "solid"
    assert trace(figure, "false-alarm rate").line.dash not in ("solid", "dot")


def test_the_reward_rate_is_drawn_for_every_trial(
    session: tuple[pd.DataFrame, pd.DataFrame, Any],
) -> None:
    rolling, trials, figure = session
    line = trace(figure, "reward rate")
    np.testing.assert_array_equal(line.y, rolling["reward_rate"])
    assert (np.diff(line.x) > 0).all()
    aborted = trials["aborted"].to_numpy()
    np.testing.assert_array_equal(line.x[aborted], trials.loc[aborted, "start_time"])


def test_the_filling_marks_what_the_data_layer_calls_engaged(
    session: tuple[pd.DataFrame, pd.DataFrame, Any],
) -> None:
    rolling, _, figure = session
    base, top = (t for t in figure.data if t.name == "reward rate" and t.hoverinfo == "skip")
    filled = np.asarray(top.y) > np.asarray(base.y)
    np.testing.assert_array_equal(filled, rolling["reward_rate"] > ENGAGED_REWARD_RATE)
    assert top.fill == "tonexty"
    assert ENGAGED_ABOVE == ENGAGED_REWARD_RATE


def test_raw_rates_are_there_but_wait_to_be_asked_for(
    session: tuple[pd.DataFrame, pd.DataFrame, Any],
) -> None:
    raw = [t for t in session[2].data if t.meta == "raw"]
    assert [t.visible for t in raw] == [False, False]


def test_the_threshold_is_drawn_and_named(session: tuple[pd.DataFrame, pd.DataFrame, Any]) -> None:
    layout = session[2].layout
    assert [shape.y0 for shape in layout.shapes] == [ENGAGED_ABOVE]
    assert any("AllenSDK" in note.text for note in layout.annotations)


def test_every_axis_is_titled(session: tuple[pd.DataFrame, pd.DataFrame, Any]) -> None:
    layout = session[2].layout
    titles = [layout[name].title.text for name in ("xaxis", "yaxis", "yaxis2", "yaxis3")]
    assert titles == ["session time (s)", "rate", "d′", "rewards<br>/min"]


def test_a_passive_session_says_why_nothing_is_drawn() -> None:
    figure = passive_figure((0.0, 100.0))
    assert "Passive viewing" in figure.layout.annotations[0].text
    assert all(t.y is None or set(t.y) == {None} for t in figure.data)


def test_a_session_of_free_rewards_says_that_there_is_nothing_to_rate(tmp_path: Path) -> None:
    path = write_behavior(tmp_path, session_type="TRAINING_0_gratings_autorewards_15min")
    with opened(path) as store:
        rolling = store.session.get_rolling_performance_df()
        figure = performance_figure(rolling, store.trials, store.bounds)
    assert any("No go or catch trials" in note.text for note in figure.layout.annotations)
    np.testing.assert_array_equal(trace(figure, "reward rate").y, rolling["reward_rate"])
