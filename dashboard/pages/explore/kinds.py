"""The three tables that Explore shows: their titles, indices and sources."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.urls import Address
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table: the tab's title, the nouns for one row and for several, and its index."""

    kind: Kind
    title: str
    one: str
    many: str
    id_name: str

    def page_of(self, id_: int) -> str:
        """The path of a row's page."""
        return Address(self.kind, id_).path

    def read(self, cache: Cache) -> pd.DataFrame:
        """The table, with its index."""
        if self.kind == "experiment":
            return cache.get_ophys_experiment_table()
        if self.kind == "session":
            return cache.get_ophys_session_table()
        return cache.get_behavior_session_table()


TABLES: dict[Kind, TableKind] = {
    table.kind: table
    for table in (
        TableKind("experiment", "Experiments", "experiment", "experiments", "ophys_experiment_id"),
        TableKind(
            "session", "Imaging sessions", "imaging session", "imaging sessions", "ophys_session_id"
        ),
        TableKind(
            "behavior",
            "Behaviour",
            "behaviour session",
            "behaviour sessions",
            "behavior_session_id",
        ),
    )
}
