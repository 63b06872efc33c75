"""When a value is a pass, a look or a fail, and why.

The limits of every check are in ``checks.toml``, what counts on the way to a value is here.

A value within ``good`` passes, one outside ``bearable`` fails, what lies between deserves a look.
Bounds belong to their range. Verdicts are worked out when they are asked for, from the values
that are kept: whoever changes a number changes the verdicts of all prepared sessions.

What concerns behaviour was looked at in recorded sessions, what concerns imaging in simulated ones
("sound planes") only: review those against recorded planes before you rely on them.

What a mouse does (engagement, d′, aborted trials) never fails: it is not a fault of the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data_layer.quality.checks.rules import CHECKS

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
    """``good`` and ``bearable`` are (min, max); ``reason`` says why there."""

    good: tuple[float, float]
    bearable: tuple[float, float]
    reason: str


def _limits(told: dict[str, Any]) -> Limits:
    reason = told["reason"]
    if "at_most" in told:
        good, bearable = told["at_most"]
        return Limits((-NO_BOUND, good), (-NO_BOUND, bearable), reason)
    if "at_least" in told:
        good, bearable = told["at_least"]
        return Limits((good, NO_BOUND), (bearable, NO_BOUND), reason)
    return Limits(tuple(told["good"]), tuple(told["bearable"]), reason)


LIMITS = {name: _limits(told) for name, told in CHECKS.items()}
"""The limits of every check, from ``checks.toml``."""
