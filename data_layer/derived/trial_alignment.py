"""Relates stimulus presentations and licks to trials."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.image_changes import is_image, is_omitted
from data_layer.derived.trial_of_moment import trial_of_moment

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NO_TRIAL = -99


def during_task(presentations: pd.DataFrame, trials: pd.DataFrame) -> Bools:
    """Whether each row is in the block with the trials (AllenSDK's ``active``, n_rows bool).

    It is also True in passive sessions. Without blocks (first release) it is True for image rows
    between the start of the first trial and the stop of the last.
    """
    starts = presentations["start_time"].to_numpy(float)
    first, last = trials["start_time"].min(), trials["stop_time"].max()
    active = (starts > first) & (starts < last) & _of_task(presentations)
    if "stimulus_block" not in presentations:
        return np.asarray(active)
    blocks = presentations["stimulus_block"].to_numpy()
    return np.isin(blocks, blocks[active])


def trials_id(presentations: pd.DataFrame, trials: pd.DataFrame) -> NDArray[np.int64]:
    """The trials_id at the start of each row; -99 outside the trials and without an image."""
    times = presentations["start_time"].to_numpy(float)
    trial = trial_of_moment(times, trials["start_time"], trials["stop_time"].max())
    inside = (trial >= 0) & _of_task(presentations)
    ids = np.full(len(presentations), NO_TRIAL, np.int64)
    ids[inside] = trials.index.to_numpy()[trial[inside]]
    return ids


def _of_task(presentations: pd.DataFrame) -> Bools:
    """Whether each row is an image or an omission, even if the file does not name it."""
    named = presentations["image_name"].notna().to_numpy()
    return np.asarray(named | is_image(presentations) | is_omitted(presentations))


def is_sham_change(presentations: pd.DataFrame, trials: pd.DataFrame) -> Bools:
    """Whether each row starts on the frame of a catch trial's sham change."""
    catch_frames = trials.loc[trials["catch"].to_numpy(bool), "change_frame"]
    return presentations["start_frame"].isin(catch_frames).to_numpy()


def licks_of_trials(lick_times: Floats, start_times: Floats, end: float) -> list[Floats]:
    """The licks of each trial; see :mod:`data_layer.derived.trial_of_moment`.

    Args:
        lick_times: (n_licks,) s, ascending.
        start_times: (n_trials,) s, ascending.
        end: s, the latest time of a lick that belongs to the last trial.
    """
    trial = trial_of_moment(lick_times, start_times, np.nextafter(end, np.inf))
    known = lick_times[trial >= 0]
    edges = np.searchsorted(trial[trial >= 0], np.arange(len(start_times) + 1))
    return [known[start:stop] for start, stop in pairwise(edges)]


def change_lag(presentations: pd.DataFrame, trials: pd.DataFrame) -> float:
    """Time (s) by which changes in the presentations precede those in the trials.

    Zero in files of 2023. In the first release, presentation times lack the display delay; adding
    this lag puts them on the clock of ``change_time``.

    Returns:
        The median over trials with a change of the time to the nearest change flash; 0.0 if
        there are none, or if the median is at least half a flash interval.
    """
    flashes = presentations.loc[presentations["is_change"].to_numpy(bool), "start_time"]
    changes = trials.loc[trials["is_change"].to_numpy(bool), "change_time"].dropna()
    if not len(flashes) or not len(changes):
        return 0.0
    starts, times = np.sort(flashes.to_numpy(float)), changes.to_numpy(float)
    after = np.clip(np.searchsorted(starts, times), 1, max(len(starts) - 1, 1))
    candidates = np.stack([starts[after - 1], starts[np.minimum(after, len(starts) - 1)]])
    lags = times - candidates
    nearest = np.take_along_axis(lags, np.abs(lags).argmin(0)[None], 0)[0]
    lag = float(np.median(nearest))
    return lag if abs(lag) < 0.375 else 0.0
