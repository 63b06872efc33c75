"""What a project cache with a source can fetch: manifests, tables and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from data_layer.errors import CannotKeep
from data_layer.project_cache.manifest import Manifest
from data_layer.project_cache.online.fetching import Fetcher
from data_layer.project_cache.online.sizes import ReleaseSizes
from data_layer.project_cache.online.source import ReleaseSource
from data_layer.project_cache.online.versions import ReleaseVersions
from data_layer.remote.download import OnProgress, Progress

OnTable = Callable[[str, Progress], None]
"""Called with the name of a table that is fetched, and how far it is."""


class OnlineRelease:
    """A release in object storage and the cache directory ``folder`` into which it is fetched.

    Args:
        source: where it lies.
        folder: the cache directory, in AllenSDK's local layout; it is created.
        limit: how many bytes the files may take that were fetched here; 0 for no limit.
        on_table: called while tables are fetched.

    Raises:
        CannotKeep: The folder cannot be created.
    """

    def __init__(
        self,
        source: ReleaseSource,
        folder: Path,
        limit: int = 0,
        on_table: OnTable = lambda name, progress: None,
    ) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotKeep(str(folder), error.strerror or str(error)) from error
        self.source, self.versions = source, ReleaseVersions(folder, source)
        self.fetcher = Fetcher(source, folder, limit)
        self._folder, self._on_table = folder, on_table

    def use(self, name: str) -> Manifest:
        """A manifest with its four tables, fetched where they are not here; it is the last used.

        Raises:
            RemoteError, ProjectCacheError: See :meth:`ReleaseVersions.get`.
        """
        manifest = self.versions.get(name)
        for table, path in manifest.tables.items():

            def on_progress(progress: Progress, table: str = table) -> None:
                self._on_table(table, progress)

            self.fetcher.fetch(manifest.objects[path], path, on_progress, is_table=True)
        self.versions.remember(name)
        return manifest

    def sizes(self, manifest: Manifest) -> ReleaseSizes:
        """The sizes of the files of a manifest, and which of them are lacking."""
        return ReleaseSizes(self.source, self._folder, manifest)

    def fetch(
        self,
        manifest: Manifest,
        path: Path,
        on_progress: OnProgress = lambda progress: None,
        stop: Event | None = None,
    ) -> Path:
        """The file of a manifest at ``path``, fetched unless it is here; see :meth:`Fetcher.fetch`.

        Raises:
            RemoteError: It cannot be fetched.
        """
        return self.fetcher.fetch(manifest.objects[path], path, on_progress, stop)
