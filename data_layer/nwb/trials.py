"""Reads the trials of both layouts of files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.trial_alignment import NO_TRIAL, licks_of_trials
from data_layer.nwb.aliases import Trials
from data_layer.nwb.file import Kind, NwbFile
from data_layer.nwb.tables import (
    column_names,
    length_of,
    object_column,
    ragged,
    read_columns,
    require_columns,
    require_equal,
    require_equal_lengths,
    require_few,
)

TRIALS = "intervals/trials"
NOT_COLUMNS = {"tags", "timeseries", "lick_events", "lick_times"}

Floats = NDArray[np.float64]

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("start_time", "stop_time", "trial_length", "change_time"), "number"),
    **dict.fromkeys(("response_time", "response_latency", "change_frame"), "number"),
    **dict.fromkeys(("reward_time", "reward_volume"), "number"),
    **dict.fromkeys(("initial_image_name", "change_image_name"), "text"),
    **dict.fromkeys(("is_change", "stimulus_change", "go", "catch", "aborted"), "bool"),
    **dict.fromkeys(("hit", "miss", "false_alarm", "correct_reject", "auto_rewarded"), "bool"),
}
NEEDED = (
    *("start_time", "stop_time", "change_time", "change_frame", "reward_volume", "is_change"),
    *("go", "catch", "aborted", "hit", "miss", "false_alarm", "correct_reject", "auto_rewarded"),
)
OLD_NAMES = {"stimulus_change": "is_change"}


def read_trials(nwb: NwbFile, read_lick_timestamps: Callable[[], Floats]) -> Trials:
    """Trials: AllenSDK's columns in stored order, index trials_id, ``lick_times`` as arrays (s).

    Args:
        nwb: the file.
        read_lick_timestamps: returns the session's licks (s), for tables without them.
    """
    nwb.require("trials", TRIALS)
    columns: dict[str, Any] = dict(read_columns(nwb, "trials", TRIALS, KINDS, NOT_COLUMNS))
    require_columns(nwb, "trials", TRIALS, [OLD_NAMES.get(n, n) for n in columns], NEEDED)
    columns["change_frame"] = _frames(columns["change_frame"])
    index = _ids(nwb, len(columns["start_time"]))
    columns["lick_times"] = object_column(_lick_times(nwb, columns, read_lick_timestamps))
    require_equal_lengths(nwb, "trials", TRIALS, columns)
    ordered = [n for n in column_names(nwb, "trials", TRIALS) if n in columns]
    if "lick_times" not in ordered:
        ordered.append("lick_times")
    table = Trials({name: columns[name] for name in ordered})
    table.index = index.astype(np.int64).rename("trials_id")
    return table.rename(columns=OLD_NAMES)


def _ids(nwb: NwbFile, n_trials: int) -> pd.Index:
    """The stored ids of the trials, else their numbers."""
    path = f"{TRIALS}/id"
    if not nwb.has(path):
        return pd.Index(np.arange(n_trials))
    lengths = {"id": length_of(nwb, "trials", path), "start_time": n_trials}
    require_equal(nwb, "trials", TRIALS, lengths)
    ids: pd.Index = pd.Index(nwb.array("trials", path))
    return ids


def _frames(change_frame: NDArray[Any]) -> NDArray[np.int64]:
    """Frames as integers; missing ones are NaN in the first release and -99 in later files."""
    return np.where(np.isnan(change_frame), NO_TRIAL, change_frame).astype(np.int64)


def _lick_times(
    nwb: NwbFile, columns: dict[str, Any], read_lick_timestamps: Callable[[], Floats]
) -> list[Floats]:
    """The licks of each trial, even if the table has none or stores them in another form.

    A session without licks has one empty text instead. A session with as many licks as trials has
    them in a plain column, without their trials.
    """
    path = f"{TRIALS}/lick_times"
    starts = columns["start_time"]
    if not nwb.has(path):
        last = columns["stop_time"].max(initial=-np.inf)
        return licks_of_trials(read_lick_timestamps(), starts, last)
    if nwb.kind("trials", path) == "text":
        return [np.empty(0) for _ in starts]
    require_few(nwb, "trials", path, {"lick_times": length_of(nwb, "trials", path)})
    times = nwb.array("trials", path).astype(np.float64)
    if not nwb.has(f"{path}_index"):
        return licks_of_trials(times, starts, np.inf)
    return ragged(nwb, "trials", path, times, nwb.array("trials", f"{path}_index"))
