"""Where presentations and trials meet."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.trial_of_moment import trial_of_moment

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NO_TRIAL = -99


def during_task(presentations: pd.DataFrame, trials: pd.DataFrame) -> Bools:
    """Rows of the block that holds the trials (AllenSDK's ``active``; True in passive sessions).

    Without blocks (first release): the image rows between the first trial's start and the last
    one's stop.
    """
    starts = presentations["start_time"].to_numpy(float)
    first, last = trials["start_time"].min(), trials["stop_time"].max()
    active = (starts > first) & (starts < last) & presentations["image_name"].notna().to_numpy()
    if "stimulus_block" not in presentations:
        return np.asarray(active)
    blocks = presentations["stimulus_block"].to_numpy()
    return np.isin(blocks, blocks[active])


def trials_id(presentations: pd.DataFrame, trials: pd.DataFrame) -> NDArray[np.int64]:
    """The trial of each image's start; -99 outside the trials and where no image is shown."""
    times = presentations["start_time"].to_numpy(float)
    trial = trial_of_moment(times, trials["start_time"], trials["stop_time"].max())
    inside = (trial >= 0) & presentations["image_name"].notna().to_numpy()
    ids = np.full(len(presentations), NO_TRIAL, np.int64)
    ids[inside] = trials.index.to_numpy()[trial[inside]]
    return ids


def is_sham_change(presentations: pd.DataFrame, trials: pd.DataFrame) -> Bools:
    """Rows that start on the frame of a catch trial's sham change."""
    catch_frames = trials.loc[trials["catch"].to_numpy(bool), "change_frame"]
    return presentations["start_frame"].isin(catch_frames).to_numpy()


def licks_of_trials(lick_times: Floats, start_times: Floats, end: float) -> list[Floats]:
    """The licks of each trial, which has those of all its moments.

    Args:
        lick_times: (n_licks,) s, ascending.
        start_times: (n_trials,) s, ascending.
        end: s, the last moment at which licks belong to the last trial.
    """
    trial = trial_of_moment(lick_times, start_times, np.nextafter(end, np.inf))
    known = lick_times[trial >= 0]
    edges = np.searchsorted(trial[trial >= 0], np.arange(len(start_times) + 1))
    return [known[start:stop] for start, stop in pairwise(edges)]


def change_lag(presentations: pd.DataFrame, trials: pd.DataFrame) -> float:
    """Seconds by which the changes of the presentations precede those of the trials.

    Zero in files of 2023. In the first release presentation times leave out the time that the
    display takes, so they have to be moved by this much to lie on the clock of ``change_time``.

    Returns:
        The median over trials with a change, each compared with the nearest change flash; 0.0
        without any, or where they lie farther apart than half a flash interval.
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
