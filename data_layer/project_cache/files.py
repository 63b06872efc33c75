"""Finds the NWB files of ids, and those that are on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from data_layer.project_cache.manifest import Manifest
from data_layer.project_cache.metadata_tables.problems import TableProblems

FileKind = Literal["experiment", "behavior"]
FOLDERS: dict[FileKind, str] = {
    "experiment": "behavior_ophys_experiments",
    "behavior": "behavior_sessions",
}
STEMS: dict[FileKind, str] = {
    "experiment": "behavior_ophys_experiment",
    "behavior": "behavior_session",
}
_ID_IN_NAME = re.compile(r"behavior_(?:session|ophys_experiment)_(\d+)\.nwb")

FileOf = Callable[[FileKind, int, object], Path | None]
"""Returns the NWB file of a table row from its kind, id and file_id; None if it has none."""


@dataclass(frozen=True, slots=True)
class SessionFiles:
    """The paths of the NWB files of each id.

    The file of every plane of a session has a copy of the behaviour. A behaviour session with
    imaging therefore has several paths in ``behavior``, and any of these files can be used.
    """

    experiment: dict[int, tuple[Path, ...]]
    behavior: dict[int, tuple[Path, ...]]

    def first_here(self, kind: FileKind, id_: int) -> Path | None:
        """The file to open, or None if none of the id's files is on this machine."""
        return next((path for path in self._of(kind)[id_] if os.path.isfile(path)), None)

    def first_listed(self, kind: FileKind, id_: int, lacking: Container[Path] = ()) -> Path | None:
        """The expected path of the id's file, if possible none of ``lacking``.

        None if the tables name none.
        """
        paths = self._of(kind)[id_]
        return next((path for path in paths if path not in lacking), next(iter(paths), None))

    def here(self, kind: FileKind) -> frozenset[int]:
        """Every id with a file on this machine; each folder is listed once."""
        files = self._of(kind)
        present = files_here({path for paths in files.values() for path in paths})
        return frozenset(id_ for id_, paths in files.items() if not present.isdisjoint(paths))

    def listed(self, kind: FileKind, lacking: frozenset[Path] = frozenset()) -> frozenset[int]:
        """Every id with a file in the release, on this machine or not, that is not ``lacking``."""
        files = self._of(kind)
        return frozenset(id_ for id_, paths in files.items() if not lacking.issuperset(paths))

    def _of(self, kind: FileKind) -> dict[int, tuple[Path, ...]]:
        return self.experiment if kind == "experiment" else self.behavior


def files_here(paths: Collection[Path]) -> set[Path]:
    """The ``paths`` that are files; lists folders instead of looking up each file."""
    names = {folder: _file_names(folder) for folder in {path.parent for path in paths}}
    return {path for path in paths if path.name in names[path.parent]}


def _file_names(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_file()}
    except OSError:
        return set()


def session_files(
    experiments: pd.DataFrame, behavior_sessions: pd.DataFrame, file_of: FileOf
) -> SessionFiles:
    """The files of every row of the two tables; ``file_of`` finds a file in the layout."""
    planes = {
        id_: _some(file_of("experiment", id_, file_id))
        for id_, file_id in _ids_and(experiments, "file_id")
    }
    lists = dict(_ids_and(behavior_sessions, "ophys_experiment_id"))
    behavior = {
        id_: _some(file_of("behavior", id_, file_id))
        + tuple(path for plane in as_ids(lists[id_]) for path in planes.get(plane, ()))
        for id_, file_id in _ids_and(behavior_sessions, "file_id")
    }
    return SessionFiles(planes, behavior)


def files_of_manifest(manifest: Manifest, problems: TableProblems) -> FileOf:
    """Finds files by ``file_id`` in a manifest; a negative ``file_id`` means no file.

    Where the tables name none, it is the manifest's file with the released name of the id. As in
    AllenSDK, 0 is the first file in the experiment table, but means no file in the behaviour
    table. A ``file_id`` that leads to the file of another id is a problem, and means no file.
    """
    by_name = {path.name: path for path in manifest.files.values()}

    def file_of(kind: FileKind, id_: int, file_id: object) -> Path | None:
        if pd.isna(file_id):  # type: ignore[call-overload]
            return by_name.get(f"{STEMS[kind]}_{id_}.nwb")
        number = int(file_id)  # type: ignore[call-overload]
        if number < 0 or (kind == "behavior" and number == 0):
            return None
        path = manifest.files.get(str(number))
        if path is None or _is_of(path, id_):
            return path
        what = f"the tables give {id_} the file_id of {path.name}"
        problems.add(manifest.path, what, f"{id_} has no file")
        return None

    return file_of


def files_by_name(root: Path) -> FileOf:
    """Finds files by their released names, in the released folders or in ``root`` itself."""
    folders = {
        kind: root / folder if (root / folder).is_dir() else root
        for kind, folder in FOLDERS.items()
    }

    def file_of(kind: FileKind, id_: int, _file_id: object) -> Path:
        return folders[kind] / f"{STEMS[kind]}_{id_}.nwb"

    return file_of


def as_ids(value: object) -> list[int]:
    """The ids in one cell of a table, which has a list, a single id or nothing."""
    if isinstance(value, list):
        return [int(item) for item in value]
    return [] if pd.isna(value) else [int(value)]  # type: ignore[call-overload]


def _is_of(path: Path, id_: int) -> bool:
    """Whether the name of a file has the id, or none; a wrong file_id gives another's file."""
    named = _ID_IN_NAME.fullmatch(path.name)
    return named is None or int(named[1]) == id_


def _some(path: Path | None) -> tuple[Path, ...]:
    return () if path is None else (path,)


def _ids_and(table: pd.DataFrame, column: str) -> Iterable[tuple[int, object]]:
    cells = table[column] if column in table else [None] * len(table)
    return ((int(id_), cell) for id_, cell in zip(table.index, cells, strict=True))
