"""Headings and explanations of the metadata tables' columns (``words/tables.toml``)."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.vocabulary.words import read_words


class Column(NamedTuple):
    """The heading, explanation and unit of a column; the unit may be empty."""

    label: str
    explanation: str
    unit: str = ""

    @property
    def title(self) -> str:
        """The heading with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


ON_THIS_MACHINE = Column(
    "Here",
    "Whether the NWB file is on this machine (●), so that the recording can be opened, or is only "
    "listed (○).",
)

TABLE_COLUMNS: dict[str, Column] = {
    name: Column(**said) for name, said in read_words("tables").items()
}


def column(name: str) -> Column:
    """The description of a column; an unknown one has its name as its heading."""
    return TABLE_COLUMNS.get(name) or Column(name, "A column of the table, as released.")
