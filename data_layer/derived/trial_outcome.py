"""One word per trial: which of the six outcomes it had."""

from __future__ import annotations

import numpy as np
import pandas as pd

OUTCOMES = ("hit", "miss", "false_alarm", "correct_reject", "aborted", "auto_rewarded")


def trial_outcome(trials: pd.DataFrame) -> pd.Series[str]:
    """The outcome of each trial (index ``trials_id``): the one flag of the six that is True.

    A trial with none of them (possible in damaged tables only) is ``"unknown"``.
    """
    flags = np.column_stack([trials[name].to_numpy(dtype=bool) for name in OUTCOMES])
    names = np.array([*OUTCOMES, "unknown"], dtype=object)
    chosen = np.where(flags.any(axis=1), flags.argmax(axis=1), len(OUTCOMES))
    return pd.Series(names[chosen], index=trials.index, name="outcome")


def trial_type(trials: pd.DataFrame) -> pd.Series[str]:
    """``aborted``, ``auto_rewarded``, ``go`` or ``catch`` for each trial."""
    kinds = ("aborted", "auto_rewarded", "go", "catch")
    flags = np.column_stack([trials[name].to_numpy(dtype=bool) for name in kinds])
    names = np.array([*kinds, "unknown"], dtype=object)
    chosen = np.where(flags.any(axis=1), flags.argmax(axis=1), len(kinds))
    return pd.Series(names[chosen], index=trials.index, name="trial_type")
