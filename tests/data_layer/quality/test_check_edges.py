"""Checks of what is empty, stands still or is one of a kind: an answer, never an exception."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_layer.quality.checks import (
    cells,
    eye,
    motion,
    pictures,
    running,
    stimuli,
    task,
    timing,
    traces,
)
from data_layer.quality.checks.check import Check, judged
from data_layer.quality.checks.trace_statistics import EventCounts, TraceStatistics

NONE = np.empty(0)
IMAGES = pd.DataFrame(
    {
        "image_name": ["omitted", "omitted"],
        "start_time": [1.0, 2.0],
        "end_time": [1.2, np.nan],
        "duration": [0.25, np.nan],
        "is_change": [False, False],
    }
)
FLAGS = ("is_change", "hit", "go", "catch", "aborted")
TIMES = ("start_time", "stop_time", "change_time", "change_frame")
TRIALS = pd.DataFrame({n: np.empty(0, bool) for n in FLAGS} | dict.fromkeys(TIMES, NONE))
REWARDS = pd.DataFrame({"timestamps": [1.0], "auto_rewarded": [False]})
EYE = pd.DataFrame(dict.fromkeys(("timestamps", "eye_area_raw", "pupil_area_raw"), NONE))

EDGES = {
    "no times": lambda: timing.order("eye_order", NONE),
    "one time": lambda: timing.gap("eye_gap", np.ones(1)),
    "no step forward": lambda: timing.gap("eye_gap", np.zeros(5)),
    "no frames": lambda: stimuli.dropped_frames(NONE),
    "omissions only": lambda: stimuli.omitted_flashes(IMAGES, 0.25),
    "no flash": lambda: stimuli.flash_duration(IMAGES, 0.25, 1 / 60),
    "no blank": lambda: stimuli.blank_duration(IMAGES, 0.5, True, 1 / 60),
    "no change": lambda: stimuli.change_alignment(IMAGES, TRIALS),
    "no change frame": lambda: stimuli.display_delay(TRIALS, NONE),
    "no trial": lambda: task.reward_after_lick(TRIALS, REWARDS, NONE, (0.15, 0.75)),
    "no hit": lambda: task.hits_rewarded(TRIALS, REWARDS),
    "reward without trial": lambda: task.rewards_per_trial(TRIALS, REWARDS),
    "no overlap": lambda: task.trial_overlap(TRIALS),
    "no catch": lambda: task.catch_fraction(TRIALS),
    "none aborted": lambda: task.aborted_fraction(TRIALS),
    "never engaged": lambda: task.engaged_time(NONE, NONE, TRIALS),
    "no speed": lambda: running.encoder_jumps(NONE, NONE, NONE),
    "unequal speeds": lambda: running.encoder_jumps(np.zeros(2), np.zeros(3), np.zeros(2)),
    "one sample": lambda: running.running_missing(np.zeros(1), np.zeros(1)),
    "no stretch": lambda: running.running_flat(np.zeros(1), np.zeros(1)),
    "no eye": lambda: eye.failed_fits(EYE),
    "no motion": lambda: motion.motion_range(NONE, NONE, NONE),
    "clock stands still": lambda: motion.motion_jump(np.zeros(99), np.zeros(99), np.zeros(99)),
    "no picture": lambda: pictures.dark_projection(np.empty((0, 0))),
    "no cell": lambda: cells.overlapping_rois(np.empty(0, int), [], (0, 0)),
    "no event": lambda: traces.event_checks(np.array([7]), EventCounts(np.ones(1)), 60.0)[1],
}


@pytest.mark.parametrize("edge", EDGES)
def test_there_is_an_answer(edge: str) -> None:
    check = EDGES[edge]()
    assert isinstance(check, Check)
    assert check.note or check.value is not None


@pytest.mark.parametrize("fill", [np.nan, 0.0])
def test_a_cell_without_any_signal_is_no_exception(fill: float) -> None:
    statistics = TraceStatistics(50, 2, 0.1)
    statistics.add(0, np.full((50, 2), fill))
    checks = traces.dff_checks(np.array([7, 8]), statistics)
    assert {check.name: check.verdict for check in checks}["snr"] == "not applicable"
    traces.bleaching(np.array([7, 8]), statistics)


def test_changes_without_any_change_flash_fail() -> None:
    trials = pd.DataFrame({"is_change": [True], "change_time": [3.0]})
    assert stimuli.change_alignment(IMAGES, trials).verdict == "fail"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0.0, "fail"),
        (2.99, "fail"),
        (3, "look"),
        (3.99, "look"),
        (4, "pass"),
        (99, "pass"),
        (None, "not applicable"),
        (float("nan"), "not applicable"),
    ],
)
def test_bounds_belong_to_their_range(value: float | None, verdict: str) -> None:
    assert judged("snr", value).verdict == verdict
