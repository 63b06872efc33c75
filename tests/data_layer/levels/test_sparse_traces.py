"""Traces as the samples that are not zero: put together from blocks, they are what they were."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from data_layer.derived.filtered_events import filter_events, half_gaussian
from data_layer.levels.sparse_traces import PARTS, SparseTraces


@st.composite
def traces(draw: st.DrawFn) -> np.ndarray:
    """Cells by frames, at most a tenth of it filled, NaN among it."""
    shape = draw(st.integers(1, 5)), draw(st.integers(10, 60))
    filled = st.integers(1, max(shape[0] * shape[1] // 10, 1))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    found = np.zeros(shape, np.float32)
    places = rng.choice(found.size, draw(filled), replace=False)
    found.ravel()[places] = rng.choice([0.5, 2.0, np.nan], len(places))
    return found


@given(traces(), st.integers(1, 60))
def test_blocks_put_together_are_the_traces_again(whole: np.ndarray, n_block: int) -> None:
    n_cells, n_frames = whole.shape
    builder = SparseTraces.Builder(n_frames, n_cells)
    for start in range(0, n_frames, n_block):
        builder.add(start, whole[:, start : start + n_block])
    parts = builder.finished()
    scipy = csr_array(whole)
    for part in PARTS:
        np.testing.assert_array_equal(parts[part], getattr(scipy, part))
    sparse = SparseTraces(n_frames, *(parts[part] for part in PARTS))
    for cell in range(n_cells):
        np.testing.assert_array_equal(sparse.trace(cell), whole[cell])


def test_a_smoothed_trace_is_that_of_the_whole() -> None:
    whole = np.zeros((3, 50), np.float32)
    whole[1, [3, 4, 47, 49]] = 1.0, 2.0, 0.5, 3.0
    builder = SparseTraces.Builder(50, 3)
    builder.add(0, whole)
    parts = builder.finished()
    sparse = SparseTraces(50, *(parts[part] for part in PARTS))
    weights = half_gaussian(2.0, 5)
    expected = filter_events(whole.T, weights).T
    for cell in range(3):
        np.testing.assert_allclose(sparse.trace(cell, weights), expected[cell], rtol=1e-6)
