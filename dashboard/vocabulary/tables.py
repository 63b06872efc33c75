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


ABOUT_FILES = {
    "on_this_machine": Column(
        "On this machine",
        "Whether the whole NWB file is on this machine (●), can be streamed from object storage "
        "(◐), or is only listed (○).",
    ),
    "opens": Column(
        "Opens",
        "How a recording opens: prepared ones at once; those whose file is here from the file; "
        "others are streamed from object storage, which loads only what is looked at.",
    ),
}
"""What Explore says of the rows' files, beside the columns of the tables."""

TABLE_COLUMNS: dict[str, Column] = {
    name: Column(**said) for name, said in read_words("tables").items()
}


def column(name: str) -> Column:
    """The description of a column; an unknown one has its name as its heading."""
    return TABLE_COLUMNS.get(name) or Column(name, "A column of the table, as released.")
