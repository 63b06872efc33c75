"""The outcome and the type of each trial, as one word."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COMPLETED = ("hit", "miss", "false_alarm", "correct_reject")
OUTCOMES = (*COMPLETED, "aborted", "auto_rewarded")
TYPES = ("aborted", "auto_rewarded", "go", "catch")


def trial_outcome(trials: pd.DataFrame) -> NDArray[np.object_]:
    """The outcome of each trial (n_trials,), one of ``OUTCOMES``, else ``unknown``."""
    return _first_true(trials, OUTCOMES)


def trial_type(trials: pd.DataFrame) -> NDArray[np.object_]:
    """The type of each trial (n_trials,), one of ``TYPES``, else ``unknown``."""
    return _first_true(trials, TYPES)


def _first_true(trials: pd.DataFrame, names: tuple[str, ...]) -> NDArray[np.object_]:
    chosen = np.full(len(trials), "unknown", object)
    for name in reversed(names):
        chosen[trials[name].to_numpy(bool)] = name
    return chosen
