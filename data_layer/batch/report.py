"""What became of a batch, for people and for other programs."""

from __future__ import annotations

import csv
import io
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data_layer.batch.task import Item, Outcome, State
from data_layer.errors import BadSetting
from data_layer.kept_files import write_bytes, write_json

SHOWN = 10
"""So many problems of one kind are told whole; of the others the ids."""
COLUMNS = (
    "kind",
    "id",
    "path",
    "state",
    "result",
    "reason",
    "problem",
    "tries",
    "seconds",
    "bytes",
    "megabytes",
)


@dataclass
class Report:
    """The outcomes so far; ``without_file`` has a sentence per id whose file cannot be had."""

    without_file: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def add(self, outcome: Outcome) -> None:
        """Take up one more outcome."""
        self.outcomes.append(outcome)

    def count(self, state: State) -> int:
        """How many files ended so."""
        return sum(outcome.state == state for outcome in self.outcomes)

    def in_order(self, items: Iterable[Item]) -> list[Outcome]:
        """The outcomes in the order of ``items``."""
        of = {outcome.item: outcome for outcome in self.outcomes}
        return [of[item] for item in items if item in of]

    def problems(self) -> list[str]:
        """A sentence per problem, those of one reason together; many of one are told briefly."""
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            if outcome.state == "failed":
                groups[outcome.reason].append(outcome)
        return [*self.without_file, *(line for group in groups.values() for line in _told(group))]

    def summary(self, done: str) -> str:
        """One sentence: ``done`` is the participle of what was done, such as ``prepared``."""
        counts = Counter(outcome.state for outcome in self.outcomes)
        worked = [outcome for outcome in self.outcomes if outcome.state == "done"]
        gigabytes = sum(outcome.size for outcome in worked) / 1e9
        seconds = time.monotonic() - self.began
        return (
            f"{counts['done']:,} files {done} ({gigabytes:,.2f} GB), "
            f"{counts['already done']:,} already {done}, {counts['failed']:,} failed, "
            f"in {seconds:,.0f} s."
        )

    def write(self, path: Path) -> None:
        """Write a row per file as ``.csv`` or ``.json``.

        Raises:
            BadSetting: The name ends otherwise, or the file cannot be written.
        """
        rows = [_row(outcome) for outcome in self.outcomes]
        try:
            if path.suffix == ".json":
                write_json(path, {"files": rows, "without_file": self.without_file})
            else:
                write_bytes(path, _csv(rows).encode())
        except OSError as error:
            reason = f"a file that can be written ({error.strerror})"
            raise BadSetting("--report", str(path), reason) from error


def require_format(path: Path) -> None:
    """Refuse a report of another format before anything is done.

    Raises:
        BadSetting: The name does not end in ``.csv`` or ``.json``.
    """
    if path.suffix not in {".csv", ".json"}:
        raise BadSetting("--report", str(path), "a file that ends in .csv or .json")


def _told(group: list[Outcome]) -> Iterator[str]:
    yield from (outcome.problem for outcome in group[:SHOWN])
    if rest := group[SHOWN:]:
        ids = ", ".join(str(outcome.item.id) for outcome in rest)
        yield f"{len(rest):,} more with a problem of the same kind ({group[0].reason}): {ids}."


def _row(outcome: Outcome) -> dict[str, object]:
    item = outcome.item
    named = {"kind": item.kind, "id": item.id, "path": item.path, "bytes": outcome.size}
    return {name: named[name] if name in named else getattr(outcome, name) for name in COLUMNS}


def _csv(rows: list[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
