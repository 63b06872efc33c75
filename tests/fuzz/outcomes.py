"""How a case of ``make fuzz`` can end, and the count of each."""

from __future__ import annotations

from collections import Counter
from typing import Literal, get_args

Outcome = Literal["right", "told", "silent", "foreign", "crashed", "hung"]
"""
- right: the answer is that of the sound file or request.
- told: refused or reported in words of ours, an answer of 4xx included.
- silent: another answer than the right one, without a word.
- foreign: an error that is not ours: a traceback, an answer of 5xx.
- crashed: the process ended.
- hung: no answer in time, or more memory than allowed.
"""

BAD: tuple[Outcome, ...] = ("silent", "foreign", "crashed", "hung")


class Outcomes(Counter[Outcome]):
    """How many cases ended how."""

    @property
    def bad(self) -> int:
        """How many cases ended as none may."""
        return sum(self[outcome] for outcome in BAD)

    def __str__(self) -> str:
        figures = [f"{outcome} {self[outcome]:,}" for outcome in get_args(Outcome)]
        return f"cases {self.total():,}: {', '.join(figures)}"
