"""Signals around events against plain loops over samples."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from data_layer.derived.event_alignment import (
    PAUSE,
    align,
    bootstrap,
    common_offsets,
    mean_and_sem,
    minus_baseline,
    take,
    window_mean,
)
from data_layer.values.slices import Floats

# Multiples of 1/64 s: sums are exact, and an event can lie on a sample or right at an edge.
TICK = 1 / 64
gaps = st.lists(st.integers(1, 40), min_size=2, max_size=60)
moments = st.lists(st.integers(-100, 1200).map(lambda n: n * TICK), max_size=12)
spans = st.tuples(st.integers(-40, 20), st.integers(1, 40)).map(
    lambda pair: (pair[0] * TICK, (pair[0] + pair[1]) * TICK)
)
values_of = st.one_of(st.just(math.nan), st.integers(-1000, 1000).map(lambda n: n / 8))
RATE = 32.0  # Hz


def plain_value(times: Floats, values: Floats, usual: float, at: float) -> float:
    """The line through the samples at one time, NaN where it is not known."""
    for time, value in zip(times, values, strict=True):
        if time == at:
            return value
    after = next(i for i, time in enumerate(times) if time > at)
    before = after - 1
    step = times[after] - times[before]
    if step > PAUSE * usual:
        return math.nan
    part = (at - times[before]) / step
    return values[before] + (values[after] - values[before]) * part


@given(gaps, moments, spans, st.data())
def test_every_value_is_that_of_the_line_through_the_samples(
    steps: Any, events: Any, span: Any, data: Any
) -> None:
    times = np.cumsum(steps) * TICK
    near = st.sampled_from([times[0] - span[0], times[-1] - span[1]])  # a window at an edge
    events = [*events, data.draw(near) + TICK * data.draw(st.integers(-3, 3))]
    values = data.draw(st.lists(values_of, min_size=len(times), max_size=len(times)))
    usual = float(np.median(np.diff(times)))
    plan = align(times, np.array(events), span, RATE)
    offsets = [n / RATE for n in range(-200, 200) if span[0] <= n / RATE <= span[1]]
    assert plan.offsets.tolist() == offsets
    expected = {}
    for place, event in enumerate(events):
        around = [event + offset for offset in offsets]
        if around and times[0] <= around[0] and around[-1] <= times[-1]:
            expected[place] = [plain_value(times, values, usual, at) for at in around]
    assert plan.kept.tolist() == list(expected)
    assert plan.n_dropped == len(events) - len(expected)
    found = take(plan, np.array(values))
    assert_allclose(found, np.array(list(expected.values())).reshape(found.shape), atol=1e-12)


@given(gaps, moments)
def test_without_gaps_it_is_what_numpy_interpolates(steps: Any, events: Any) -> None:
    times = np.cumsum([1 + step % 2 for step in steps]) * TICK  # never further than a pause
    values = np.sin(times * 7)
    plan = align(times, np.array(events), (-0.1, 0.2), 30.0)
    expected = [np.interp(events[place] + plan.offsets, times, values) for place in plan.kept]
    usual = np.median(np.diff(times))
    if np.diff(times).max() <= PAUSE * usual:
        assert_allclose(take(plan, values), np.reshape(expected, plan.left.shape), atol=1e-12)


@given(
    st.lists(st.lists(values_of, min_size=3, max_size=3), min_size=1, max_size=20),
    st.integers(0, 5),
)
def test_means_and_intervals_leave_gaps_out(rows: Any, seed: int) -> None:
    values = np.array(rows)
    average, drawn = mean_and_sem(values), bootstrap(values, seed, n=50)
    for column in range(3):
        known = [row[column] for row in rows if not math.isnan(row[column])]
        assert average.n[column] == drawn.n[column] == len(known)
        if not known:
            assert math.isnan(average.mean[column])
            continue
        mean = sum(known) / len(known)
        assert average.mean[column] == pytest.approx(mean, abs=1e-9)
        if len(known) > 1:
            variance = sum((one - mean) ** 2 for one in known) / (len(known) - 1)
            sem = math.sqrt(variance / len(known))
            assert average.high[column] == pytest.approx(mean + sem, abs=1e-9)
            assert average.low[column] == pytest.approx(mean - sem, abs=1e-9)
            assert min(known) - 1e-9 <= drawn.low[column] <= drawn.high[column]
            assert drawn.high[column] <= max(known) + 1e-9
        else:
            assert math.isnan(average.low[column])


def test_a_bootstrap_is_told_by_its_seed_and_near_the_standard_error() -> None:
    values = np.random.default_rng(1).normal(size=(400, 2))
    one, same, other = bootstrap(values, 1), bootstrap(values, 1), bootstrap(values, 2)
    assert (one.low == same.low).all()
    assert (one.low != other.low).any()
    sem = mean_and_sem(values)
    assert_allclose(one.high - one.low, 2 * 1.96 * (sem.high - sem.mean), rtol=0.1)


def test_a_baseline_is_the_mean_of_its_own_half_second() -> None:
    offsets = common_offsets((-1.0, 1.0), 10)
    values = np.arange(21.0)[None, None] + np.array([0.0, 100.0])[:, None, None]
    # -0.5 to -0.1 s: the end of a window is not in it
    assert_allclose(window_mean(offsets, values, (-0.5, 0.0)), [[7.0], [107.0]])
    assert_allclose(minus_baseline(offsets, values, (-0.5, 0.0))[1, 0, 10], 3.0)


def test_a_window_must_end_after_it_starts() -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        common_offsets((1.0, 1.0))
