"""Compares the release's tables with the metadata of files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from data_layer.errors import NotReadableNow, SessionFileError
from data_layer.prepared.file_hash import FileHashes
from data_layer.project_cache.protocol import Cache
from data_layer.quality.checks.check import Check, not_applicable
from data_layer.quality.checks.rules import FROM_TABLES
from data_layer.quality.checks.tables import FILE_HASH, hash_check, table_checks
from data_layer.quality.session_checks import in_a_sentence
from data_layer.store.session_store import SessionStore

NOT_LISTED = "The tables do not list this recording."


class TableChecks:
    """Compares files with their rows in a cache's tables, which are read once.

    ``hashes`` has the hashes of the files that were verified.
    """

    def __init__(self, cache: Cache, hashes: FileHashes | None = None) -> None:
        self._cache, self._hashes = cache, hashes
        self._tables: dict[str, tuple[str, pd.DataFrame]] = {
            "experiment": ("ophys_experiment_id", cache.get_ophys_experiment_table()),
            "behavior": ("behavior_session_id", cache.get_behavior_session_table()),
        }
        self._rows: dict[str, dict[int, dict[str, Any]]] = {}

    def of_file(self, kind: str, metadata: Mapping[str, Any], path: Path) -> tuple[Check, ...]:
        """The checks of a file from its kind (``experiment`` or ``behavior``) and metadata."""
        return (*self._of_row(kind, metadata), self._hash(path))

    def _hash(self, path: Path) -> Check:
        found = None if self._hashes is None else self._hashes.look_up(path)
        return hash_check(self._cache.expected_hash(path), found)

    def _of_row(self, kind: str, metadata: Mapping[str, Any]) -> tuple[Check, ...]:
        id_name, _ = self._tables[kind]
        id_ = metadata.get(id_name)
        row = None if pd.isna(id_) else self._rows_of(kind).get(int(id_))
        if row is None:
            return _none(NOT_LISTED)
        return table_checks(metadata, row)

    def of_store(self, store: SessionStore) -> tuple[Check, ...]:
        """The checks of an open session.

        Raises:
            NotReadableNow: The session was closed, or object storage does not answer.
        """
        try:
            metadata = store.metadata
        except NotReadableNow:
            raise
        except SessionFileError as error:
            return (*_none(in_a_sentence(error)), self._hash(store.session.path))
        kind = "experiment" if store.has_cells else "behavior"
        return self.of_file(kind, metadata, store.session.path)

    def _rows_of(self, kind: str) -> dict[int, dict[str, Any]]:
        if kind not in self._rows:
            id_name, table = self._tables[kind]
            records: list[Any] = table.rename_axis(index=id_name).reset_index().to_dict("records")
            self._rows[kind] = {int(row[id_name]): row for row in records}
        return self._rows[kind]


def _none(why: str) -> tuple[Check, ...]:
    return tuple(not_applicable(name, why) for name in FROM_TABLES if name != FILE_HASH)
