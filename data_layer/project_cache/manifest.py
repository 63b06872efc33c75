"""Finds the manifest of a release and reads the paths of its files.

AllenSDK stores manifests in the cache directory itself (the local layout) or finds them in
``visual-behavior-ophys/manifests`` of a mounted bucket (the static layout). The path of a file is
derived from its URL: the first component of the URL's path is replaced by the project's folder,
whose name has the version only in the local layout.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlparse

from data_layer.errors import ProjectCacheError
from data_layer.project_cache.columns import INDEX, TableName
from data_layer.project_cache.errors import BehaviorCloudCacheVersionException
from data_layer.remote.bucket import StoredObject

log = logging.getLogger(__name__)

PROJECT_NAME = "visual-behavior-ophys"
ALLOW = "Let the user of this process read it (ls -l shows who may), then start again"
DEMO_MARKER = "demo_release.json"
"""A file beside the manifest of a demo release; no other release has it."""
LAST_USED = "_manifest_last_used.txt"
OLDEST, FIRST_UNSUPPORTED = (1, 0, 0), (2, 0, 0)
_NAME = re.compile(r".*_manifest_v(\d+)\.(\d+)\.(\d+)[^/]*\.json")
_HASH = re.compile(r"[0-9a-f]{128}")

_UNSUPPORTED = "no manifest of a release from 1.0.0 up to, but not including, 2.0.0"
_OTHER = "Use the metadata of such a release"

Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One release: ``tables`` by name (without ``.csv``), ``files`` by file id, both as paths.

    ``objects`` has what each path is in object storage; its BLAKE2b hash is lower-case hex.
    ``bucket`` is the bucket that its URLs name, empty if they name several.
    """

    path: Path
    version: str
    tables: dict[TableName, Path]
    files: dict[str, Path]
    objects: dict[Path, StoredObject]
    bucket: str

    def hash_of(self, path: Path) -> str | None:
        """The hash that a file of the release should have; None if the manifest has none."""
        found = self.objects.get(path)
        return found.file_hash or None if found else None


def find_manifest(cache_dir: Path, *, static: bool = False) -> Manifest | None:
    """The manifest of a cache directory in AllenSDK's local layout, else of a mounted bucket.

    ``static`` looks only for a mounted bucket. None if there is no manifest.

    Raises:
        ManifestMissing: There are manifests, but none of a supported release.
        ProjectCacheError: ``cache_dir`` is not a folder, or its manifest cannot be read.
    """
    if not cache_dir.is_dir():
        advice = "Check the path of the cache"
        raise ProjectCacheError(cache_dir, "is not a folder", advice)
    _require_listing(cache_dir)
    if not static and (local := find_local_manifest(cache_dir)):
        return read_manifest(local, cache_dir, static=False)
    mounted = find_static_manifest(cache_dir)
    return None if mounted is None else read_manifest(mounted, cache_dir, static=True)


def _require_listing(folder: Path) -> None:
    """Tell a folder that may not be read, which looks empty otherwise."""
    try:
        os.listdir(folder)
    except OSError as error:
        problem = f"cannot be listed ({error.strerror})"
        raise ProjectCacheError(folder, problem, ALLOW) from error


def find_local_manifest(cache_dir: Path) -> Path | None:
    """The manifest of AllenSDK's local layout: the last used one, else the newest, or None.

    Raises:
        ManifestMissing: There are manifests, but none of a supported release.
    """
    latest = _newest_supported(cache_dir)
    if latest is None:
        return None
    # The text names a manifest of this folder; whatever else it says is not followed.
    chosen = cache_dir / Path(last_used(cache_dir)).name
    if not (os.path.isfile(chosen) and _is_supported(_version_of(chosen.name))):
        return latest
    if chosen != latest:
        log.warning("using %s, the one last used here; %s is newer", chosen.name, latest.name)
    return chosen


def last_used(cache_dir: Path) -> str:
    """The name of the manifest that was used last; empty if none was."""
    try:
        return (cache_dir / LAST_USED).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def find_static_manifest(cache_dir: Path) -> Path | None:
    """The newest manifest of a mounted bucket, or None.

    Raises:
        ManifestMissing: There are manifests, but none of a supported release.
    """
    folder = cache_dir / PROJECT_NAME / "manifests"
    return _newest_supported(folder) if folder.is_dir() else None


