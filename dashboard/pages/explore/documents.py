"""The tables as compressed JSON documents, each sent to a browser once and filtered there."""

from __future__ import annotations

from typing import Any

from dashboard.http.documents import Documents
from dashboard.pages.explore.columns import describe, ordered
from dashboard.pages.explore.facets import facets
from dashboard.pages.explore.kinds import TABLES
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache


def table_documents(cache: Cache) -> Documents[Kind, frozenset[int]]:
    """One document per table, made anew when other files have come to be on this machine."""
    return Documents(cache.available, lambda kind, here: content(cache, kind, here))


def content(cache: Cache, kind: Kind, here: frozenset[int]) -> dict[str, Any]:
    """What a table's document says; ``here`` are the ids that are on this machine."""
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
