"""The harness of all rows: measures in turn, takes medians, and makes lines with their bounds."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

OURS = "ours"

Sample = Mapping[str, Any]
Measure = Callable[[], Sample]


class CannotMeasure(Exception):
    """A value cannot be measured on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The upper bound of a line: ``limit``, times the peer's value if ``of_peer``."""

    limit: float
    of_peer: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: our median, a peer's, and the bound; None where not measured."""

    row: str
    measure: str
    unit: str
    ours: float | None
    peer: str | None = None
    peer_value: float | None = None
    bound: Bound | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Our value divided by the peer's."""
        if self.ours is None or not self.peer_value:
            return None
        return self.ours / self.peer_value

    @property
    def reached(self) -> bool | None:
        """Whether the bound is met; None if there is no bound or no value."""
        if self.bound is None:
            return None
        value = self.ratio if self.bound.of_peer else self.ours
        return None if value is None else value <= self.bound.limit


@dataclass(slots=True)
class Turns:
    """The samples of every participant, and the problems of those who cannot be measured."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def median(self, who: str, key: str) -> float | None:
        """The median of one number over the samples, or None."""
        values = [sample[key] for sample in self.samples.get(who, ()) if key in sample]
        return statistics.median(values) if values else None

    def first(self, who: str, key: str) -> Any:
        """A value of the first sample, for facts that are the same in all."""
        return next((sample[key] for sample in self.samples.get(who, ()) if key in sample), None)

    def line(  # noqa: PLR0913 - the columns of the table
        self,
        row: str,
        measure: str,
        unit: str,
        key: str,
        bound: Bound | None = None,
        *,
        peer: str | None = None,
        note: str = "",
        ours: str = OURS,
    ) -> Line:
        """The line that compares ``key`` of ``ours`` with a peer; its note names problems."""
        problems = [self.problems[who] for who in (ours, peer) if who in self.problems]
        version = self.first(peer, "version") if peer else None
        return Line(
            row,
            measure,
            unit,
            self.median(ours, key),
            peer,
            self.median(peer, key) if peer else None,
            bound,
            "; ".join([*filter(None, [note, version]), *problems]),
        )


def in_turn(runs: int, measures: Mapping[str, Measure]) -> Turns:
    """Run all measures in turn, ``runs`` times: A B A B.

    A measure that raises CannotMeasure is not run again; the others continue.
    """
    turns = Turns()
    for _ in range(runs):
        for who, measure in measures.items():
            if who in turns.problems:
                continue
            try:
                turns.samples.setdefault(who, []).append(measure())
            except CannotMeasure as error:
                turns.problems[who] = f"{who}: {error}"
    return turns
