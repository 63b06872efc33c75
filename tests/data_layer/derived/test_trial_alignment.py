"""What belongs to which trial equals a slow and plain restatement."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.trial_alignment import (
    change_lag,
    during_task,
    is_sham_change,
    licks_of_trials,
    trials_id,
)
from tests.support.random_trials import trials


@st.composite
def presentations(draw: st.DrawFn) -> pd.DataFrame:
    starts = sorted(draw(st.lists(st.floats(0, 200), max_size=60)))
    names = draw(
        st.lists(
            st.sampled_from(["im061", "omitted", None]), min_size=len(starts), max_size=len(starts)
        )
    )
    frames = (60 * np.array(starts)).astype(int)
    return pd.DataFrame(
        {"start_time": starts, "image_name": pd.Series(names, dtype="str"), "start_frame": frames}
    )


@given(presentations(), trials(max_trials=20))
def test_trials_id(shown: pd.DataFrame, table: pd.DataFrame) -> None:
    with_a_trial = pd.DataFrame({"start_time": table["start_time"], "image_name": "im061"})
    shown = pd.concat([shown, with_a_trial], ignore_index=True)
    expected = []
    for row in shown.itertuples():
        begun = [i for i, start in enumerate(table["start_time"]) if start < row.start_time]
        inside = (
            begun and row.start_time < max(table["stop_time"]) and row.image_name == row.image_name
        )
        expected.append(begun[-1] if inside else -99)
    assert trials_id(shown, table).tolist() == expected


@given(presentations(), trials(max_trials=20), st.integers(1, 4))
def test_the_block_of_the_trials_is_the_task(
    shown: pd.DataFrame, table: pd.DataFrame, n_blocks: int
) -> None:
    bounds = min(table["start_time"], default=1), max(table["stop_time"], default=0)
    inside = [
        bounds[0] < row.start_time < bounds[1] and row.image_name == row.image_name
        for row in shown.itertuples()
    ]
    assert during_task(shown, table).tolist() == inside
    blocks = [n_blocks * i // max(len(shown), 1) for i in range(len(shown))]
    task = {block for block, active in zip(blocks, inside, strict=True) if active}
    in_blocks = during_task(shown.assign(stimulus_block=blocks), table)
    assert in_blocks.tolist() == [block in task for block in blocks]


@given(presentations(), trials(max_trials=20))
def test_sham_changes(shown: pd.DataFrame, table: pd.DataFrame) -> None:
    on_changes = pd.DataFrame({"start_frame": table["change_frame"]})
    shown = pd.concat([shown, on_changes], ignore_index=True)
    frames = {t.change_frame for t in table.itertuples() if t.catch}
    assert is_sham_change(shown, table).tolist() == [f in frames for f in shown["start_frame"]]


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 30), unique=True), st.integers(30, 40))
def test_licks_of_trials(licks: list[int], starts: list[int], end: int) -> None:
    times, bounds = sorted(licks), [*sorted(starts), end]
    expected = [[t for t in times if start < t <= stop] for start, stop in pairwise(bounds)]
    found = licks_of_trials(np.array(times, float), np.array(bounds[:-1], float), end)
    assert [list(times) for times in found] == expected


@given(st.integers(1, 40), st.floats(-0.3, 0.3), st.data())
def test_change_lag(n_changes: int, lag: float, data: st.DataObject) -> None:
    """Whatever flashes or trials are missing, the lag of those that are there is found."""
    flashes = 0.75 * np.arange(0, 20 * n_changes, 20)
    table = pd.DataFrame({"start_time": flashes, "is_change": True})
    times = flashes + lag
    keep = data.draw(st.lists(st.sampled_from(range(n_changes)), min_size=1, unique=True))
    changes = pd.DataFrame({"change_time": times[sorted(keep)], "is_change": True})
    assert change_lag(table, changes) == pytest.approx(lag, abs=1e-9)


def test_no_change_is_no_lag() -> None:
    none = pd.DataFrame({"start_time": [1.0], "change_time": [np.nan], "is_change": [False]})
    assert change_lag(none, none) == 0.0
