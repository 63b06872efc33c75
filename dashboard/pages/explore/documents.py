"""Explore's tables as compressed JSON documents, which the browser loads once and filters."""

from __future__ import annotations

from typing import Any

from dashboard.http.documents import Documents
from dashboard.pages.explore.columns import describe, ordered
from dashboard.pages.explore.facets import facets
from dashboard.pages.explore.kinds import TABLES
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache


def table_documents(cache: Cache) -> Documents[Kind, frozenset[int]]:
    """A document per table, rebuilt when the set of files on this machine changes."""
    return Documents(cache.available, lambda kind, here: content(cache, kind, here))


def content(cache: Cache, kind: Kind, here: frozenset[int]) -> dict[str, Any]:
    """The content of a table's document; ``here`` are the ids with a file on this machine."""
    table = TABLES[kind].read(cache)
    columns = table.reset_index()
    return {
        "kind": kind,
        "id_name": TABLES[kind].id_name,
        "one": TABLES[kind].one,
        "many": TABLES[kind].many,
        "length": len(table),
        "here": [int(id_) in here for id_ in table.index],
        "columns": [describe(columns[name]) for name in ordered(table)],
        "facets": facets(table, cache.get_ophys_experiment_table(), here),
    }
