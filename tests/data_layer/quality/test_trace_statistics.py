"""Trace statistics against their plain restatement, whatever blocks the frames come in."""

from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data_layer.quality.checks.motion import motion_jump
from data_layer.quality.checks.runs import longest_run
from data_layer.quality.checks.trace_statistics import EventCounts, TraceStatistics

PERIOD = 0.1  # five frames a bin


@st.composite
def frames(draw: st.DrawFn) -> np.ndarray:
    """Frames by cells, some NaN."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = rng.normal(1, 1, (draw(st.integers(2, 90)), draw(st.integers(1, 4))))
    values[rng.random(values.shape) < draw(st.sampled_from([0.0, 0.0, 0.2]))] = np.nan
    return values


@st.composite
def cuts(draw: st.DrawFn, n: int) -> list[int]:
    """Where blocks begin, and the end."""
    inside = draw(st.lists(st.integers(1, max(n - 1, 1)), max_size=4))
    return sorted({0, n, *(cut for cut in inside if cut < n)})


def told(values: np.ndarray, edges: list[int]) -> TraceStatistics:
    statistics = TraceStatistics(values.shape[0], values.shape[1], PERIOD)
    for start, stop in pairwise(edges):
        statistics.add(start, values[start:stop])
    return statistics


def plain_noise(values: np.ndarray) -> np.ndarray:
    steps = np.diff(values, axis=0)
    away = np.abs(steps - np.nanmedian(steps, axis=0))
    return np.asarray(np.nanmedian(away, axis=0) * 1.4826 / np.sqrt(2))


@given(st.data())
def test_statistics_are_those_of_all_frames(data: st.DataObject) -> None:
    values = data.draw(frames())
    statistics = told(values, data.draw(cuts(len(values))))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column of NaN only
        np.testing.assert_allclose(statistics.noise(), plain_noise(values), rtol=1e-4, atol=1e-6)
        bins = [np.nanmean(values[i : i + 5], axis=0) for i in range(0, len(values), 5)]
        high = np.nanpercentile(values, 99.5, axis=0)
    np.testing.assert_allclose(statistics.bins(), np.array(bins), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(statistics.percentile(99.5), high, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(statistics.n_known, (~np.isnan(values)).sum(axis=0))


@given(st.data())
def test_correlation_is_that_of_complete_frames(data: st.DataObject) -> None:
    values = data.draw(frames())
    got = told(values, data.draw(cuts(len(values)))).correlation()
    complete = values[:, ~np.isnan(values).all(axis=0)]
    complete = complete[~np.isnan(complete).any(axis=1)].astype(np.float32).astype(float)
    if len(complete) < 3 or complete.shape[1] < values.shape[1]:
        assert got.shape == (values.shape[1],) * 2
        return
    expected = np.atleast_2d(np.corrcoef(complete.T)).copy()
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(got, expected, atol=1e-6)


@given(st.data())
def test_events_are_counted(data: st.DataObject) -> None:
    values = np.nan_to_num(data.draw(frames()).clip(0))
    noise = np.full(values.shape[1], 0.5)
    counts = EventCounts(noise)
    edges = data.draw(cuts(len(values)))
    for start, stop in pairwise(edges):
        counts.add(start, values[start:stop])
    np.testing.assert_array_equal(counts.counts, (values > 0).sum(axis=0))
    np.testing.assert_array_equal(counts.small, ((values > 0) & (values < 0.5)).sum(axis=0))


@given(st.lists(st.booleans(), max_size=30))
def test_the_longest_run(flags: list[bool]) -> None:
    runs = [
        (i, j) for i in range(len(flags)) for j in range(i + 1, len(flags) + 1) if all(flags[i:j])
    ]
    longest = max((j - i for i, j in runs), default=0)
    start, length = longest_run(np.array(flags, dtype=bool))
    assert length == longest
    assert all(flags[start : start + length])


@given(st.integers(0, 2**32 - 1), st.integers(25, 120), st.integers(0, 25))
def test_the_motion_jump(seed: int, n: int, size: int) -> None:
    """The greatest difference of medians, restated frame by frame."""
    rng = np.random.default_rng(seed)
    times = 5 + PERIOD * np.arange(n)
    x, y = rng.integers(-2, 3, (2, n)).astype(float)
    x[rng.integers(n) :] += size
    check = motion_jump(times, x, y)
    expected = max(
        abs(np.median(shift[i : i + 10]) - np.median(shift[i - 10 : i]))
        for shift in (x, y)
        for i in range(10, n - 9)
    )
    assert check.value == expected
    assert check.at is not None
    assert times[0] <= check.at <= times[-1]
