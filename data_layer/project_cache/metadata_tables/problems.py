"""What cannot be used in the metadata tables, as sentences; everything else is still shown."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

log = logging.getLogger(__name__)

UNKNOWN, LEFT_OUT = "It counts as unknown", "Its row is left out"
SHOWN = 40
"""Characters of a cell that a sentence repeats."""


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A kind of problem in a table: ``what`` is wrong in the first line that has it.

    ``count`` is the number of lines, ``effect`` what becomes of them.
    """

    table: Path
    what: str
    effect: str
    count: int = 1

    def __str__(self) -> str:
        others = f" (and {self.count - 1:,} more like it)" if self.count > 1 else ""
        return f"{self.table.name}: {self.what}{others}. {self.effect}."


class TableProblems:
    """Collects the problems of tables and writes each to the log."""

    def __init__(self) -> None:
        self._found: list[TableProblem] = []

    @property
    def found(self) -> tuple[TableProblem, ...]:
        """The problems in the order in which they were found."""
        return tuple(self._found)

    def add(self, table: Path, what: str, effect: str, count: int = 1) -> None:
        """Add a problem."""
        problem = TableProblem(table, what, effect, count)
        self._found.append(problem)
        log.warning("%s", problem)

    def add_cells(
        self, table: Path, cells: pd.Series, broken: pd.Series, problem: str, effect: str = UNKNOWN
    ) -> None:
        """Add the broken cells of one column, if there are any; the index has their lines."""
        if not broken.any():
            return
        row = int(broken.to_numpy(bool).argmax())
        what = f"line {cells.index[row]}, column {cells.name}: {_shown(cells.iloc[row])} {problem}"
        self.add(table, what, effect, int(broken.sum()))


def _shown(cell: object) -> str:
    if bool(pd.isna(cell)):  # type: ignore[call-overload]
        return "the cell"
    text = str(cell)
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN]}…”"
