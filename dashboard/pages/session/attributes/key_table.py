"""Dictionaries of a session as tables of key, value and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard import theme
from dashboard.arguments.sentences import told
from dashboard.vocabulary import ATTRIBUTES, Term
from data_layer.errors import DataLayerError
from data_layer.store.session_store import SessionStore

SHOWN = ("metadata", "task_parameters")
IDS = ("_id", "uuid")
NO_MATCH = "No key has all these words; columns and attributes are listed under Data."


def keys_of(store: SessionStore) -> list[Any]:
    """Tables of metadata and task parameters; keys that the file lacks are shown as missing."""
    parts: list[Any] = []
    for name in SHOWN:
        title = name.replace("_", " ").capitalize()
        parts += [html.H3(title), _table_or_sentence(store, name)]
    return [*parts, html.P(NO_MATCH, className="note no-match", hidden=True)]


def _table_or_sentence(store: SessionStore, name: str) -> Any:
    try:
        values: Mapping[str, Any] = getattr(store.session, name)
    except DataLayerError as error:
        return html.P(told(error), className="note")
    return key_table(values, ATTRIBUTES[name].columns)


def key_table(values: Mapping[str, Any], terms: Mapping[str, Term]) -> html.Table:
    """A table with a row per key: name and former name, value with unit, meaning."""
    rows = [
        key_row(key, value_text(key, value), terms.get(key, Term("")))
        for key, value in values.items()
    ]
    return html.Table(html.Tbody(rows), className="key-table")


def key_row(key: str, text: str | None, term: Term) -> html.Tr:
    """The row of a key, or of a column if ``text`` is None; the filter searches ``data-words``."""
    former = html.Span(f"formerly {term.formerly}", className="former") if term.formerly else None
    unit = html.Span(f" {term.unit}", className="unit") if term.unit else None
    name = html.Th([html.Span(key), unit if text is None else None, former], scope="row")
    value = [] if text is None else [html.Td([text, unit], className="key-value")]
    return html.Tr(
        [name, *value, html.Td(term.explanation, className="key-explanation")],
        **{"data-words": f"{key} {term.formerly} {term.explanation} {text or ''}".lower()},
    )


def value_text(key: str, value: Any) -> str:
    """A value as text; ids are written without thousands separators."""
    if isinstance(value, list | tuple):
        return ", ".join(value_text(key, part) for part in value) or "–"
    if value is None:
        return "–"
    if isinstance(value, bool | str) or key.endswith(IDS):
        return str(value)
    return theme.number(value) if isinstance(value, int | float) else str(value)
