"""What a word of the data set is explained by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dashboard.vocabulary.tables import TABLE_COLUMNS

Shape = Literal["table", "array", "dictionary", "image", "number", "traces"]


@dataclass(frozen=True, slots=True)
class Term:
    """A column or key: what it means, its unit, and its earlier name (2021 files, old texts)."""

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

    ``call`` is how AllenSDK is asked for it; ``columns`` are its columns or keys, the index first;
    ``added`` are columns that the page adds.
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
    """The term of a metadata key that is a column of the cache tables too."""
    column = TABLE_COLUMNS[name]
    return Term(column.explanation, column.unit)
