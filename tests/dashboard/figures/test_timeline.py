"""The times of the timeline are exact to a fraction of a pixel, wherever the clock begins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.timeline import time_precision
from data_layer.values.window import Window

STARTS = st.floats(0, 20_000) | st.floats(1.4e9, 2e9)


@pytest.mark.fault
@given(STARTS, st.floats(0.05, 10_000), st.integers(100, 4000), st.floats(0, 1))
def test_a_clock_in_unix_seconds_is_drawn_to_a_fraction_of_a_pixel(
    start: float, duration: float, pixels: int, part: float
) -> None:
    window = Window(start, start + duration, pixels)
    time = start + part * duration
    error = abs(float(time_precision(window)(time)) - time)
    assert error <= 0.125 * window.seconds_per_pixel


def test_a_whole_session_is_sent_in_half_the_bytes() -> None:
    assert time_precision(Window(0, 4500, 1000)) is np.float32
