"""Explore's tables as compressed JSON documents, which the browser loads once and filters."""

from __future__ import annotations

from typing import Any

from dashboard.http.documents import Documents
from dashboard.pages.explore.columns import describe, ordered
from dashboard.pages.explore.facets import facets
from dashboard.pages.explore.kinds import TABLES
from dashboard.pages.explore.places import Places, Prepared, places_of
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache


def table_documents(cache: Cache, prepared: Prepared | None = None) -> Documents[Kind, Places]:
    """A document per table, rebuilt when a file arrives, goes or is prepared."""
    return Documents(
        lambda kind: places_of(cache, kind, prepared),
        lambda kind, places: content(cache, kind, places),
    )


def content(cache: Cache, kind: Kind, places: Places) -> dict[str, Any]:
    """The content of a table's document; ``places`` says where the rows' files are."""
    table = TABLES[kind].read(cache)
    columns = table.reset_index()
    return {
        "kind": kind,
        "id_name": TABLES[kind].id_name,
        "one": TABLES[kind].one,
        "many": TABLES[kind].many,
        "length": len(table),
        "here": [int(id_) in places.here for id_ in table.index],
        "opens": [int(id_) in places.available for id_ in table.index],
        "prepared": [int(id_) in places.prepared for id_ in table.index],
        "columns": [describe(columns[name]) for name in ordered(table)],
        "facets": facets(table, cache.get_ophys_experiment_table(), places),
    }
