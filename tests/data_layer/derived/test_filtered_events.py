"""Filtered events equal a slow and plain restatement."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data_layer.derived.filtered_events import (
    SCALE_SECONDS,
    filter_events,
    filter_sparse,
    half_gaussian,
)

EVENTS = arrays(
    np.float64, st.tuples(st.integers(0, 60), st.integers(0, 4)), elements=st.floats(0, 100)
)
SCALES = st.floats(0.3, 5)


@given(SCALES, st.integers(1, 40))
def test_weights(scale: float, n_steps: int) -> None:
    heights = [exp(-(k**2) / (2 * scale**2)) for k in range(n_steps)]
    expected = [height / sum(heights) for height in heights]
    np.testing.assert_allclose(half_gaussian(scale, n_steps), expected, rtol=1e-12, atol=1e-300)


@given(EVENTS, SCALES, st.integers(1, 30))
def test_each_frame_weighs_itself_and_the_frames_before(
    events: np.ndarray, scale: float, n_steps: int
) -> None:
    weights = half_gaussian(scale, n_steps)
    expected = np.zeros(events.shape)
    for frame in range(len(events)):
        for back in range(min(n_steps, frame + 1)):
            expected[frame] += weights[back] * events[frame - back]
    np.testing.assert_allclose(filter_events(events, weights), expected, rtol=1e-9, atol=1e-9)


@given(EVENTS, SCALES, st.data())
def test_a_window_needs_only_the_frames_before_it(
    events: np.ndarray, scale: float, data: st.DataObject
) -> None:
    weights = half_gaussian(scale)
    start = data.draw(st.integers(0, len(events)))
    lead = min(start, len(weights) - 1)
    window = filter_events(events[start - lead :], weights)[lead:]
    whole = filter_events(events, weights)[start:]
    np.testing.assert_allclose(window, whole, rtol=1e-9, atol=1e-9)


def test_twenty_frames_are_weighed_unless_chosen() -> None:
    assert len(half_gaussian(2.0)) == 20
    assert pytest.approx(2.0) == SCALE_SECONDS * 31


def test_cells_in_one_piece_stay_so() -> None:
    filtered = filter_events(np.ones((3, 50)).T, half_gaussian(2.0))
    assert filtered.T.flags["C_CONTIGUOUS"]


@pytest.mark.parametrize(("scale", "n_steps"), [(0.0, 20), (-1.0, 20), (2.0, 0)])
def test_a_filter_without_width_is_refused(scale: float, n_steps: int) -> None:
    with pytest.raises(ValueError, match="positive width"):
        half_gaussian(scale, n_steps)


@given(EVENTS, SCALES, st.integers(1, 30))
def test_sparse_events_are_filtered_alike(events: np.ndarray, scale: float, n_steps: int) -> None:
    weights = half_gaussian(scale, n_steps)
    expected = filter_events(events, weights)
    for cell in range(events.shape[1]):
        places = np.flatnonzero(events[:, cell])
        found = filter_sparse(len(events), places, events[places, cell], weights)
        np.testing.assert_allclose(found, expected[:, cell], rtol=1e-9, atol=1e-9)
