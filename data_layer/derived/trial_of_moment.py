"""The trial to which a moment belongs; its only definition, for pages and counts alike.

A trial includes everything after its start, up to and including the start of the next trial. The
gap between the end of a trial and the start of the next belongs to the earlier trial. Moments up to
the first start, or at and after the last stop, belong to no trial.

This is AllenSDK's rule: ``compute_trials_id_for_stimulus`` (``stimulus_processing.py``) assigns a
flash to the last trial that started before it, including the gaps; ``Trial``
(``data_objects/trials/trial.py``) assigns a lick on the border to the trial that ends. That lick
is often the one that aborted the trial.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NO_TRIAL_INDEX = -1


def trial_of_moment(times: ArrayLike, start_times: ArrayLike, last_stop: float) -> Ints:
    """The index of the trial of each moment; -1 outside the trials.

    Args:
        times: times of any shape, s.
        start_times: (n_trials,) s, in stored order.
        last_stop: the latest ``stop_time`` of all trials, s.
    """
    times, starts = np.asarray(times, np.float64), np.asarray(start_times, np.float64)
    # Trials are stored in order of time. If they are not, the last row that has started counts.
    bounds = np.minimum.accumulate(starts[::-1])[::-1]
    index = np.searchsorted(bounds, times, side="left") - 1
    return np.where(times < last_stop, index, NO_TRIAL_INDEX)


def first_moments(start_times: ArrayLike, step: float) -> Floats:
    """The first multiple of ``step`` that belongs to each trial, (n_trials,) s.

    It is for callers whose times are multiples of ``step``, like the page: a moment is in the last
    trial whose first moment is not later.
    """
    starts = np.asarray(start_times, np.float64)
    per_second = round(1 / step)
    first = np.floor(starts * per_second) + 1
    return np.asarray(np.where(first / per_second > starts, first, first + 1) / per_second)
