"""Thinning and column means against a slow plain restatement."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data_layer.store.levels import column_means, thin, window_indices

values = arrays(
    np.float64,
    st.integers(1, 600),
    elements=st.one_of(st.floats(-1e6, 1e6), st.just(np.nan)),
)


@given(values, st.integers(1, 60), st.data())
def test_every_bin_keeps_its_extremes_and_its_gap(signal, pixels, data):
    first = data.draw(st.integers(0, len(signal) - 1))
    last = data.draw(st.integers(first + 1, len(signal)))
    chosen, size = thin(signal, first, last, pixels)
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


@given(values, st.integers(1, 60))
def test_no_more_is_drawn_than_the_pixels_can_show(signal, pixels):
    chosen, size = thin(signal, 0, len(signal), pixels)
    assert size == 1 or len(chosen) <= 3 * (pixels + 1) + 2
    if size == 1:
        assert len(chosen) == len(signal)


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=50, unique=True),
    st.floats(-5, 105),
    st.floats(0.1, 60),
)
def test_the_line_reaches_both_edges_of_the_window(times, start, length):
    times = np.sort(np.array(times))
    first, last = window_indices(times, start, start + length)
    inside = np.flatnonzero((times >= start) & (times <= start + length))
    assert set(inside) <= set(range(first, last))
    if times[0] < start:
        assert times[first] < start
    if times[-1] > start + length:
        assert times[last - 1] > start + length


@given(
    st.integers(1, 200), st.integers(1, 5), st.integers(1, 40), st.randoms(use_true_random=False)
)
def test_a_column_is_the_mean_of_the_frames_in_it(n_frames, n_cells, n_columns, random):
    rng = np.random.default_rng(random.randrange(2**32))
    times = np.cumsum(rng.uniform(0.02, 0.2, n_frames))
    signal = rng.normal(size=(n_frames, n_cells))
    signal[rng.random(signal.shape) < 0.1] = np.nan
    edges = np.linspace(times[0] - 0.5, times[-1] + 0.5, n_columns + 1)
    period = float(np.median(np.diff(times))) if n_frames > 1 else 1.0
    got = column_means(times, signal, edges, period)
    assert got.shape == (n_cells, n_columns)
    for column in range(n_columns):
        inside = (times >= edges[column]) & (times < edges[column + 1])
        centre = (edges[column] + edges[column + 1]) / 2
        distance = np.abs(times - centre)
        for cell in range(n_cells):
            known = signal[inside, cell][~np.isnan(signal[inside, cell])]
            if inside.any():
                want = known.mean() if len(known) else np.nan
            elif distance.min() <= 1.5 * period:
                want = signal[distance.argmin(), cell]
            else:
                want = np.nan
            np.testing.assert_allclose(got[cell, column], want, rtol=1e-5, atol=1e-6)
