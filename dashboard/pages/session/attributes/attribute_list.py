"""The list of all attributes, and which of them a file has."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.vocabulary import ATTRIBUTES, Attribute
from data_layer.errors import DataLayerError
from data_layer.store.attributes import TRACES, is_stored, rows_of
from data_layer.store.session_store import SessionStore

MARKS = {True: "●", False: "○"}


def options(store: SessionStore) -> list[dict[str, Any]]:
    """All attributes as options of a list, with their size or the reason why they are absent."""
    return [_option(attribute, size_of(store, attribute)) for attribute in ATTRIBUTES.values()]


def size_of(store: SessionStore, attribute: Attribute) -> str | None:
    """The size of an attribute as text, None if the file does not have it."""
    if attribute.experiment_only and not is_here(store, attribute):
        return None
    try:
        rows = rows_of(store, attribute.name)
    except DataLayerError:
        return None
    if attribute.name in TRACES:
        width = len(rows.columns[2:]) // len(TRACES[attribute.name])
        return f"{width:,} cells × {len(rows):,} frames"
    sizes = {
        "table": f"{len(rows):,} rows × {len(rows.columns)} columns",
        "array": f"{len(rows):,} values",
        "dictionary": f"{len(rows)} keys",
        "image": f"{len(rows)} × {len(rows.columns)} px",
    }
    return sizes.get(attribute.shape, "one number")


def is_here(store: SessionStore, attribute: Attribute) -> bool:
    """Whether the file has an attribute, or the data from which it is computed."""
    of_behavior = not attribute.experiment_only or attribute.name.startswith("eye_tracking")
    return (of_behavior or store.has_cells) and is_stored(store, attribute.name)


def _option(attribute: Attribute, size: str | None) -> dict[str, Any]:
    columns = " ".join(f"{name} {term.formerly}" for name, term in attribute.columns.items())
    words = f"{attribute.name} {attribute.explanation} {columns}".lower()
    note = html.Span(size or "not in this file", className="attribute-size")
    mark = html.Span(MARKS[size is not None], className="attribute-mark")
    label = html.Span(
        [mark, html.Span([attribute.name, note], className="attribute-name")],
        className="attribute" + ("" if size else " absent"),
        title=attribute.explanation,
        **{"data-words": words},
    )
    return {"label": label, "value": attribute.name}
