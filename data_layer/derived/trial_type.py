"""One word for each trial."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

OUTCOMES = ("hit", "miss", "false_alarm", "correct_reject", "aborted", "auto_rewarded")
TYPES = ("aborted", "auto_rewarded", "go", "catch")


def trial_outcome(trials: pd.DataFrame) -> NDArray[np.object_]:
    """Which of hit, miss, false_alarm, correct_reject, aborted or auto_rewarded a trial is."""
    return _first_true(trials, OUTCOMES)


def trial_type(trials: pd.DataFrame) -> NDArray[np.object_]:
    """Which of aborted, auto_rewarded, go or catch a trial is."""
    return _first_true(trials, TYPES)


def _first_true(trials: pd.DataFrame, names: tuple[str, ...]) -> NDArray[np.object_]:
    chosen = np.full(len(trials), "unknown", object)
    for name in reversed(names):
        chosen[trials[name].to_numpy(bool)] = name
    return chosen
