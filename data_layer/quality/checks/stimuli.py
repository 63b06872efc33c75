"""Checks of stimuli: whether the display showed what the task specifies.

``images`` are the rows of the stimulus presentations with an image, including omissions, by time.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged, not_applicable
from data_layer.quality.checks.thresholds import DURATION_FRAMES, LATE_FRAME

Floats = NDArray[np.floating]
OMITTED = "omitted"
NO_BLANKS = "The images of this session follow each other without gray."


def dropped_frames(times: Floats) -> Check:
    """Share of stimulus frames (n,) s that lasted too long; ``at`` is the longest one."""
    steps = np.diff(times)
    if not len(steps):
        return judged("dropped_frames", None)
    late = steps > LATE_FRAME * np.median(steps)
    at = float(times[int(np.argmax(steps))]) if late.any() else None
    return judged("dropped_frames", 100 * float(late.mean()), at)


def flash_duration(images: pd.DataFrame, expected: float, frame: float) -> Check:
    """Share of flashes whose ``duration`` is not ``expected`` (s; NaN for static images)."""
    shown = images[images["image_name"] != OMITTED]
    if not np.isfinite(expected):
        return not_applicable("flash_duration", NO_BLANKS)
    starts, durations = (shown[n].to_numpy(np.float64) for n in ("start_time", "duration"))
    return _off("flash_duration", starts, durations - expected, frame)


def blank_duration(images: pd.DataFrame, expected: float, is_flashed: bool, frame: float) -> Check:
    """Share of gaps between successive flashes that are not ``expected`` (s).

    Gaps beside an omission are left out because its times are computed, not measured.
    """
    if not is_flashed:
        return not_applicable("blank_duration", NO_BLANKS)
    starts, ends = (images[n].to_numpy(np.float64) for n in ("start_time", "end_time"))
    omitted = (images["image_name"] == OMITTED).to_numpy()
    gaps = np.where(omitted[1:] | omitted[:-1], np.nan, starts[1:] - ends[:-1])
    return _off("blank_duration", ends[:-1], gaps - expected, frame)


def _off(name: str, times: Floats, differences: Floats, frame: float) -> Check:
    known = np.isfinite(differences)
    if not known.any():
        return judged(name, None)
    away = np.where(known, np.abs(differences), 0.0)
    wrong = away > DURATION_FRAMES * frame
    at = float(times[int(np.argmax(away))]) if wrong.any() else None
    return judged(name, 100 * float(wrong.sum() / known.sum()), at)


def omitted_flashes(images: pd.DataFrame, expected: float) -> Check:
    """Number of omissions during which an image is shown, or that are or precede a change.

    An omission lasts from its start for ``expected`` s, the duration of a flash.
    """
    omitted = (images["image_name"] == OMITTED).to_numpy()
    if not omitted.any():
        return not_applicable("omitted_flashes", "No flash is omitted in this session.")
    starts = images["start_time"].to_numpy(np.float64)
    changes = images["is_change"].to_numpy(bool)
    before_change = np.append(changes[1:], False)
    shown = images[~omitted]
    hidden = starts[omitted]
    firsts, lasts = (shown[n].to_numpy(np.float64) for n in ("start_time", "end_time"))
    # Every image that begins before the end of an omission must have ended before its start.
    last_started = np.searchsorted(firsts, hidden + expected, side="left") - 1
    ends = lasts[last_started] if len(lasts) else np.zeros_like(hidden)
    covered = (last_started >= 0) & (ends > hidden)
    wrong = covered | (changes | before_change)[omitted]
    at = float(hidden[int(np.argmax(wrong))]) if wrong.any() else None
    return judged("omitted_flashes", float(wrong.sum()), at)


def change_alignment(images: pd.DataFrame, trials: pd.DataFrame) -> Check:
    """The maximum distance (s) of a trial's change from the nearest change flash."""
    flashes = np.sort(images.loc[images["is_change"].to_numpy(bool), "start_time"].to_numpy(float))
    changes = trials.loc[trials["is_change"].to_numpy(bool), "change_time"].dropna().to_numpy(float)
    if not len(changes):
        return not_applicable("change_alignment", "No image changes in this session.")
    if not len(flashes):
        return judged("change_alignment", float("inf"), changes[0])
    after = np.searchsorted(flashes, changes).clip(1, max(len(flashes) - 1, 1))
    near = flashes[np.stack([after - 1, np.minimum(after, len(flashes) - 1)])]
    away = np.abs(changes - near).min(axis=0)
    worst = int(np.argmax(away))
    return judged("change_alignment", float(away[worst]), changes[worst])


def display_delay(trials: pd.DataFrame, times: Floats) -> Check:
    """The median (s) of ``change_time`` minus the stimulus time of ``change_frame``."""
    frames = trials["change_frame"].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    changes = trials["change_time"].to_numpy(np.float64)
    known = (frames >= 0) & (frames < len(times)) & np.isfinite(changes)
    if not known.any():
        return not_applicable("display_delay", "No trial says on which frame its image changed.")
    delays = changes[known] - times[frames[known].astype(int)]
    return judged("display_delay", float(np.median(delays)), changes[known][0])
