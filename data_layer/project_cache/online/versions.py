"""The versions of a release: which manifests there are, which is used, and what changed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from uuid import uuid4

from data_layer.errors import CannotKeep, ManifestMissing, RemoteError
from data_layer.project_cache.errors import UnknownManifest
from data_layer.project_cache.manifest import (
    LAST_USED,
    PROJECT_NAME,
    Manifest,
    find_local_manifest,
    last_used,
    newer_than,
    newest,
    of_release,
    read_manifest,
    require_supported,
)
from data_layer.project_cache.online.record import DownloadRecord
from data_layer.project_cache.online.source import ReleaseSource
from data_layer.remote.download import file_hash

LATEST = "latest"
_MANIFEST = re.compile(r".*_manifest_v.*\.json")


class ReleaseVersions:
    """The manifests in ``cache_dir`` and, with a ``source``, in object storage.

    Args:
        cache_dir: a cache directory in AllenSDK's local layout, or a mounted bucket.
        source: where others can be had; None to use what is in ``cache_dir``.
        static: the layout is that of a mounted bucket.
    """

    def __init__(
        self, cache_dir: Path, source: ReleaseSource | None = None, *, static: bool = False
    ) -> None:
        self._cache_dir, self._source, self._is_static = cache_dir, source, static
        self._folder = cache_dir / PROJECT_NAME / "manifests" if static else cache_dir
        self._online: list[str] = []

    def downloaded(self) -> list[str]:
        """The file names of the manifests on this machine, sorted."""
        try:
            return sorted(filter(_MANIFEST.fullmatch, os.listdir(self._folder)))
        except OSError:
            return []

    def names(self) -> list[str]:
        """The file names of all manifests, sorted; of those on this machine where it is offline."""
        try:
            return self._listed(self._source) if self._source else self.downloaded()
        except RemoteError:
            return self.downloaded()

    def newer_than(self, version: str) -> str:
        """A newer release than ``version``, as far as it was listed; empty if there is none."""
        return newer_than(version, [*self._online, *self.downloaded()])

    def of_release(self, release: str) -> str:
        """The manifest of a release, such as ``1.1.0`` or ``latest``; see also :meth:`first`.

        Raises:
            UnknownManifest: There is none of it.
            ManifestMissing: There is none, or none of a supported release.
        """
        known = of_release(release, self.downloaded())
        names = [known] if known else self.names()
        if release == LATEST:
            return newest(names, self._folder) if names else self.first()
        found = of_release(release, names)
        if found is None:
            raise UnknownManifest(self._folder, f"of release {release}", names)
        return found

    def first(self) -> str:
        """The manifest to begin with: the last used one, else the newest that is supported.

        Object storage is asked only if none is on this machine.

        Raises:
            ManifestMissing: There is none, or none of a supported release.
        """
        if self.downloaded() and (found := find_local_manifest(self._folder)):
            return found.name
        if self._source is None:
            return newest([], self._folder)
        return newest(self._names_online(self._source), str(self._source.bucket))

    def _names_online(self, source: ReleaseSource) -> list[str]:
        try:
            return self._listed(source)
        except RemoteError as error:
            reason = str(error).removesuffix(f". {error.advice}")
            problem = f"holds no manifest of {PROJECT_NAME} yet, and none can be fetched: {reason}"
            advice = "Connect to the network, or point to a cache directory that is filled"
            raise ManifestMissing(self._folder, problem, advice) from error

    def _listed(self, source: ReleaseSource) -> list[str]:
        self._online = source.manifest_names()
        return self._online

    def get(self, name: str, *, any_version: bool = False) -> Manifest:
        """A manifest, downloaded unless it is here; ``any_version`` allows unsupported ones.

        Raises:
            UnknownManifest: There is none of this name.
            BehaviorCloudCacheVersionException: Its release is not supported.
            RemoteError: It cannot be fetched.
            ProjectCacheError: It cannot be read.
        """
        path = self._folder / name
        if name not in self.downloaded():
            names = self.names()
            if self._source is None or name not in names:
                raise UnknownManifest(self._folder, name, names)
            self._download(self._source, path)
        found = read_manifest(path, self._cache_dir, static=self._is_static)
        if not any_version:
            require_supported(path, found.version)
        return found

    def use(self, name: str) -> Manifest:
        """A manifest, which AllenSDK and we take for the last used one from now on.

        Raises:
            CannotKeep: That cannot be written. See also :meth:`get`.
        """
        found = self.get(name)
        if not self._is_static:
            self.remember(name)
        return found

    def remember(self, name: str) -> None:
        """Remember the manifest that was used last."""
        if last_used(self._folder) == name:
            return
        try:
            (self._folder / LAST_USED).write_text(name, encoding="utf-8")
        except OSError as error:
            raise CannotKeep(str(self._folder), error.strerror or str(error)) from error

    def record_all(self) -> None:
        """Hash every file here anew and write AllenSDK's list of downloads.

        Raises:
            CannotKeep: It cannot be written.
        """
        here = (path for path in self._cache_dir.rglob("*") if path.is_file())
        files = {path.resolve() for path in here if _is_data(path)}
        try:
            hashes = {str(path): file_hash(path) for path in sorted(files)}
            DownloadRecord(self._cache_dir).replace(hashes)
        except OSError as error:
            raise CannotKeep(str(self._cache_dir), error.strerror or str(error)) from error

    def _download(self, source: ReleaseSource, path: Path) -> None:
        """Fetch a manifest; it has its name only once it can be read."""
        content = source.manifest(path.name)
        draft = path.with_name(f".{path.name}.{uuid4().hex}")
        try:
            draft.write_bytes(content)
            read_manifest(draft, self._cache_dir, static=False)
            draft.replace(path)
        except OSError as error:
            raise CannotKeep(str(self._folder), error.strerror or str(error)) from error
        finally:
            draft.unlink(missing_ok=True)


def _is_data(path: Path) -> bool:
    """Whether a file is one of the release, and none of those that keep order in the cache."""
    return "json" not in path.name and path.name != LAST_USED and not path.name.startswith(".")
