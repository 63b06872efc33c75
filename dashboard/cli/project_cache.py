"""Opens the project cache that a command shows, and decides whether object storage is asked.

It is asked for a cache directory of this program's own, for an empty one, and for one of the
public release or a mirror of it; never for the demo, a mounted bucket or tables alone, and never
with ``--offline``.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tqdm import tqdm

from data_layer.errors import RemoteError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.manifest import DEMO_MARKER, find_manifest
from data_layer.remote.download import Progress
from data_layer.remote.streamed import StreamedFiles, streamed_files
from data_layer.settings import Settings


def open_project_cache(settings: Settings) -> VisualBehaviorOphysProjectCache:
    """The cache of the settings; a first start fetches its tables, with progress on stderr.

    Raises:
        DataLayerError: It cannot be read, or its tables cannot be fetched.
    """
    folder = settings.project_cache_dir.expanduser().resolve()
    if not _asks_storage(settings, folder):
        local = VisualBehaviorOphysProjectCache.from_local_cache(folder)
        if settings.release:
            local.load_release(settings.release)
        return local
    with tqdm(desc="Fetching the tables", delay=0.1, unit="B", unit_scale=True) as bar:
        arrived: dict[str, Progress] = {}

        def show(name: str, progress: Progress) -> None:
            arrived[name] = progress
            bar.total = sum(one.total for one in arrived.values())
            bar.update(sum(one.done for one in arrived.values()) - bar.n)

        cache = VisualBehaviorOphysProjectCache.of_settings(settings, show)
    if streamed := _streamed(cache, settings):
        cache.stream_with(streamed)
    return cache


def cache_and_streamed(
    settings: Settings, *, stream: bool
) -> tuple[VisualBehaviorOphysProjectCache, StreamedFiles | None]:
    """The cache for work on many files; with ``stream``, what reads those that are not here.

    Raises:
        DataLayerError: It cannot be read, or its tables cannot be fetched.
    """
    if not stream:
        folder = settings.project_cache_dir
        return VisualBehaviorOphysProjectCache.from_local_cache(folder), None
    cache = open_project_cache(settings)
    return cache, _streamed(cache, settings)


def _streamed(cache: VisualBehaviorOphysProjectCache, settings: Settings) -> StreamedFiles | None:
    """What reads the files of the cache's source; None where it has none."""
    return streamed_files(settings, cache.online.source.bucket) if cache.online else None


def _asks_storage(settings: Settings, folder: Path) -> bool:
    if settings.offline or settings.cache_dir is None:
        return not settings.offline
    if not folder.is_dir() or (folder / DEMO_MARKER).exists():
        return False
    manifest = find_manifest(folder)
    if manifest is None:
        return not any(folder.iterdir())
    is_of_the_release = bool(settings.s3_endpoint) or manifest.bucket == settings.bucket
    return is_of_the_release and manifest.path.parent == folder  # else it is a mounted bucket


def look_online(cache: VisualBehaviorOphysProjectCache) -> None:
    """Ask for the sizes of the files, aside; prints a sentence if there is no answer."""
    if cache.online is not None:
        threading.Thread(target=_look, args=(cache,), name="look-online", daemon=True).start()


def _look(cache: VisualBehaviorOphysProjectCache) -> None:
    cache.list_manifest_file_names()
    try:
        if not cache.offline_because:
            cache.list_sizes()
    except RemoteError:
        pass  # the sentence is below
    if cache.online and cache.online.source.problem:
        sys.stderr.write(f"{cache.online.source.problem}\n")
