"""``VisualBehaviorOphysProjectCache``: the tables and sessions of a release on this machine."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

import pandas as pd

from data_layer.errors import ManifestMissing, NotOnThisMachine, UnknownId
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.project_cache.columns import INDEX, TableName
from data_layer.project_cache.files import (
    FileKind,
    FileOf,
    files_by_name,
    files_of_manifest,
    session_files,
)
from data_layer.project_cache.identity import open_behavior, open_experiment
from data_layer.project_cache.manifest import (
    PROJECT_NAME,
    Manifest,
    find_manifest,
)
from data_layer.project_cache.metadata_tables.problems import TableProblem, TableProblems
from data_layer.project_cache.metadata_tables.tables import read_table

Kind = Literal["experiment", "session", "behavior"]
ID_NAMES: dict[FileKind, str] = {
    "experiment": "ophys_experiment_id",
    "behavior": "behavior_session_id",
}


class VisualBehaviorOphysProjectCache:
    """The metadata tables of one release and its NWB files on this machine. Thread-safe.

    The tables are read once. Each getter returns a copy. It accepts AllenSDK's keyword arguments,
    which AllenSDK itself ignores for a released cache.
    """

    def __init__(
        self,
        tables: dict[TableName, Path],
        file_of: FileOf,
        problems: TableProblems | None = None,
        manifest: Manifest | None = None,
    ) -> None:
        self._paths, self._problems = tables, problems or TableProblems()
        self._experiments = self._read("ophys_experiment_table")
        self._sessions = self._read("ophys_session_table")
        self._behavior_sessions = self._read("behavior_session_table")
        self._files = session_files(self._experiments, self._behavior_sessions, file_of)
        self.manifest = manifest

    @classmethod
    def from_local_cache(
        cls, cache_dir: Path | str, use_static_cache: bool = False
    ) -> VisualBehaviorOphysProjectCache:
        """Open AllenSDK's ``cache_dir``, a mounted bucket, or a folder with only the tables.

        The layout is detected; ``use_static_cache=True`` requires that of a mounted bucket. In a
        folder with the CSV tables and no manifest, files are found by their released names, in
        the released folders or beside the tables.

        Raises:
            ManifestMissing: There is neither a manifest of a supported release nor a table.
            TableDamaged: A table cannot be read; the message names the line and the column.
            ProjectCacheError: The folder or its manifest cannot be read.
        """
        folder = Path(cache_dir).expanduser().resolve()
        manifest = find_manifest(folder, static=use_static_cache)
        if manifest is not None:
            problems = TableProblems()
            return cls(manifest.tables, files_of_manifest(manifest, problems), problems, manifest)
        if not use_static_cache and (tables := _bare_tables(folder)):
            root = folder.parent if folder.name == "project_metadata" else folder
            return cls(tables, files_by_name(root))
        raise ManifestMissing(
            folder,
            f"holds no manifest of {PROJECT_NAME} and none of its tables",
            "Point to the cache_dir that was given to AllenSDK, or to a mounted bucket",
        )

    def get_ophys_experiment_table(
        self, suppress: list[str] | None = None, as_df: bool = True, passed_only: bool = True
    ) -> pd.DataFrame:
        """One row per imaging plane of one session, index ``ophys_experiment_id``."""
        return self._experiments.copy()

    def get_ophys_session_table(
        self,
        suppress: list[str] | None = None,
        index_column: str = "ophys_session_id",
        as_df: bool = True,
        include_behavior_data: bool = True,
        passed_only: bool = True,
    ) -> pd.DataFrame:
        """One row per imaging session, index ``ophys_session_id`` (Int64)."""
        return self._sessions.copy()

    def get_behavior_session_table(
        self,
        suppress: list[str] | None = None,
        as_df: bool = True,
        include_ophys_data: bool = True,
        include_trial_metrics: bool = False,
        passed_only: bool = True,
    ) -> pd.DataFrame:
        """One row per behaviour session, with or without imaging, index ``behavior_session_id``."""
        return self._behavior_sessions.copy()

    def get_ophys_cells_table(self) -> pd.DataFrame:
        """One row per ROI, index ``cell_roi_id``; ``cell_specimen_id`` is NA if unmatched.

        Raises:
            TableDamaged: The table is not on this machine or is damaged.
        """
        return self._cells.copy()

    def get_behavior_ophys_experiment(self, ophys_experiment_id: int) -> BehaviorOphysExperiment:
        """Open the NWB file of one imaging plane.

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: Its file is not here.
            WrongFile: The file in its place holds another recording.
            SessionFileError: Its file cannot be read.
        """
        path = self.path_of("experiment", ophys_experiment_id)
        return open_experiment(path, ophys_experiment_id)

    def get_behavior_session(self, behavior_session_id: int) -> BehaviorSession:
        """Open the behaviour of one session, from its own file or that of one of its planes.

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: Neither its file nor that of a plane is here.
            WrongFile: The file in its place holds another recording.
            SessionFileError: Its file cannot be read.
        """
        path = self.path_of("behavior", behavior_session_id)
        return open_behavior(path, behavior_session_id)

    def path_of(self, kind: FileKind, id_: int) -> Path:
        """The NWB file to open for an ``ophys_experiment_id`` or a ``behavior_session_id``.

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: Its file is not here.
        """
        table = self._experiments if kind == "experiment" else self._behavior_sessions
        if id_ not in table.index:
            raise UnknownId(ID_NAMES[kind], id_)
        path = self._files.first_here(kind, id_)
        if path is None:
            expected = self._files.first_listed(kind, id_)
            raise NotOnThisMachine(ID_NAMES[kind], id_, expected)
        return path

    def available(self, kind: Kind) -> frozenset[int]:
        """The ids of the experiments, imaging sessions or behaviour sessions that can be opened.

        Checks the disk each time, but lists folders rather than looking up each file.
        """
        if kind != "session":
            return self._files.here(kind)
        here = self._experiments.index.isin(self._files.here("experiment"))
        return frozenset(int(i) for i in self._experiments["ophys_session_id"][here].dropna())

    def expected_hash(self, path: Path) -> str | None:
        """The BLAKE2b hash of a file in the manifest; None if there is none."""
        return None if self.manifest is None else self.manifest.hash_of(path)

    @property
    def table_problems(self) -> tuple[TableProblem, ...]:
        """What was not used of the tables that were read."""
        return self._problems.found

    @cached_property
    def _cells(self) -> pd.DataFrame:
        return self._read("ophys_cells_table")

    def _read(self, name: TableName) -> pd.DataFrame:
        return read_table(self._paths[name], name, self._problems)


def _bare_tables(folder: Path) -> dict[TableName, Path]:
    inside = folder / "project_metadata"
    home = inside if inside.is_dir() else folder
    paths = {name: home / f"{name}.csv" for name in INDEX}
    return paths if paths["ophys_experiment_table"].is_file() else {}
