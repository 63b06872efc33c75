"""The methods of a project cache about versions of its release, with AllenSDK's names."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self

from data_layer.project_cache.manifest import Manifest, newest_of_all
from data_layer.project_cache.online.comparison import compare
from data_layer.project_cache.online.online_release import OnlineRelease
from data_layer.project_cache.online.versions import ReleaseVersions
from data_layer.project_cache.release import Release
from data_layer.remote.bucket import StoredObject


class Streamed(Protocol):
    """Files whose parts are fetched when they are read."""

    def path_of(self, wanted: StoredObject) -> Path:
        """The path to open for an object; no request is made."""


class Versions:
    """A cache that shows one version of its release at a time."""

    def __init__(
        self, release: Release, versions: ReleaseVersions, online: OnlineRelease | None = None
    ) -> None:
        self._versions, self.online = versions, online
        self._streamed: Streamed | None = None
        self._show(release)

    @classmethod
    def online_at(cls, online: OnlineRelease, release: str = "") -> Self:
        """The cache of a release in object storage.

        Args:
            online: the releases that there are.
            release: that to show, such as ``1.1.0``, or ``latest``; empty for the last used one.

        Raises:
            ProjectCacheError, RemoteError: Its manifest or tables cannot be had.
        """
        versions = online.versions
        manifest = online.use(versions.of_release(release) if release else versions.first())
        return cls(Release.of_manifest(manifest), online.versions, online)

    @property
    def manifest(self) -> Manifest | None:
        """The manifest in use; None for a folder with tables alone."""
        return self._release.manifest

    @property
    def newer_release(self) -> str:
        """A release that is newer than the one in use, as far as it is known; empty if none is."""
        return self._versions.newer_than(self.manifest.version) if self.manifest else ""

    def load_release(self, release: str) -> None:
        """Show a release, such as ``1.1.0``, or ``latest``; raises as :meth:`load_manifest`."""
        self.load_manifest(self._versions.of_release(release))

    @property
    def offline_because(self) -> str:
        """A sentence if object storage did not answer when it was last asked, else empty."""
        source = self.online and self.online.source
        return source.problem if source and source.is_away else ""

    def current_manifest(self) -> str | None:
        """The file name of the manifest in use."""
        return self.manifest.path.name if self.manifest else None

    def list_manifest_file_names(self) -> list[str]:
        """The file names of all manifests of the release; offline those on this machine."""
        return self._versions.names()

    def latest_manifest_file(self) -> str:
        """The newest of :meth:`list_manifest_file_names`."""
        return newest_of_all(self._versions.names())

    def list_all_downloaded_manifests(self) -> list[str]:
        """The file names of the manifests on this machine."""
        return self._versions.downloaded()

    def latest_downloaded_manifest_file(self) -> str:
        """The newest manifest on this machine; empty if there is none."""
        return newest_of_all(self._versions.downloaded())

    def load_manifest(self, manifest_name: str) -> None:
        """Show another version; what is not here of it is fetched where there is a source.

        Raises:
            UnknownManifest: There is none of this name.
            BehaviorCloudCacheVersionException: It is not of a release from 1.0.0 to below 2.0.0.
            RemoteError, ProjectCacheError: It or a table cannot be had.
        """
        source = self.online or self._versions
        self._show(Release.of_manifest(source.use(manifest_name)))

    def load_latest_manifest(self) -> None:
        """Show the newest version; raises as :meth:`load_manifest`."""
        self.load_manifest(self.latest_manifest_file())

    def compare_manifests(self, manifest_0_name: str, manifest_1_name: str) -> str:
        """What changed from one version to another, a line for each file.

        Raises:
            UnknownManifest, RemoteError, ProjectCacheError: One of them cannot be had.
        """
        names = manifest_0_name, manifest_1_name
        old, new = (self._versions.get(name, any_version=True) for name in names)
        return compare(old, new)

    def construct_local_manifest(self) -> None:
        """Hash every file of the cache directory anew, for AllenSDK's list of downloads."""
        self._versions.record_all()

    def _show(self, release: Release) -> None:
        self._release = release
        online, manifest = self.online, release.manifest
        self._sizes = online.sizes(manifest) if online and manifest else None
