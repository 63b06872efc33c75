"""Every attribute of the two datasets, behaviour session and experiment, with its columns."""

from __future__ import annotations

from dashboard.vocabulary.behavior import BEHAVIOR_ATTRIBUTES
from dashboard.vocabulary.eye import EYE_ATTRIBUTES
from dashboard.vocabulary.imaging import EXPERIMENT_ATTRIBUTES
from dashboard.vocabulary.keys import KEYED_ATTRIBUTES
from dashboard.vocabulary.terms import Attribute, Term

ATTRIBUTES: dict[str, Attribute] = {
    attribute.name: attribute
    for attribute in (
        *BEHAVIOR_ATTRIBUTES,
        *KEYED_ATTRIBUTES,
        *EYE_ATTRIBUTES,
        *EXPERIMENT_ATTRIBUTES,
    )
}


def term(table: str, column: str) -> Term | None:
    """What a column or key means; ``column`` may be its earlier name."""
    attribute = ATTRIBUTES.get(table)
    if attribute is None:
        return None
    found = attribute.columns.get(column) or attribute.added.get(column)
    return found or next((t for t in attribute.columns.values() if t.formerly == column), None)


def explain(table: str, column: str) -> str | None:
    """The explanation of a column with its unit, or None where there is none.

    Args:
        table: an attribute's name: ``"trials"``, ``"cell_specimen_table"``, ``"metadata"``, …
        column: a column, the index or a key; earlier names (2021 files) are known too.
    """
    found = term(table, column)
    return None if found is None else found.sentence
