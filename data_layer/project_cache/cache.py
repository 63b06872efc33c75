"""``VisualBehaviorOphysProjectCache``: the tables and sessions of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Literal, Self

import pandas as pd

from data_layer.errors import (
    ManifestMissing,
    NotOnThisMachine,
    ObjectMissing,
    UnknownId,
)
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.project_cache.columns import INDEX, TableName
from data_layer.project_cache.errors import NotInStore
from data_layer.project_cache.files import FileKind, files_by_name
from data_layer.project_cache.identity import open_behavior, open_experiment
from data_layer.project_cache.manifest import PROJECT_NAME, find_manifest
from data_layer.project_cache.metadata_tables.problems import TableProblem
from data_layer.project_cache.online.manifests import Streamed, Versions
from data_layer.project_cache.online.online_release import OnlineRelease, OnTable
from data_layer.project_cache.online.source import ReleaseSource
from data_layer.project_cache.online.versions import ReleaseVersions
from data_layer.project_cache.release import Release
from data_layer.remote.bucket import Bucket
from data_layer.remote.download import OnProgress
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.streamed import origin_of
from data_layer.settings import GIGABYTE, Settings

Kind = Literal["experiment", "session", "behavior"]
ID_NAMES: dict[FileKind, str] = {
    "experiment": "ophys_experiment_id",
    "behavior": "behavior_session_id",
}


class VisualBehaviorOphysProjectCache(Versions):
    """The metadata tables of one release and its NWB files. Thread-safe.

    The tables are read once. Each getter returns a copy. It accepts AllenSDK's keyword arguments,
    which AllenSDK itself ignores for a released cache.

    With a source (:meth:`from_s3_cache`), sessions that are not on this machine can be opened: they
    are downloaded, or streamed after :meth:`stream_with`.
    """

    def stream_with(self, streamed: Streamed) -> None:
        """Open files that are not here by reading their parts, instead of downloading them."""
        self._streamed = streamed

    @classmethod
    def from_s3_cache(
        cls,
        cache_dir: Path | str,
        bucket_name: str | None = None,
        project_name: str | None = None,
        *,
        bucket_name_override: str | None = None,
        endpoint: str | None = None,
        on_table: OnTable = lambda name, progress: None,
    ) -> Self:
        """Open AllenSDK's ``cache_dir`` and fetch what is not in it from object storage.

        No request is made where a manifest and its tables are here. Both programs can use one
        cache directory in turn.

        Args:
            cache_dir: the cache directory; it is created.
            bucket_name: the bucket, and ``project_name`` the folder in it; by default those of
                the settings, which are the public release.
            project_name: see ``bucket_name``.
            bucket_name_override: AllenSDK's present name for ``bucket_name``.
            endpoint: the URL of a mirror, asked as ``URL/<bucket>/<key>``.
            on_table: called while the four tables are fetched.

        Raises:
            ManifestMissing: No manifest is here, and none of a supported release can be fetched.
            RemoteError: The tables are not here and cannot be fetched.
            ProjectCacheError: A manifest or table cannot be read.
        """
        given = {
            "bucket": bucket_name_override or bucket_name,
            "project": project_name,
            "s3_endpoint": endpoint,
        }
        chosen = {name: value for name, value in given.items() if value is not None}
        settings = Settings.from_environment(cache_dir=Path(cache_dir), **chosen)
        return cls.of_settings(settings, on_table)

    @classmethod
    def of_settings(
        cls, settings: Settings, on_table: OnTable = lambda name, progress: None
    ) -> Self:
        """Open the cache directory, bucket and project of the settings; see :meth:`from_s3_cache`.

        Raises:
            ManifestMissing, RemoteError, ProjectCacheError: As there.
        """
        bucket = Bucket(settings.bucket, settings.s3_endpoint.rstrip("/"), settings.region)
        source = ReleaseSource(bucket, settings.project)
        folder = settings.project_cache_dir.expanduser().resolve()
        limit = settings.max_cache_size * GIGABYTE
        return cls.online_at(OnlineRelease(source, folder, limit, on_table), settings.release)

    @classmethod
    def from_local_cache(cls, cache_dir: Path | str, use_static_cache: bool = False) -> Self:
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
            versions = ReleaseVersions(folder, static=manifest.path.parent != folder)
            return cls(Release.of_manifest(manifest), versions)
        if not use_static_cache and (tables := _bare_tables(folder)):
            root = folder.parent if folder.name == "project_metadata" else folder
            return cls(Release(tables, files_by_name(root)), ReleaseVersions(folder))
        raise ManifestMissing(
            folder,
            f"holds no manifest of {PROJECT_NAME} and none of its tables",
            "Point to the cache_dir that was given to AllenSDK, or to a mounted bucket",
        )

    def get_ophys_experiment_table(
        self, suppress: list[str] | None = None, as_df: bool = True, passed_only: bool = True
    ) -> pd.DataFrame:
        """One row per imaging plane of one session, index ``ophys_experiment_id``."""
        return self._release.experiments.copy()

    def get_ophys_session_table(
        self,
        suppress: list[str] | None = None,
        index_column: str = "ophys_session_id",
        as_df: bool = True,
        include_behavior_data: bool = True,
        passed_only: bool = True,
    ) -> pd.DataFrame:
        """One row per imaging session, index ``ophys_session_id`` (Int64)."""
        return self._release.sessions.copy()

    def get_behavior_session_table(
        self,
        suppress: list[str] | None = None,
        as_df: bool = True,
        include_ophys_data: bool = True,
        include_trial_metrics: bool = False,
        passed_only: bool = True,
    ) -> pd.DataFrame:
        """One row per behaviour session, with or without imaging, index ``behavior_session_id``."""
        return self._release.behavior_sessions.copy()

    def get_ophys_cells_table(self) -> pd.DataFrame:
        """One row per ROI, index ``cell_roi_id``; ``cell_specimen_id`` is NA if unmatched.

        Raises:
            TableDamaged: The table is not on this machine or is damaged.
        """
        return self._release.cells.copy()

    def get_behavior_ophys_experiment(self, ophys_experiment_id: int) -> BehaviorOphysExperiment:
        """Open the NWB file of one imaging plane.

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: Its file is not here, and the cache has no source.
            NotInStore: The store does not have it.
            RemoteError: It cannot be downloaded.
            WrongFile: The file in its place holds another recording.
            SessionFileError: Its file cannot be read.
        """
        with self._naming("experiment", ophys_experiment_id):
            path = self._path_to_open("experiment", ophys_experiment_id)
            return open_experiment(path, ophys_experiment_id)

    def get_behavior_session(self, behavior_session_id: int) -> BehaviorSession:
        """Open the behaviour of one session, from its own file or that of one of its planes.

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: Neither its file nor that of a plane is here, without a source.
            RemoteError: It cannot be downloaded.
            WrongFile: The file in its place holds another recording.
            SessionFileError: Its file cannot be read.
        """
        with self._naming("behavior", behavior_session_id):
            path = self._path_to_open("behavior", behavior_session_id)
            return open_behavior(path, behavior_session_id)

    def path_of(self, kind: FileKind, id_: int) -> Path:
        """The NWB file to open for an ``ophys_experiment_id`` or a ``behavior_session_id``.

        It is the released file where that is here, else the streamed one (:meth:`stream_with`).

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: Its file is not here and is not streamed.
        """
        release = self._release
        path = self._path_here(release, kind, id_)
        expected = release.files.first_listed(kind, id_, self._not_stored())
        if path is None and expected is not None and self._streamed and release.manifest:
            return self._streamed.path_of(release.manifest.objects[expected])
        if path is None:
            raise NotOnThisMachine(ID_NAMES[kind], id_, expected)
        return path

    def fetch(
        self,
        kind: FileKind,
        id_: int,
        on_progress: OnProgress = lambda progress: None,
        stop: Event | None = None,
    ) -> Path:
        """The whole file of an id on this machine, downloaded unless it is here.

        Args:
            kind: what the id is of.
            id_: an ``ophys_experiment_id`` or a ``behavior_session_id``.
            on_progress: called when a part has arrived.
            stop: ends the download when it is set; what has arrived is kept.

        Raises:
            UnknownId: No row has this id.
            NotOnThisMachine: It is not here, and cannot be downloaded from anywhere.
            NotInStore: The store does not have it.
            RemoteError: It cannot be downloaded.
            Stopped: ``stop`` was set.
        """
        release = self._release
        path = self._path_here(release, kind, id_)
        expected = release.files.first_listed(kind, id_, self._not_stored())
        if path is None and expected and self.online and release.manifest:
            with self._naming(kind, id_):
                return self.online.fetch(release.manifest, expected, on_progress, stop)
        if path is None:
            raise NotOnThisMachine(ID_NAMES[kind], id_, expected)
        return path

    def size_of(self, kind: FileKind, id_: int) -> int | None:
        """The size in bytes of an id's file; None if it has none or it is not known yet.

        Never asks object storage; :meth:`list_sizes` does.

        Raises:
            UnknownId: No row has this id.
        """
        release = self._release
        path = self.place_of(kind, id_)
        if path is None:
            return None
        if path.is_file():
            return path.stat().st_size
        found = release.manifest and release.manifest.objects.get(path)
        return self._sizes.known().get(found.key) if self._sizes and found else None

    def list_sizes(self) -> None:
        """Ask object storage for the sizes of all files, unless they are known.

        It also tells which files the store lacks; see :meth:`lacking`.

        Raises:
            RemoteError: It does not answer.
        """
        if self._sizes:
            self._sizes.listed()

    def place_of(self, kind: FileKind, id_: int) -> Path | None:
        """Where the whole file of an id belongs, whether it is there or not.

        Raises:
            UnknownId: No row has this id.
        """
        release = self._release
        here = self._path_here(release, kind, id_)
        return here or release.files.first_listed(kind, id_, self._not_stored())

    def available(self, kind: Kind) -> frozenset[int]:
        """The ids of the experiments, imaging sessions or behaviour sessions that can be opened.

        They are here, or streamed (:meth:`stream_with`), as far as it is known.
        """
        here = self.here(kind)
        return here | self._of_kind(kind, self._stored) if self._streamed else here

    def lacking(self, kind: Kind) -> frozenset[int]:
        """The ids of a kind that the tables list, without a file here or in the store.

        Empty until :meth:`list_sizes` was answered: a store may refuse to be listed.
        """
        listed = self._of_kind(kind, self._release.files.listed)
        return listed - self._of_kind(kind, self._stored) - self.here(kind)

    def here(self, kind: Kind) -> frozenset[int]:
        """The ids of the experiments, imaging sessions or behaviour sessions with a whole file.

        Checks the disk each time, but lists folders rather than looking up each file.
        """
        return self._of_kind(kind, self._release.files.here)

    def _of_kind(self, kind: Kind, ids: Callable[[FileKind], frozenset[int]]) -> frozenset[int]:
        if kind != "session":
            return ids(kind)
        experiments = self._release.experiments
        chosen = experiments.index.isin(ids("experiment"))
        return frozenset(int(i) for i in experiments["ophys_session_id"][chosen].dropna())

    def _stored(self, kind: FileKind) -> frozenset[int]:
        return self._release.files.listed(kind, self._not_stored())

    def _not_stored(self) -> frozenset[Path]:
        return self._sizes.lacking() if self._sizes else frozenset()

    @contextmanager
    def _naming(self, kind: FileKind, id_: int) -> Iterator[None]:
        """Say of an object that the store does not have which recording's file it is."""
        try:
            yield
        except StreamUnreachable as error:
            if isinstance(error.reason, ObjectMissing):
                raise NotInStore(error.where, ID_NAMES[kind], str(id_)) from error
            raise
        except ObjectMissing as error:
            raise NotInStore(error.where, ID_NAMES[kind], str(id_)) from error

    def _path_to_open(self, kind: FileKind, id_: int) -> Path:
        return (
            self.fetch(kind, id_) if self.online and not self._streamed else self.path_of(kind, id_)
        )

    def _path_here(self, release: Release, kind: FileKind, id_: int) -> Path | None:
        if id_ not in release.table(kind).index:
            raise UnknownId(ID_NAMES[kind], id_)
        path = release.files.first_here(kind, id_)
        if path and self.online:
            self.online.fetcher.own.use(path)
        return path

    def expected_hash(self, path: Path) -> str | None:
        """The BLAKE2b hash of a file in the manifest; None if there is none."""
        if origin := origin_of(path):
            return origin.wanted.file_hash or None
        return None if self.manifest is None else self.manifest.hash_of(path)

    @property
    def table_problems(self) -> tuple[TableProblem, ...]:
        """What was not used of the tables that were read."""
        return self._release.problems.found


def _bare_tables(folder: Path) -> dict[TableName, Path]:
    inside = folder / "project_metadata"
    home = inside if inside.is_dir() else folder
    paths = {name: home / f"{name}.csv" for name in INDEX}
    return paths if paths["ophys_experiment_table"].is_file() else {}
