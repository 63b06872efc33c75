"""What a notebook's session is from: a project cache, or a file of its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from data_layer.errors import DataLayerError
from data_layer.project_cache.manifest import find_manifest
from data_layer.settings import Settings


def source_of(session: Any, cache_dir: Path | str | None = None) -> Path | None:
    """The cache directory or the NWB file to show; None for the cache that the settings name.

    A session's cache directory is the folder above its file that has a manifest. A file in the work
    directory is the copy of one that is streamed.
    """
    settings = Settings.from_environment()
    own, work_dir = settings.project_cache_dir.resolve(), settings.work_dir.resolve()
    found = (
        _found(session, work_dir) if cache_dir is None else Path(cache_dir).expanduser().resolve()
    )
    return None if found == own else found


def _found(session: Any, work_dir: Path) -> Path | None:
    path = getattr(session, "path", None)
    if path is None:
        return None
    file = Path(path).resolve()
    alone = None if work_dir in file.parents else file
    return next(filter(_is_cache, file.parents), alone)


def _is_cache(folder: Path) -> bool:
    with suppress(DataLayerError):
        return find_manifest(folder) is not None
    return False
