"""What each column of the metadata tables means (``words/tables.toml``)."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.vocabulary.words import read_words


class Column(NamedTuple):
    """How a column is shown: its heading, what it means, and its unit where it has one."""

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
    """The explanation of a column; one that is unknown here is shown under its own name."""
    return TABLE_COLUMNS.get(name) or Column(name, "A column of the table, as released.")
