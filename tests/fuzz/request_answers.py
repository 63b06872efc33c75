"""Judges an answer of the server: how one hostile request ended."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

from dashboard.arguments.refusals import UNFORESEEN
from tests.fuzz.outcomes import Outcome

LONGEST = 5.0  # s
TRACEBACK = "Traceback (most recent call last)"
SENTENCE = re.compile(r"[A-Za-z]{2,}.* .*[A-Za-z]{2,}", re.DOTALL)
STATES = ('"data-state":"error"', '"data-state":"empty"')


@dataclass(frozen=True)
class Answer:
    """What came back: status, text, and how long it took (s)."""

    status: int
    text: str
    seconds: float


class Complaints(logging.Handler):
    """Collects what is logged as an error or with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            self.found.append(self.format(record))


@dataclass
class Judge:
    """Says how requests ended, and remembers those that ended as none may."""

    complaints: Complaints = field(default_factory=Complaints)
    bad: list[str] = field(default_factory=list)

    def outcome(self, asked: str, answer: Answer) -> Outcome:
        """How the request ``asked`` ended."""
        logged, self.complaints.found = self.complaints.found, []
        outcome = _outcome(answer, logged)
        if outcome not in ("right", "told"):
            told = "\n".join(logged)[-2000:] or answer.text[:300]
            self.bad.append(f"{outcome} {answer.status} {answer.seconds:.1f} s: {asked}\n{told}")
        return outcome


def _outcome(answer: Answer, logged: list[str]) -> Outcome:
    foreign = answer.status >= 500 or TRACEBACK in answer.text or UNFORESEEN in answer.text
    if foreign or logged:
        return "foreign"
    if answer.seconds > LONGEST:
        return "hung"
    if answer.status >= 400:
        return "told" if SENTENCE.search(answer.text) and "<html" not in answer.text else "silent"
    return "told" if any(state in answer.text for state in STATES) else "right"
