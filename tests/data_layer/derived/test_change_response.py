"""The change response: both ways to compute it equal a plain restatement."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.cell_responses.change_response import around_changes, change_response
from data_layer.derived.cell_responses.windows import mean_response, running_sums

N_CELLS = 3


@st.composite
def recordings(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Frame times with pauses, frames with gaps, and changes inside and outside."""
    times = np.cumsum(draw(st.lists(st.sampled_from([1, 1, 1, 2, 9]), max_size=60))) / 8
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    frames = rng.integers(-9, 9, (len(times), N_CELLS)).astype(np.float32)
    frames[rng.random(frames.shape) < draw(st.sampled_from([0.0, 0.3, 0.9]))] = np.nan
    changes = draw(st.lists(st.integers(-10, 250).map(lambda n: n / 16), max_size=8))
    return np.asarray(times, float), frames, np.array(sorted(changes), float)


def restated(times: np.ndarray, trace: np.ndarray, changes: np.ndarray) -> float:
    trace = np.asarray(trace, np.float64)  # numpy adds up float32 in float32
    steps = []
    for change in changes:
        if not len(times) or change - 0.5 < times[0] or change + 0.5 > times[-1]:
            continue
        before = trace[(times >= change - 0.5) & (times < change)]
        after = trace[(times >= change) & (times < change + 0.5)]
        means = [
            np.mean(part[~np.isnan(part)]) if len(part) else np.nan for part in (before, after)
        ]
        steps.append(means[1] - means[0])
    known = [step for step in steps if not math.isnan(step)]
    return sum(known) / len(known) if known else math.nan


@pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:invalid value")
@given(recordings())
def test_from_frames_and_from_traces_it_is_after_minus_before_over_all_changes(drawn: Any) -> None:
    times, frames, changes = drawn
    found = change_response(times, changes, lambda first, last: frames[first:last], N_CELLS)
    around = around_changes(times, changes)
    for cell in range(N_CELLS):
        expected = pytest.approx(restated(times, frames[:, cell], changes), abs=1e-9, nan_ok=True)
        assert found[cell] == expected
        assert mean_response(running_sums(frames[:, cell]), around) == expected
