"""Downsampling and column means against a slow plain restatement."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data_layer.levels.downsampling import downsample, window_indices
from data_layer.levels.extremes import build_extremes

values = arrays(
    np.float64,
    st.integers(1, 600),
    elements=st.one_of(st.floats(-1e6, 1e6), st.just(np.nan)),
)


@given(values, st.integers(1, 60), st.data())
def test_every_bin_keeps_its_extremes_and_its_gap(signal: Any, pixels: int, data: Any) -> None:
    first = data.draw(st.integers(0, len(signal) - 1))
    last = data.draw(st.integers(first + 1, len(signal)))
    chosen, size = downsample(signal, first, last, pixels)
    assert list(chosen) == sorted(set(chosen))
    assert chosen[0] >= first
    assert chosen[-1] < last
    for start in range(first - first % size, last, size):
        whole = signal[start : start + size]
        if start < first or start + size > last:
            continue
        drawn = signal[[i for i in chosen if start <= i < start + size]]
        if not np.isnan(whole).all():
            assert np.nanmin(drawn) == np.nanmin(whole)
            assert np.nanmax(drawn) == np.nanmax(whole)
        assert np.isnan(drawn).any() == np.isnan(whole).any()


@given(
    arrays(np.float64, st.integers(1, 3000), elements=st.sampled_from([0.0, 1.0, 2.5, np.nan])),
    st.integers(1, 40),
    st.data(),
)
def test_prepared_extremes_choose_what_the_samples_themselves_would(
    signal: Any, pixels: int, data: Any
) -> None:
    first = data.draw(st.integers(0, len(signal) - 1))
    last = data.draw(st.integers(first + 1, len(signal)))
    plain, size = downsample(signal, first, last, pixels)
    prepared, same_size = downsample(signal, first, last, pixels, lambda: build_extremes(signal))
    assert size == same_size
    np.testing.assert_array_equal(prepared, plain)


@given(values, st.integers(1, 60))
def test_no_more_is_drawn_than_the_pixels_can_show(signal: Any, pixels: int) -> None:
    chosen, size = downsample(signal, 0, len(signal), pixels)
    assert size == 1 or len(chosen) <= 3 * (pixels + 1) + 2
    if size == 1:
        assert len(chosen) == len(signal)


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=50, unique=True),
    st.floats(-5, 105),
    st.floats(0.1, 60),
)
def test_the_line_reaches_both_edges_of_the_window(
    drawn: list[float], start: float, length: float
) -> None:
    times = np.sort(np.array(drawn))
    first, last = window_indices(times, start, start + length)
    inside = np.flatnonzero((times >= start) & (times <= start + length))
    assert set(inside) <= set(range(first, last))
    if times[0] < start:
        assert times[first] < start
    if times[-1] > start + length:
        assert times[last - 1] > start + length
