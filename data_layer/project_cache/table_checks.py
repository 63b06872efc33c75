"""Compares the release's tables with the metadata of files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data_layer.errors import SessionClosed, SessionFileError
from data_layer.project_cache.protocol import Cache
from data_layer.quality.checks.check import Check, not_applicable
from data_layer.quality.checks.rules import FROM_TABLES
from data_layer.quality.checks.tables import table_checks
from data_layer.quality.session_checks import in_a_sentence
from data_layer.store.session_store import SessionStore

NOT_LISTED = "The tables do not list this recording."


class TableChecks:
    """Compares files with their rows in a cache's tables, which are read once."""

    def __init__(self, cache: Cache) -> None:
        self._tables: dict[str, tuple[str, pd.DataFrame]] = {
            "experiment": ("ophys_experiment_id", cache.get_ophys_experiment_table()),
            "behavior": ("behavior_session_id", cache.get_behavior_session_table()),
        }
        self._rows: dict[str, dict[int, dict[str, Any]]] = {}

    def of_file(self, kind: str, metadata: Mapping[str, Any]) -> tuple[Check, ...]:
        """The checks of a file from its kind (``experiment`` or ``behavior``) and metadata."""
        id_name, _ = self._tables[kind]
        id_ = metadata.get(id_name)
        row = None if pd.isna(id_) else self._rows_of(kind).get(int(id_))
        if row is None:
            return tuple(not_applicable(name, NOT_LISTED) for name in FROM_TABLES)
        return table_checks(metadata, row)

    def of_store(self, store: SessionStore) -> tuple[Check, ...]:
        """The checks of an open session.

        Raises:
            SessionClosed: The session was closed.
        """
        try:
            metadata = store.metadata
        except SessionClosed:
            raise
        except SessionFileError as error:
            return tuple(not_applicable(name, in_a_sentence(error)) for name in FROM_TABLES)
        return self.of_file("experiment" if store.has_cells else "behavior", metadata)

    def _rows_of(self, kind: str) -> dict[int, dict[str, Any]]:
        if kind not in self._rows:
            id_name, table = self._tables[kind]
            records: list[Any] = table.rename_axis(index=id_name).reset_index().to_dict("records")
            self._rows[kind] = {int(row[id_name]): row for row in records}
        return self._rows[kind]
