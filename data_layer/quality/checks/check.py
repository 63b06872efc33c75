"""The result of one check: the measured value, its threshold and verdict, and where to look."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from data_layer.quality.checks.rules import RULES
from data_layer.quality.checks.thresholds import LIMITS, NO_BOUND, Limits

Verdict = Literal["fail", "look", "pass", "not applicable"]
VERDICTS: tuple[Verdict, ...] = ("fail", "look", "pass", "not applicable")
"""Worst first."""
DIGITS = 6
NOTHING = "There is nothing to measure it with."


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a session.

    ``value`` (None if not applicable) is in ``unit`` (empty for plain numbers). ``threshold`` says
    in words when it passes. ``at`` (s on the session clock) and ``cell_roi_id`` say where to look,
    if there is a single moment or cell. ``note`` is a sentence: why the check does not apply, or
    what was found.
    """

    name: str
    family: str
    title: str
    rule: str
    value: float | None
    unit: str
    threshold: str
    verdict: Verdict
    at: float | None = None
    cell_roi_id: int | None = None
    note: str = ""

    @property
    def reason(self) -> str:
        """The reason for the threshold."""
        return LIMITS[self.name].reason


def judged(
    name: str,
    value: float | None,
    at: float | None = None,
    cell_roi_id: int | None = None,
    note: str = "",
) -> Check:
    """A check of ``RULES`` with the verdict from its limits; NaN and None: not applicable.

    Values are rounded to six digits, which is more than any threshold has.
    """
    rule, limits = RULES[name], LIMITS[name]
    known = None if value is None or math.isnan(value) else float(f"{value:.{DIGITS}g}")
    return Check(
        name,
        rule.family,
        rule.title,
        rule.rule,
        known,
        rule.unit,
        threshold=in_words(limits),
        verdict=verdict_of(limits, known),
        at=None if at is None or math.isnan(at) else float(at),
        cell_roi_id=None if cell_roi_id is None else int(cell_roi_id),
        note=note or (NOTHING if known is None else ""),
    )


def not_applicable(name: str, why: str) -> Check:
    """A check that cannot be made; ``why`` is a sentence."""
    return judged(name, None, note=why)


def verdict_of(limits: Limits, value: float | None) -> Verdict:
    """The verdict on a value; None is not applicable."""
    if value is None:
        return "not applicable"
    if not limits.bearable[0] <= value <= limits.bearable[1]:
        return "fail"
    return "pass" if limits.good[0] <= value <= limits.good[1] else "look"


def in_words(limits: Limits) -> str:
    """Both limits as a short text: ``pass ≤ 0.2, fail > 1``."""
    (low, high), (minimum, maximum) = limits.good, limits.bearable
    if low == -NO_BOUND:
        return f"pass ≤ {high:g}" + _fail(">", maximum)
    if high == NO_BOUND:
        return f"pass ≥ {low:g}" + _fail("<", minimum)
    return f"pass {low:g} to {high:g}, fail < {minimum:g} or > {maximum:g}"


def _fail(sign: str, bound: float) -> str:
    return "" if math.isinf(bound) else f", fail {sign} {bound:g}"
