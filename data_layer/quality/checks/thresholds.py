"""The limits of checks, and the thresholds that are used to compute their values.

The limits of every check are in ``checks.toml``; thresholds used to compute a value are here.

A value within ``good`` passes, one outside ``bearable`` fails, one in between gets the verdict
``look``. Bounds belong to their range. Verdicts are computed from the stored values when they are
needed, so a changed limit changes the verdicts of all prepared sessions.

Limits for behaviour were compared with recorded sessions, those for imaging only with simulated
ones ("sound planes"): review the latter against recorded planes before you rely on them.

The behaviour of a mouse (engagement, d′, aborted trials) never fails, as it is no fault of the
data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data_layer.quality.checks.rules import CHECKS

NO_BOUND = float("inf")

# Thresholds that are used to compute a value.
LATE_FRAME = 1.5
"""A frame that lasts more monitor frames is late; half a frame allows for jitter of time stamps."""
DURATION_FRAMES = 2.5
"""Maximum error of a flash or blank in monitor frames: the task draws in whole frames, and an
image can appear a frame late and the next a frame early."""
RESPONSE_TOLERANCE = 0.05
"""Tolerance (s) on each side of the response window: changes include the display delay (0.02 to
0.04 s), licks and rewards do not, and the task counts whole monitor frames."""
ENCODER_JUMP = 50.0
"""Maximum difference (cm/s) of unfiltered and filtered speed. Real wheels stay below 9, simulated
ones below 27; a jump of the encoder by 0.25 V gives more than 100."""
MIN_TRIALS = 20
"""Minimum number of go and catch trials for a meaningful share of catch trials."""
LOW_SNR = 3.0
"""A cell with a lower signal-to-noise ratio is noisy; pure Gaussian noise gives 2.6."""
OVERLAP = 0.2
"""Maximum share of a ROI's pixels that belong to other ROIs too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``good`` and ``bearable`` are (min, max); ``reason`` explains them."""

    good: tuple[float, float]
    bearable: tuple[float, float]
    reason: str


def _limits(entry: dict[str, Any]) -> Limits:
    reason = entry["reason"]
    if "at_most" in entry:
        good, bearable = entry["at_most"]
        return Limits((-NO_BOUND, good), (-NO_BOUND, bearable), reason)
    if "at_least" in entry:
        good, bearable = entry["at_least"]
        return Limits((good, NO_BOUND), (bearable, NO_BOUND), reason)
    return Limits(tuple(entry["good"]), tuple(entry["bearable"]), reason)


LIMITS = {name: _limits(entry) for name, entry in CHECKS.items()}
"""The limits of every check, from ``checks.toml``."""
