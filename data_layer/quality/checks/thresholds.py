"""When a value is a pass, a look or a fail, and why: every threshold of the checks is here.

A value within ``good`` passes, one outside ``bearable`` fails, what lies between deserves a look.
Bounds belong to their range. Verdicts are worked out when they are asked for, from the values
that are kept: whoever changes a number here changes the verdicts of all prepared sessions.

What concerns behaviour was looked at in recorded sessions, what concerns imaging in simulated ones
("sound planes") only: review those against recorded planes before you rely on them.

What a mouse does (engagement, d′, aborted trials) never fails: it is not a fault of the data.
"""

from __future__ import annotations

from dataclasses import dataclass

NO_BOUND = float("inf")

# What counts on the way to a value.
LATE_FRAME = 1.5
"""Monitor frames after which a frame is late; half a frame allows for jitter of its time stamp."""
DURATION_FRAMES = 2.5
"""Monitor frames by which a flash or blank may be off: the task draws to whole frames, and an
image can appear a frame late and the next a frame early."""
RESPONSE_TOLERANCE = 0.05
"""s on either side of the response window: changes include the display delay (0.02 to 0.04 s),
licks and rewards do not, and the task counts whole monitor frames."""
ENCODER_JUMP = 50.0
"""cm/s between unfiltered and filtered speed. Real wheels stay below 9, simulated ones below 27;
a leap of the encoder by 0.25 V is above 100."""
FEWEST_TRIALS = 20
"""Go and catch trials from which on the share of catch trials says something."""
LOW_SNR = 3.0
"""Gaussian noise alone gives 2.6 by the same formula."""
OVERLAP = 0.2
"""Share of a ROI's pixels that others have as well."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``good`` and ``bearable`` are (least, greatest); ``reason`` says why there."""

    good: tuple[float, float]
    bearable: tuple[float, float]
    reason: str


def at_most(look_above: float, fail_above: float, reason: str) -> Limits:
    """Limits of what should be small."""
    return Limits((-NO_BOUND, look_above), (-NO_BOUND, fail_above), reason)


def at_least(look_below: float, fail_below: float, reason: str) -> Limits:
    """Limits of what should be great."""
    return Limits((look_below, NO_BOUND), (fail_below, NO_BOUND), reason)


_FORWARD = at_most(0, 0, "Everything that looks up a time needs them in order.")
_SAME = at_most(0, 0, "They name the same recording, or one of them is of another.")

LIMITS: dict[str, Limits] = {
    **dict.fromkeys(
        (
            "stimulus_order",
            "running_order",
            "eye_order",
            "ophys_order",
            "lick_order",
            "reward_order",
        ),
        _FORWARD,
    ),
    "stimulus_gap": at_most(
        6,
        30,
        "Real sessions drop up to 3 frames at once; half a second "
        "without a frame is longer than a flash.",
    ),
    "running_gap": at_most(6, 30, "The wheel is read once per monitor frame."),
    "eye_gap": at_most(3, 30, "A tenth of a second is a short blink, a second hides a response."),
    "ophys_gap": at_most(
        0.5,
        10,
        "Frames come from the scanner's own clock, which does not skip; "
        "ten frames at 11 Hz are longer than a flash interval.",
    ),
    "dropped_frames": at_most(
        0.2,
        1,
        "The institute's own bound is 1 %; real and simulated sessions have less than 0.05 %.",
    ),
    "flash_duration": at_most(
        2,
        10,
        "Each dropped frame lengthens one flash; real sessions have less than 1 % such flashes.",
    ),
    "blank_duration": at_most(2, 10, "As for flashes."),
    "omitted_flashes": at_most(0, 0, "An omission during which an image is shown is none."),
    "change_alignment": at_most(
        0.01,
        0.1,
        "In files of 2023 the two are equal; those of 2021 "
        "differ by the display's delay, which is taken off first, and "
        "by less than a frame.",
    ),
    "display_delay": Limits((0.015, 0.045), (0.0, 0.1), "Measured delays are 0.02 to 0.04 s."),
    "lick_count": at_least(
        50,
        1,
        "Even a mouse that gives up licks for its first free rewards; "
        "none means a broken lick sensor.",
    ),
    "reward_after_lick": at_most(
        0,
        5,
        "The task gives no other reward; some early sessions have "
        "single licks that were not recorded.",
    ),
    "hits_rewarded": at_most(0, 5, "A hit is what is rewarded."),
    "rewards_per_trial": at_most(1, 1, "The task gives one reward at most."),
    "trial_overlap": at_most(0, 0, "Licks and flashes are counted to trials by their times."),
    "catch_fraction": Limits(
        (2, 30), (0.5, 50), "Drawn by chance with one in eight (12.5 %); short sessions have few."
    ),
    "aborted_fraction": at_most(
        75,
        NO_BOUND,
        "Impatient mice abort up to half of their trials; more leaves few changes to look at.",
    ),
    "engaged_time": at_least(
        20, -NO_BOUND, "AllenSDK's rule for engagement; a fifth of an hour is 40 changes."
    ),
    "dprime": at_least(
        0.5,
        -NO_BOUND,
        "Training ends at a d′ of 1; below 0.5 a mouse hardly tells a change from none.",
    ),
    "encoder_jumps": at_most(
        0,
        20,
        "None in sound sessions; 20 samples are about as many leaps, "
        "each of which the filter spreads over 0.3 s.",
    ),
    "running_missing": at_most(1, 10, "A real session lacks 0.1 %."),
    "running_flat": at_most(10, 60, "A real, mostly still mouse has 1.5 s at most."),
    "blink_fraction": at_most(10, 30, "Mice blink little: sound sessions have 1 to 3 %."),
    "failed_fits": at_most(5, 20, "Sound sessions have less than 1 %."),
    "motion_range": at_most(
        15, 30, "Sound sessions stay within 8 px; 30 px (23 µm) is more than a cell body."
    ),
    "motion_jump": at_most(
        5, 10, "Cells are about 15 px wide: after 10 px a ROI holds mostly something else."
    ),
    "missing_samples": at_most(0, 1, "A trace has a sample for every frame."),
    "noise": at_most(
        0.25, 0.5, "Simulated planes have 0.05 to 0.15; transients of single cells are about 0.5."
    ),
    "snr": at_least(4, 3, "Noise alone gives 2.6; sound planes have 6 to 12."),
    "low_snr_cells": at_most(40, 80, "Some cells are silent in any session."),
    "baseline_drift": at_most(
        0.25, 0.75, "Sound planes have less than 0.15; transients of single cells are about 0.5."
    ),
    "bleaching": Limits(
        (-25, 25),
        (-50, 50),
        "Sound planes lose up to 12 %; more, or a gain, means that the plane moved in depth.",
    ),
    "duplicate_traces": at_most(
        0.8,
        0.95,
        "Neighbours that see the same stimuli reach 0.65 in "
        "sound planes; two ROIs on one cell are near 1.",
    ),
    "event_rate": Limits((0.5, 120), (0.05, 600), "Median cells have 5 to 15 per minute."),
    "small_events": at_most(20, 50, "Detection keeps what exceeds the noise."),
    "border_rois": at_most(5, 30, "Cells at the edge leave the picture when it moves."),
    "overlapping_rois": at_most(10, 50, "Demixing copes with some overlap."),
    "saturated_projection": at_most(
        2, 10, "Stored pictures are scaled so that about 0.5 % of pixels are at the top."
    ),
    "dark_projection": at_least(30, 10, "Sound planes have 40 and more of 255."),
    **dict.fromkeys(("table_ids", "table_mouse", "table_session_type", "table_image_set"), _SAME),
}
