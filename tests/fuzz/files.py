"""Damaged files: whatever is done to one, each attribute is the sound one, or an error of ours.

Where nothing in a file can tell (bytes of values, and in files without checksums bytes of the
structure, may be changed into others that are as good), another value is no fault of ours: of such
cases only crashes, hangs and foreign errors count.
"""

from __future__ import annotations

from random import Random

from tests.fuzz.damages import DAMAGES
from tests.fuzz.file_case import LAYOUTS, Case
from tests.fuzz.outcomes import BAD, Outcomes
from tests.fuzz.workers import Worker

SHOWN = 400
"""Characters of the words about a bad case."""


def cases_of(cases: int, seed: int) -> list[Case]:
    """The cases of a seed, the same each time; every damage comes equally often."""
    random, names = Random(seed), list(DAMAGES)
    return [
        Case(names[i % len(names)], random.choice(LAYOUTS), f"{seed}-{i}") for i in range(cases)
    ]


def run(cases: int, seed: int) -> Outcomes:
    """Try damaged files; each bad one is printed so that it can be repeated."""
    outcomes = Outcomes()
    with Worker() as worker:
        for case in cases_of(cases, seed):
            result = worker.run(case)
            outcomes[result.outcome] += 1
            if result.outcome in BAD:
                print(f"{result.outcome}: {case}: {result.harm}: {result.words[:SHOWN]}")
    return outcomes