def read_manifest(path: Path, cache_dir: Path, *, static: bool) -> Manifest:
    """Read a manifest whose release is in ``cache_dir``.

    Raises:
        ProjectCacheError: The file is not JSON, or lacks entries of a manifest.
    """
    try:
        content = json.loads(path.read_bytes())
        version = str(content["manifest_version"])
        project = str(content["project_name"])
        root = cache_dir / _folder_name(project if static else f"{project}-{version}")
        tables, files = content["metadata_files"], content["data_files"]
        entries = [*(tables[name] for name in INDEX), *files.values()]
        return Manifest(
            path=path,
            version=version,
            tables={name: _path_of(tables[name], root) for name in INDEX},
            files={key: _path_of(entry, root) for key, entry in files.items()},
            objects={_path_of(entry, root): _object(entry) for entry in entries},
            bucket=_bucket_of(entries),
        )
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise ProjectCacheError(path, problem, ALLOW) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProjectCacheError(
            path,
            f"is not a readable manifest of {PROJECT_NAME} ({type(error).__name__}: {error})",
            "Delete it and let it be downloaded again",
        ) from error


def _folder_name(name: str) -> str:
    """The name, if it is one; a manifest must not lead out of the cache."""
    if name in {"", ".", ".."} or "/" in name:
        raise ValueError(f"{name} is no name of a folder")
    return name


def _path_of(entry: dict[str, Any], root: Path) -> Path:
    parts = PurePosixPath(urlparse(entry["url"]).path.lstrip("/")).parts
    if ".." in parts:
        raise ValueError(f"{entry['url']} leads out of the release")
    return root.joinpath(*parts[1:])


def _bucket_of(entries: Iterable[dict[str, Any]]) -> str:
    hosts = {str(urlparse(entry["url"]).hostname) for entry in entries}
    return hosts.pop().partition(".s3")[0] if len(hosts) == 1 else ""


def _object(entry: dict[str, Any]) -> StoredObject:
    return replace(StoredObject.of_entry(entry), file_hash=_hash(entry))


def _hash(entry: dict[str, Any]) -> str:
    """The hash of a file, or an empty text if there is none or it is no BLAKE2b hash."""
    text = str(entry.get("file_hash")).lower()
    return text if _HASH.fullmatch(text) else ""


def _newest_supported(folder: Path) -> Path | None:
    names = [path.name for path in folder.glob("*_manifest_v*.json")]
    return folder / newest(names, folder) if names else None


def newest(names: Iterable[str], where: Path | str) -> str:
    """The newest of the manifests that can be used.

    Raises:
        ManifestMissing: None of them is of a supported release.
    """
    versions = {name: _version_of(name) for name in names}
    supported = [name for name, version in versions.items() if _is_supported(version)]
    if not supported:
        raise BehaviorCloudCacheVersionException(where, _UNSUPPORTED + _found(versions), _OTHER)
    return max(supported, key=lambda name: versions[name] or OLDEST)


def newest_of_all(names: Iterable[str]) -> str:
    """The name with the highest version, whether it can be used or not; empty if there is none."""
    return max(names, key=lambda name: _version_of(name) or (0, 0, 0), default="")


def newer_than(version: str, names: Iterable[str]) -> str:
    """The newest release of ``names`` that can be used and is newer than ``version``, else ""."""
    now = _version_of(f"_manifest_v{version}.json")
    found = max(
        filter(_is_supported, map(_version_of, names)), key=lambda one: one or OLDEST, default=None
    )
    return ".".join(map(str, found)) if found and now and found > now else ""


def of_release(release: str, names: Iterable[str]) -> str | None:
    """The manifest of a release, such as ``1.1.0``; None if there is none of it."""
    wanted = _version_of(f"_manifest_v{release}.json")
    return next((name for name in names if wanted and _version_of(name) == wanted), None)


def require_supported(path: Path, version: str) -> None:
    """Raise BehaviorCloudCacheVersionException unless a manifest's version is supported."""
    number = _version_of(f"_manifest_v{version}.json")
    if not _is_supported(number):
        problem = f"is of release {version}, not from 1.0.0 up to, but not including, 2.0.0"
        raise BehaviorCloudCacheVersionException(path, problem, _OTHER)


def _found(names: Iterable[str]) -> str:
    return f" (found {', '.join(sorted(names)) or 'none'})"


def _version_of(name: str) -> Version | None:
    match = _NAME.fullmatch(name)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _is_supported(version: Version | None) -> bool:
    return version is not None and OLDEST <= version < FIRST_UNSUPPORTED
