"""A Hypothesis strategy for trials tables of any session."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from data_layer.derived.trial_type import OUTCOMES


@st.composite
def trials(draw: st.DrawFn, max_trials: int = 150) -> pd.DataFrame:
    """Trials in order of time, each with one outcome, some licks and possibly a change."""
    n = draw(st.integers(0, max_trials))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    passive = draw(st.booleans())
    usual = ("miss", "correct_reject") if passive else OUTCOMES
    outcome = rng.choice(draw(st.lists(st.sampled_from(usual), min_size=1, unique=True)), n)
    start = np.cumsum(rng.uniform(1, 12, n)).round(3)
    aborted = outcome == "aborted"
    change = np.where(aborted, np.nan, start + rng.uniform(1, 3, n).round(3))
    licks = [np.sort(t + rng.uniform(0, 5, rng.integers(0, 4) * (not passive))) for t in start]
    cells = np.empty(n, object)
    cells[:] = licks
    return pd.DataFrame(
        {
            "start_time": start,
            "stop_time": start + rng.uniform(0.5, 1, n),
            "change_time": change,
            "change_frame": np.where(aborted, -99, (60 * np.nan_to_num(change)).astype(int)),
            "lick_times": cells,
            "reward_volume": np.where(np.isin(outcome, ("hit", "auto_rewarded")), 0.007, 0.0),
            "go": np.isin(outcome, ("hit", "miss")),
            "catch": np.isin(outcome, ("false_alarm", "correct_reject")),
            **{name: outcome == name for name in OUTCOMES},
        },
        index=pd.RangeIndex(n, name="trials_id"),
    )
