"""Puts faults of a recording into an existing NWB file: one for every quality check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.support.damage import blot
from tests.support.nwb_files import remove, shorten
from tests.support.writable import writable

Values = np.ndarray
CELLS = "processing/ophys/image_segmentation/cell_specimen_table"
DFF = "processing/ophys/dff/traces"
CORRECTED = "processing/ophys/corrected_fluorescence/traces/data"
EVENTS = "processing/ophys/event_detection/data"
EYE = "acquisition/EyeTracking"
LICKS = "processing/licking"
RUNNING = "processing/running"
STIMULUS = "processing/stimulus/timestamps/timestamps"
TRIALS = "intervals/trials"
REWARDS = "processing/rewards"
INDEX = 1500
"""The index of single faults in an array."""


def edit(inside: str, change: Callable[[Values], Any]) -> Callable[[Path], Any]:
    """A fault in a dataset: ``change`` gets its values, and changes them or returns new ones."""

    def put(path: Path) -> None:
        with writable(path) as file:
            values = file[inside][:]
            changed = change(values)
            file[inside][:] = values if changed is None else changed

    return put


def at(index: Any, value: Any) -> Callable[[Values], None]:
    """Sets a part of an array."""

    def change(values: Values) -> None:
        values[index] = value

    return change


def swap(values: Values) -> None:
    """Swap two neighbouring values."""
    index = min(INDEX, len(values) // 2)
    values[[index, index + 1]] = values[[index + 1, index]]


def later(seconds: float, index: int = INDEX) -> Callable[[Values], Values]:
    """Shift everything from one index on to later times."""
    return lambda times: times + seconds * (np.arange(len(times)) >= index)


def noise(values: Values) -> Values:
    """Replace every trace with noise."""
    return np.asarray(np.random.default_rng(1).normal(0, 0.01, values.shape))


def image_table(path: Path) -> str:
    """The table of the images' presentations."""
    with h5py.File(path, "r") as file:
        tables = file["intervals"]
        return next(f"intervals/{n}" for n in tables if "image_name" in tables[n])


def lengthen(seconds: float, columns: tuple[str, ...]) -> Callable[[Path], None]:
    """Make every fourth flash longer."""

    def put(path: Path) -> None:
        table = image_table(path)
        for name in columns:
            edit(f"{table}/{name}", lambda v: v + seconds * (np.arange(len(v)) % 4 == 1))(path)

    return put


def show_through_omissions(path: Path) -> None:
    """Extend the flash before the first omission beyond the omission."""
    table = image_table(path)
    with writable(path) as file:
        first = int(np.flatnonzero(file[f"{table}/omitted"][:] == 1)[0])
        file[f"{table}/stop_time"][first - 1] += 1.0


def reward_again(path: Path) -> None:
    """Give a trial two rewards, by moving the next reward to just after its own."""
    for name in ("volume", "autorewarded"):
        edit(f"{REWARDS}/{name}/timestamps", lambda t: at(5, t[4] + 0.2)(t))(path)


def lose_licks(path: Path) -> None:
    """The mouse did not lick: there is no group of licks, and no trial has any."""
    remove(path, LICKS)
    with writable(path) as file:
        file[f"{TRIALS}/lick_times_index"][:] = 0
        attributes = dict(file[f"{TRIALS}/lick_times"].attrs)
        del file[f"{TRIALS}/lick_times"]
        file[f"{TRIALS}/lick_times"] = np.empty(0)
        file[f"{TRIALS}/lick_times"].attrs.update(attributes)


def lose_rewards(path: Path) -> None:
    """Remove the last rewards."""
    for name in ("volume", "autorewarded"):
        for part in ("data", "timestamps"):
            shorten(path, f"{REWARDS}/{name}/{part}", by=6)


def lose_fits(path: Path) -> None:
    """Remove the fits of eye and pupil in two fifths of the camera frames."""
    for part in ("eye_tracking", "pupil_tracking"):
        edit(f"{EYE}/{part}/area_raw", lambda a: at(slice(0, int(0.4 * len(a))), np.nan)(a))(path)


def encoder_jumps(values: Values) -> None:
    """Let the encoder jump forty times."""
    values[INDEX : INDEX + 1200 : 30] += 250.0


def foreign_columns(path: Path) -> None:
    """Add columns of another program, with several values in each row, to the trials."""
    with writable(path) as file:
        table = file[TRIALS]
        names = [f"vector_{i}" for i in range(21)]
        table.attrs["colnames"] = [*table.attrs["colnames"], *names]
        for name in names:
            table[name] = np.zeros((len(table["id"]), 2))


