"""Reads licks, rewards, running and the stimulus clock, which every session has."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.nwb.aliases import Rewards
from data_layer.nwb.file import NwbFile
from data_layer.nwb.tables import length_of, read_series, require_equal, require_few

LICKING, REWARDS = "processing/licking", "processing/rewards"
RUNNING, STIMULUS = "processing/running", "processing/stimulus/timestamps"

LICK_TIMES = "intervals/trials/lick_times"

BACKWARDS = -1.0
"""If the mean speed (cm/s) is lower, the wheel was wired the wrong way round."""


def read_licks(nwb: NwbFile) -> pd.DataFrame:
    """Licks: timestamps (s) and stimulus frame; empty if the mouse never licked.

    Raises:
        StreamMissing: The group of licks is not in the file, but its trials have licks.
        StreamDamaged: The licks cannot be read.
    """
    if not nwb.has(LICKING):
        if _trials_have_licks(nwb):
            nwb.require("licks", LICKING)
        return pd.DataFrame({"timestamps": np.empty(0), "frame": np.empty(0, np.int64)})
    path = f"{LICKING}/licks"
    timestamps, frames = read_series(nwb, "licks", path, sampled=True)
    require_few(nwb, "licks", path, {"timestamps": len(timestamps)})
    return pd.DataFrame({"timestamps": timestamps, "frame": frames})


def _trials_have_licks(nwb: NwbFile) -> bool:
    """Whether a trial has a lick; a table of a session without any has a text instead, or none."""
    with suppress(StreamMissing, StreamDamaged):
        numbers = nwb.kind("trials", LICK_TIMES) == "number"
        return numbers and length_of(nwb, "trials", LICK_TIMES) > 0
    return False


def read_rewards(nwb: NwbFile) -> Rewards:
    """Rewards: volume (ml), timestamps (s), auto_rewarded; empty if there were none."""
    if not nwb.has(REWARDS):
        empty: dict[str, NDArray[Any]] = {
            "volume": np.empty(0),
            "timestamps": np.empty(0),
            "auto_rewarded": np.empty(0, bool),
        }
        return Rewards(empty)
    timestamps, auto_rewarded = read_series(nwb, "rewards", f"{REWARDS}/autorewarded", "bool")
    lengths = {
        "volume": length_of(nwb, "rewards", f"{REWARDS}/volume/data"),
        "timestamps": len(timestamps),
    }
    require_equal(nwb, "rewards", REWARDS, lengths)
    columns = {
        "volume": nwb.array("rewards", f"{REWARDS}/volume/data"),
        "timestamps": timestamps,
        "auto_rewarded": auto_rewarded.astype(bool),
    }
    return Rewards(columns)


def read_running_speed(nwb: NwbFile, stream: str) -> pd.DataFrame:
    """Running speed: timestamps (s) and speed (cm/s), positive when running forwards.

    Args:
        nwb: the file.
        stream: ``running_speed`` (low-pass filtered) or ``raw_running_speed``.
    """
    name = "speed" if stream == "running_speed" else "speed_unfiltered"
    timestamps, speed = read_series(nwb, stream, f"{RUNNING}/{name}", sampled=True)
    speed = speed.astype(np.float64)
    known = speed[~np.isnan(speed)]
    if known.size and known.mean() < BACKWARDS:
        speed = -speed
    return pd.DataFrame({"timestamps": timestamps, "speed": speed})


def read_stimulus_timestamps(nwb: NwbFile) -> NDArray[np.float64]:
    """Times (s) of the stimulus frames (n_frames,), without the display delay."""
    return nwb.array("stimulus_timestamps", f"{STIMULUS}/timestamps").astype(np.float64)
