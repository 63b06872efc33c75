"""One version of a release, read: its tables, and which file belongs to which id."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from data_layer.project_cache.columns import TableName
from data_layer.project_cache.files import FileKind, FileOf, files_of_manifest, session_files
from data_layer.project_cache.manifest import Manifest
from data_layer.project_cache.metadata_tables.problems import TableProblems
from data_layer.project_cache.metadata_tables.tables import read_table


class Release:
    """The tables at ``paths``, read once, and the files that ``file_of`` finds for their rows.

    Raises:
        TableDamaged: A table cannot be read.
    """

    def __init__(
        self,
        paths: dict[TableName, Path],
        file_of: FileOf,
        problems: TableProblems | None = None,
        manifest: Manifest | None = None,
    ) -> None:
        self._paths, self.problems, self.manifest = paths, problems or TableProblems(), manifest
        self.experiments = self._read("ophys_experiment_table")
        self.sessions = self._read("ophys_session_table")
        self.behavior_sessions = self._read("behavior_session_table")
        self.files = session_files(self.experiments, self.behavior_sessions, file_of)

    @classmethod
    def of_manifest(cls, manifest: Manifest) -> Release:
        """The release of a manifest, whose tables are here."""
        problems = TableProblems()
        file_of = files_of_manifest(manifest, problems)
        return cls(manifest.tables, file_of, problems, manifest)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The table of cells, read when it is first asked for."""
        return self._read("ophys_cells_table")

    def table(self, kind: FileKind) -> pd.DataFrame:
        """The table whose rows have files of a kind."""
        return self.experiments if kind == "experiment" else self.behavior_sessions

    def _read(self, name: TableName) -> pd.DataFrame:
        return read_table(self._paths[name], name, self.problems)
