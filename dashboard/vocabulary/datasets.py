"""Explanations of all attributes of behaviour sessions and experiments, and of their columns.

The texts are in ``words/*.toml``. A column is given by its explanation, by a table of
``explanation``, ``unit`` and ``formerly``, or by ``same_as`` and a column of another attribute in
the same file. The table ``every`` has the defaults for all attributes of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.vocabulary.terms import Attribute, Term, as_in_tables
from dashboard.vocabulary.words import read_words

FILES = ("behavior", "keys", "eye", "imaging")


def _attributes(file: str) -> Iterator[Attribute]:
    words = read_words(file)
    every = words.pop("every", {})
    for name, said in words.items():
        facts = {"call": name} | every | said
        columns = {column: as_in_tables(column) for column in facts.pop("in_tables", ())}
        columns |= _terms(words, facts.pop("columns", {}))
        added = _terms(words, facts.pop("added", {}))
        yield Attribute(name, **facts, columns=columns, added=added)


def _terms(words: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Term]:
    return {name: _term(words, said) for name, said in columns.items()}


def _term(words: Mapping[str, Any], said: str | dict[str, str]) -> Term:
    if isinstance(said, str):
        return Term(said)
    if "same_as" in said:
        attribute, column = said["same_as"].split(".")
        return _term(words, words[attribute]["columns"][column])
    return Term(**said)


ATTRIBUTES: dict[str, Attribute] = {
    attribute.name: attribute for file in FILES for attribute in _attributes(file)
}


def term(table: str, column: str) -> Term | None:
    """The term for a column or key, None if it is unknown; ``column`` may be its former name."""
    attribute = ATTRIBUTES.get(table)
    if attribute is None:
        return None
    found = attribute.columns.get(column) or attribute.added.get(column)
    return found or next((t for t in attribute.columns.values() if t.formerly == column), None)


def explain(table: str, column: str) -> str | None:
    """The explanation of a column with its unit, or None if it is unknown.

    Args:
        table: an attribute's name: ``"trials"``, ``"cell_specimen_table"``, ``"metadata"``, …
        column: a column, the index or a key; former names (files of 2021) are known too.
    """
    found = term(table, column)
    return None if found is None else found.sentence
