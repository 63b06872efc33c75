"""Signals that are computed, not stored: what they say against a plain restatement."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer.values.window import Window
from tests.support import recordings

NAME = "licks_per_second"


def restated(licks: list[float], t: float, first: float, last: float) -> float:
    """The licks from half a second before ``t`` to half a second after, per second of session."""
    count = sum(t - 0.5 <= lick < t + 0.5 for lick in licks)
    return count / (min(t + 0.5, last) - max(t - 0.5, first))


@pytest.mark.parametrize("kind", ["imaging", "imaging of 2021", "training"])
def test_licks_per_second_are_those_within_half_a_second(kind: str, tmp_path: Path) -> None:
    with recordings.opened(recordings.write(kind, tmp_path)) as store:
        times, values = store.samples(NAME)
        first, last = store.bounds
        licks = store.session.licks["timestamps"].to_list()
        assert (times[0], times[-1]) == (first, last)
        assert 0.099 < np.diff(times).min() <= np.diff(times).max() < 0.1 + 1e-9
        expected = [restated(licks, t, first, last) for t in times]
        np.testing.assert_allclose(values, expected)
        assert values.max() >= 2
        whole = store.signal(NAME, Window(first, last, 100))
        assert (whole.times[-1], whole.values.max(), whole.unit) == (last, values.max(), "licks/s")


def test_a_mouse_that_never_licked_has_no_lick_rate(tmp_path: Path) -> None:
    with recordings.opened(recordings.write("passive", tmp_path)) as store:
        assert store.recorded(NAME) is None
        assert not len(store.signal(NAME, Window(*store.bounds)).times)
