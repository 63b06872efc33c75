"""What cells answer to, against plain loops and by what the numbers must say."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.cell_responses import selectivity, significance, windows
from data_layer.derived.cell_responses.preferred_image import preferred_image

steps = st.lists(st.integers(1, 9), min_size=2, max_size=80)
moments = st.lists(st.integers(-40, 300).map(lambda n: n / 8), max_size=8)
values_of = st.one_of(st.just(math.nan), st.integers(-99, 99).map(float))


@given(steps, moments, st.integers(-8, 8), st.integers(1, 12), st.data())
def test_the_mean_over_a_span_counts_the_samples_in_it(
    gaps: Any, events: Any, first: int, length: int, data: Any
) -> None:
    times = np.cumsum(gaps) / 8
    values = data.draw(st.lists(values_of, min_size=len(times), max_size=len(times)))
    span = first / 8, (first + length) / 8
    ranges = windows.sample_ranges(times, np.array(events), span)
    found = windows.running_sums(np.array(values)).over(ranges)
    for event, mean in zip(events, found, strict=True):
        inside = [
            value
            for time, value in zip(times, values, strict=True)
            if event + span[0] <= time < event + span[1] and not math.isnan(value)
        ]
        expected = sum(inside) / len(inside) if inside else math.nan
        assert mean == pytest.approx(expected, nan_ok=True)


@given(st.lists(st.lists(st.integers(-9, 9), min_size=4, max_size=4), min_size=2, max_size=9))
def test_reliability_is_the_mean_over_all_pairs_of_trials(rows: list[list[int]]) -> None:
    varied = [row for row in rows if len(set(row)) > 1]
    pairs = [
        np.corrcoef(one, other)[0, 1] for i, one in enumerate(varied) for other in varied[i + 1 :]
    ]
    found = selectivity.reliability(np.array(rows, float))
    assert found == pytest.approx(np.mean(pairs) if pairs else math.nan, abs=1e-9, nan_ok=True)


def test_sparseness_goes_from_all_alike_to_one_only() -> None:
    assert selectivity.lifetime_sparseness(np.ones(8)) == pytest.approx(0)
    assert selectivity.lifetime_sparseness(np.eye(8)[3]) == pytest.approx(1)
    assert selectivity.lifetime_sparseness(np.array([1.0, -5.0])) == pytest.approx(1)
    assert math.isnan(selectivity.lifetime_sparseness(-np.ones(8)))
    assert math.isnan(selectivity.lifetime_sparseness(np.array([1.0])))


def test_modulation_stays_between_minus_one_and_one() -> None:
    assert selectivity.modulation(0.3, 0.1) == pytest.approx(0.5)
    assert selectivity.modulation(0.3, -0.1) == pytest.approx(1)
    assert selectivity.modulation(-0.3, 0.1) == pytest.approx(-1)
    assert math.isnan(selectivity.modulation(0, 0))


def test_correlation_leaves_gaps_out() -> None:
    a, b = np.array([1.0, 2, 3, np.nan, 9]), np.array([2.0, 4, 6, 5, np.nan])
    assert selectivity.correlation(a, b) == pytest.approx(1)
    assert math.isnan(selectivity.correlation(a, np.full(5, np.nan)))
    assert math.isnan(selectivity.correlation(np.ones(5), b))


@given(st.integers(0, 99))
def test_shuffled_times_keep_their_intervals_around_the_block(seed: int) -> None:
    events = np.array([100.0, 103.0, 130.0, 199.0])
    shuffled = significance.shifted(events, (100.0, 200.0), 20, seed)
    assert shuffled.shape == (20, 4)
    assert ((shuffled >= 100) & (shuffled < 200)).all()
    around = np.sort(np.diff(np.sort(shuffled, axis=1), axis=1, append=shuffled[:, :1] * np.nan))
    moved = (shuffled - events) % 100
    assert np.allclose(moved, moved[:, :1])
    assert ((moved >= 10) & (moved <= 90)).all()
    assert around.shape == (20, 4)


def test_a_cell_that_answers_is_significant_and_another_is_not() -> None:
    rng = np.random.default_rng(3)
    times = np.arange(0, 600, 1 / 30)
    events = np.sort(rng.choice(np.arange(10, 590, 3), 60, replace=False)).astype(float)
    noise = rng.normal(size=len(times))
    answer = np.zeros(len(times))
    for event in events:
        answer[(times >= event) & (times < event + 0.5)] += 1
    shuffled = windows.around(times, significance.shifted(events, (0, 600), 200, 7))
    at = windows.around(times, events)
    answering = windows.running_sums(noise + answer)
    assert significance.significance(answering, at, shuffled) == pytest.approx(1 / 201)
    assert windows.mean_response(answering, at) == pytest.approx(1, abs=0.15)
    quiet = windows.running_sums(noise)
    assert significance.significance(quiet, at, shuffled) > 0.05
    assert math.isnan(significance.significance(quiet, windows.around(times, events[:2]), shuffled))


def test_the_preferred_image_is_the_one_answered_most() -> None:
    assert preferred_image({"im061": 0.1, "im062": 0.3, "im063": math.nan}) == "im062"
    assert preferred_image({"im061": math.nan}) is None
