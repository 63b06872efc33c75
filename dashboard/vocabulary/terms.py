"""Types for the explanation of an attribute and of a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dashboard.vocabulary.tables import TABLE_COLUMNS

Shape = Literal["table", "array", "dictionary", "image", "number", "traces"]


@dataclass(frozen=True, slots=True)
class Term:
    """The meaning of a column or key, its unit, and its former name (files of 2021)."""

    explanation: str
    unit: str = ""
    formerly: str = ""

    @property
    def sentence(self) -> str:
        """Explanation, unit and former name in one text."""
        unit = f" In {self.unit}." if self.unit else ""
        formerly = f" Formerly {self.formerly}." if self.formerly else ""
        return f"{self.explanation}{unit}{formerly}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a session or experiment.

    ``call`` is the Python expression that reads it in AllenSDK; ``columns`` are its columns or
    keys, the index first; ``added`` are columns that only the page has.
    """

    name: str
    call: str
    explanation: str
    shape: Shape
    unit: str = ""
    columns: Mapping[str, Term] = field(default_factory=dict)
    added: Mapping[str, Term] = field(default_factory=dict)
    experiment_only: bool = False


def as_in_tables(name: str) -> Term:
    """The term of a metadata key that is also a column of the project cache's tables."""
    column = TABLE_COLUMNS[name]
    return Term(column.explanation, column.unit)
