"""Rates and d′ of whole sessions against a plain restatement."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.session_performance import session_rates

COUNT = st.integers(0, 4) | st.integers(0, 300)  # few trials are what the correction is for
COUNTS = st.lists(st.tuples(*[COUNT] * 4), min_size=1, max_size=5)


def rate(yes: int, no: int) -> tuple[float, float]:
    """As counted, and held half a trial away from 0 and 1."""
    n = yes + no
    if n == 0:
        return float("nan"), float("nan")
    return yes / n, min(max(yes / n, 1 / (2 * n)), 1 - 1 / (2 * n))


@given(COUNTS)
def test_rates_are_those_of_every_trial_once(counts: Any) -> None:
    found = session_rates(*np.array(counts, dtype=float).T)
    for i, (hits, misses, false_alarms, correct_rejects) in enumerate(counts):
        hit, hit_corrected = rate(hits, misses)
        false_alarm, false_alarm_corrected = rate(false_alarms, correct_rejects)
        assert found.hit_rate[i] == pytest.approx(hit, nan_ok=True)
        assert found.false_alarm_rate[i] == pytest.approx(false_alarm, nan_ok=True)
        if np.isnan(hit) or np.isnan(false_alarm):
            assert np.isnan(found.dprime[i])
            continue
        z = [
            NormalDist().inv_cdf(min(max(r, 0.01), 0.99))
            for r in (hit_corrected, false_alarm_corrected)
        ]
        assert found.dprime[i] == pytest.approx(z[0] - z[1])


def test_unknown_counts_give_no_rates() -> None:
    found = session_rates(*np.full((4, 2), np.nan))
    assert np.isnan(found).all()
