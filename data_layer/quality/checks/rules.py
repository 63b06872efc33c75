"""What is checked: each check's name, family, title, rule and unit, in the order they are shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: ``rule`` is a sentence, ``unit`` that of the value (empty for a number of)."""

    family: str
    title: str
    rule: str
    unit: str = ""


FAMILIES = {
    "timing": "Timing",
    "stimuli": "Stimuli",
    "task": "Licks and rewards",
    "performance": "Performance",
    "running": "Running",
    "eye": "Eye",
    "motion": "Motion",
    "traces": "Traces",
    "cells": "Cells",
    "pictures": "Pictures",
    "tables": "Tables and file",
}

_ORDER = "Times of {} always go forward: counted are steps that do not."
_GAP = "No {} are missing: the longest step between two of them, less one usual step."
_STREAMS = {
    "stimulus": ("Stimulus clock", "stimulus frames"),
    "running": ("Running clock", "running samples"),
    "eye": ("Eye camera clock", "eye camera frames"),
    "ophys": ("Imaging clock", "imaging frames"),
}

RULES: dict[str, Rule] = {
    **{
        f"{stream}_{name}": Rule("timing", f"{title}: {word}", rule.format(items), unit)
        for stream, (title, items) in _STREAMS.items()
        for name, word, rule, unit in (
            ("order", "order", _ORDER, "steps back"),
            ("gap", "gap", _GAP, "samples"),
        )
    },
    "lick_order": Rule("timing", "Licks: order", _ORDER.format("licks"), "steps back"),
    "reward_order": Rule("timing", "Rewards: order", _ORDER.format("rewards"), "steps back"),
    "dropped_frames": Rule(
        "stimuli",
        "Dropped frames",
        "The monitor shows a new frame at every refresh: counted are frames that stayed longer "
        "than one and a half.",
        "%",
    ),
    "flash_duration": Rule(
        "stimuli",
        "Flash duration",
        "Every image stays as long as the task says (0.25 s), within 2.5 monitor frames; counted "
        "are flashes that do not.",
        "%",
    ),
    "blank_duration": Rule(
        "stimuli",
        "Blank duration",
        "The gray between two images lasts as long as the task says (0.5 s), within 2.5 monitor "
        "frames; counted are blanks that do not, those beside omissions left out.",
        "%",
    ),
    "omitted_flashes": Rule(
        "stimuli",
        "Omissions",
        "Nothing is shown where a flash is omitted, and neither a change nor the flash before "
        "one is omitted; counted are omissions that break this.",
        "omissions",
    ),
    "change_alignment": Rule(
        "stimuli",
        "Change times",
        "The change_time of every trial with a change is the start of a change flash: the "
        "greatest distance between the two.",
        "s",
    ),
    "display_delay": Rule(
        "stimuli",
        "Display delay",
        "change_time comes a display's delay (0.02 to 0.04 s) after the stimulus frame it names: "
        "the median delay.",
        "s",
    ),
    "lick_count": Rule(
        "task", "Licks", "A mouse that works licks: how many licks there are.", "licks"
    ),
    "reward_after_lick": Rule(
        "task",
        "Rewards without a lick",
        "Every earned reward follows a lick in the response window; counted are those that do not.",
        "%",
    ),
    "hits_rewarded": Rule(
        "task",
        "Hits without a reward",
        "Every hit is rewarded before the next trial; counted are hits that are not.",
        "%",
    ),
    "rewards_per_trial": Rule(
        "task",
        "Rewards per trial",
        "A trial has at most one reward: the most that any has.",
        "rewards",
    ),
    "trial_overlap": Rule(
        "task",
        "Trials overlap",
        "A trial begins when the one before has ended; counted are those that begin earlier.",
        "trials",
    ),
    "catch_fraction": Rule(
        "task",
        "Catch trials",
        "One in eight trials without an early lick is a catch trial: their share among go and "
        "catch trials.",
        "%",
    ),
    "aborted_fraction": Rule(
        "task",
        "Aborted trials",
        "Most trials reach their change: the share that an early lick aborted.",
        "%",
    ),
    "engaged_time": Rule(
        "performance",
        "Engaged time",
        "The mouse works through much of the task: the share of it with more than 2 rewards per "
        "minute.",
        "%",
    ),
    "dprime": Rule(
        "performance",
        "Mean d′",
        "A trained mouse tells changes from catch trials: d′ over 100 trials, averaged over the "
        "session.",
    ),
    "encoder_jumps": Rule(
        "running",
        "Encoder jumps",
        "Unfiltered and filtered speed agree within 50 cm/s; counted are samples that do not.",
        "samples",
    ),
    "running_missing": Rule(
        "running",
        "Speed not measured",
        "The wheel is read at every frame: the share of unfiltered samples without a value "
        "(the first never has one).",
        "%",
    ),
    "running_flat": Rule(
        "running",
        "Flat stretch",
        "Even a still wheel's encoder flickers: the longest time in which the unfiltered speed "
        "stays the same to the last digit.",
        "s",
    ),
    "blink_fraction": Rule(
        "eye", "Blinks", "The eye is open: the share of camera frames that are likely blinks.", "%"
    ),
    "failed_fits": Rule(
        "eye",
        "Failed fits",
        "Eye and pupil are found: the share of camera frames in which either is not.",
        "%",
    ),
    "motion_range": Rule(
        "motion",
        "Motion range",
        "The field of view stays in place: the greatest shift from the median, of x or y.",
        "px",
    ),
    "motion_jump": Rule(
        "motion",
        "Motion jump",
        "The field of view does not jump: the greatest difference between the medians of the "
        "second before and the second after any moment, of x or y.",
        "px",
    ),
    "missing_samples": Rule(
        "traces",
        "Missing samples",
        "ΔF/F has a value at every frame: the share that has none.",
        "%",
    ),
    "noise": Rule(
        "traces",
        "Noise",
        "ΔF/F is quiet from frame to frame: its robust noise (median absolute difference of "
        "neighbouring frames as a standard deviation), median over cells.",
        "ΔF/F",
    ),
    "snr": Rule(
        "traces",
        "Signal to noise",
        "Transients stand out: the 99.5th percentile of ΔF/F above its median, in units of the "
        "cell's noise, median over cells.",
    ),
    "low_snr_cells": Rule(
        "traces",
        "Cells like noise",
        "Most cells have transients: the share of cells whose signal to noise is below 3 (noise "
        "alone gives 2.6).",
        "%",
    ),
    "baseline_drift": Rule(
        "traces",
        "Baseline drift",
        "The baseline stays: how far the 10th percentile of ΔF/F moves between tenths of the "
        "session, 90th percentile over cells.",
        "ΔF/F",
    ),
    "bleaching": Rule(
        "traces",
        "Bleaching",
        "Cells stay as bright: the change of corrected fluorescence from the first tenth of the "
        "session to the last, median over cells.",
        "%",
    ),
    "duplicate_traces": Rule(
        "traces",
        "Duplicate traces",
        "Every ROI is a cell of its own: the greatest correlation between two cells' ΔF/F, frame "
        "by frame.",
    ),
    "event_rate": Rule(
        "traces",
        "Event rate",
        "Cells are neither silent nor always active: events per minute, median over cells.",
        "per min",
    ),
    "small_events": Rule(
        "traces",
        "Events below noise",
        "Events stand above noise: the share of all events that are smaller than the noise_std "
        "of their cell.",
        "%",
    ),
    "border_rois": Rule(
        "cells",
        "ROIs at the border",
        "Cells lie inside the picture: the share of ROIs with a pixel on its edge.",
        "%",
    ),
    "overlapping_rois": Rule(
        "cells",
        "Overlapping ROIs",
        "Cells do not share pixels: the share of ROIs that have more than a fifth of their "
        "pixels in common with others.",
        "%",
    ),
    "saturated_projection": Rule(
        "pictures",
        "Saturated pixels",
        "The maximum projection has structure in its bright parts: the share of pixels at the "
        "greatest value, 255.",
        "%",
    ),
    "dark_projection": Rule(
        "pictures",
        "Brightness",
        "The average projection is not dark: its 99th percentile, of 255.",
    ),
    "table_ids": Rule(
        "tables", "Ids", "Tables and file name the same ids; counted are those that differ.", "ids"
    ),
    "table_mouse": Rule("tables", "Mouse", "Tables and file name the same mouse.", "differences"),
    "table_session_type": Rule(
        "tables", "Session type", "Tables and file name the same session type.", "differences"
    ),
    "table_image_set": Rule(
        "tables",
        "Image set",
        "The tables' image set is that of the file's session type.",
        "differences",
    ),
}

FROM_TABLES = tuple(name for name, rule in RULES.items() if rule.family == "tables")
"""Checks that need the release's tables beside the file."""
FROM_FILE = tuple(name for name in RULES if name not in FROM_TABLES)
"""Checks that the file alone answers."""