FAULTS: dict[str, Callable[[Path], Any]] = {
    "stimulus_order": edit(STIMULUS, swap),
    "stimulus_gap": edit(STIMULUS, later(2.0)),
    "running_order": edit(f"{RUNNING}/speed/timestamps", swap),
    "running_gap": edit(f"{RUNNING}/speed/timestamps", later(2.0)),
    "eye_order": edit(f"{EYE}/eye_tracking/timestamps", swap),
    "eye_gap": edit(f"{EYE}/eye_tracking/timestamps", later(2.0)),
    "ophys_order": edit(f"{DFF}/timestamps", swap),
    "ophys_gap": edit(f"{DFF}/timestamps", later(2.0)),
    "untimed_samples": edit(STIMULUS, at(slice(500, 700), np.nan)),
    "lick_order": edit(f"{LICKS}/licks/timestamps", swap),
    "reward_order": edit(f"{REWARDS}/autorewarded/timestamps", swap),
    "dropped_frames": edit(STIMULUS, lambda t: t + 0.0167 * (np.arange(len(t)) // 40)),
    "flash_duration": lengthen(0.1, ("duration", "stop_time")),
    "blank_duration": lengthen(0.1, ("stop_time",)),
    "omitted_flashes": show_through_omissions,
    "change_alignment": edit(f"{TRIALS}/change_time", lambda t: at(slice(5, 9), t[5:9] + 0.3)(t)),
    "display_delay": edit(f"{TRIALS}/change_time", lambda t: t + 0.2),
    "lick_count": lose_licks,
    "reward_after_lick": edit(f"{LICKS}/licks/timestamps", lambda t: t - 2.0),
    "hits_rewarded": lose_rewards,
    "rewards_per_trial": reward_again,
    "trial_overlap": edit(f"{TRIALS}/stop_time", lambda t: t + 5.0),
    "catch_fraction": edit(f"{TRIALS}/catch", np.ones_like),
    "aborted_fraction": edit(f"{TRIALS}/aborted", np.ones_like),
    "engaged_time": edit(f"{TRIALS}/lick_times", lambda t: t + 1000.0),
    "encoder_jumps": edit(f"{RUNNING}/speed_unfiltered/data", encoder_jumps),
    "running_missing": edit(f"{RUNNING}/speed_unfiltered/data", at(slice(INDEX, 4000), np.nan)),
    "running_flat": edit(f"{RUNNING}/speed_unfiltered/data", at(slice(INDEX, 6000), 3.0)),
    "blink_fraction": lose_fits,
    "failed_fits": lose_fits,
    "motion_range": edit("processing/ophys/ophys_motion_correction_y/data", at(INDEX, 60)),
    "motion_jump": edit(
        "processing/ophys/ophys_motion_correction_x/data", lambda x: later(20)(x).astype(int)
    ),
    "missing_samples": edit(f"{DFF}/data", at(slice(INDEX, 2500), np.nan)),
    "noise": edit(f"{DFF}/data", lambda d: d + 100 * noise(d)),
    "snr": edit(f"{DFF}/data", noise),
    "low_snr_cells": edit(f"{DFF}/data", noise),
    "baseline_drift": edit(f"{DFF}/data", lambda d: d + np.linspace(0, 3, len(d))[:, None]),
    "bleaching": edit(CORRECTED, lambda c: c * np.linspace(1, 0.2, len(c))[:, None]),
    "duplicate_traces": edit(f"{DFF}/data", lambda d: at(np.s_[:, -1], d[:, 0])(d)),
    "event_rate": edit(EVENTS, np.zeros_like),
    "small_events": edit(EVENTS, lambda e: 0.01 * e),
    "border_rois": edit(f"{CELLS}/image_mask", at(np.s_[:, 0, 3:6], True)),
    "overlapping_rois": edit(f"{CELLS}/image_mask", lambda m: at(slice(None), m[0])(m)),
    "duplicate_masks": edit(f"{CELLS}/image_mask", lambda m: at(-1, m[0])(m)),
    "saturated_projection": edit("processing/ophys/images/max_projection", at(slice(30), 255)),
    "unreadable": lambda path: blot(path, EVENTS),
    "left_out": foreign_columns,
    "dark_projection": edit("processing/ophys/images/average_image", lambda p: p // 64),
}
"""The fault that makes each check fail, by name of the check."""
ONLY_A_LOOK = {"aborted_fraction", "engaged_time"}
"""Checks of the mouse's behaviour, whose verdict is never worse than ``look``."""
