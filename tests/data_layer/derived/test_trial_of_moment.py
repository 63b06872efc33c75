"""The trial of a moment: the rule, and every place that counts or shows by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.trial_alignment import NO_TRIAL, licks_of_trials, trials_id
from data_layer.derived.trial_of_moment import first_moments, trial_of_moment
from tests.support.random_trials import trials

CASES = json.loads((Path(__file__).parents[2] / "cases" / "trial_of_moment.json").read_text())
STEP = 1e-4


@st.composite
def moments(draw: st.DrawFn) -> tuple[pd.DataFrame, np.ndarray]:
    """Trials, and times at and around their borders."""
    table = draw(trials(max_trials=20))
    borders = [*table["start_time"], *table["stop_time"], 0.0, 500.0]
    near = st.sampled_from(borders).flatmap(
        lambda t: st.sampled_from([t, t - STEP, t + STEP, t - 0.3, t + 0.3])
    )
    return table, np.array(draw(st.lists(near, max_size=40)))


@given(moments())
def test_a_moment_belongs_to_the_last_trial_that_started_before_it(drawn: Any) -> None:
    table, times = drawn
    found = trial_of_moment(times, table["start_time"], table["stop_time"].max())
    for time, trial in zip(times, found, strict=True):
        begun = [i for i, start in enumerate(table["start_time"]) if start < time]
        inside = begun and time < max(table["stop_time"])
        assert trial == (begun[-1] if inside else -1)


@given(moments())
def test_flashes_and_licks_are_in_the_trial_of_their_moment(drawn: Any) -> None:
    """Except that a lick at the very last stop still counts: it may have ended that trial."""
    table, times = drawn
    last_stop = table["stop_time"].max()
    expected = trial_of_moment(times, table["start_time"], last_stop)
    shown = pd.DataFrame({"start_time": times, "image_name": "im061"})
    assert trials_id(shown, table).tolist() == np.where(expected < 0, NO_TRIAL, expected).tolist()
    licks = np.sort(times[times != last_stop])
    trial = trial_of_moment(licks, table["start_time"], last_stop)
    of_trials = licks_of_trials(licks, table["start_time"].to_numpy(), last_stop)
    assert [list(one) for one in of_trials] == [list(licks[trial == i]) for i in range(len(table))]


@given(
    st.lists(st.floats(0, 1e4) | st.integers(0, 10**7).map(lambda n: n / 10**4), unique=True),
    st.lists(st.integers(0, 10**7), max_size=20),
)
def test_who_knows_only_first_moments_finds_the_same_trial(starts: Any, steps: list[int]) -> None:
    """The page's rule, which knows times to 0.1 ms."""
    starts = sorted(starts)
    first = first_moments(starts, STEP)
    assert (first > starts).all()
    assert (first - starts <= 1.001 * STEP).all()
    times = np.array([*(n / 10**4 for n in steps), *first, *(first - STEP).round(4)])
    in_browser = [sum(one <= time for one in first) - 1 for time in times]
    assert trial_of_moment(times, starts, np.inf).tolist() == in_browser


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_server_answers_the_cases_that_the_page_is_tested_with(case: Any) -> None:
    found = trial_of_moment(case["times"], case["start_times"], case["last_stop"])
    assert found.tolist() == case["trials"]
    assert first_moments(case["start_times"], STEP).tolist() == case["first_moments"]
