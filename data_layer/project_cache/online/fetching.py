"""Puts a file of the release in its place: it is there, or an equal one is, or it is downloaded."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Event

from data_layer.errors import CannotKeep
from data_layer.project_cache.online.own_downloads import OwnDownloads
from data_layer.project_cache.online.record import DownloadRecord
from data_layer.project_cache.online.source import ReleaseSource
from data_layer.remote.bucket import StoredObject
from data_layer.remote.download import OnProgress, Progress, download

log = logging.getLogger(__name__)


class Fetcher:
    """Fetches files from ``source`` into ``cache_dir``, which AllenSDK can use too. Thread-safe.

    With a ``limit`` (bytes) it drops those of its own files that were used longest ago.
    """

    def __init__(self, source: ReleaseSource, cache_dir: Path, limit: int = 0) -> None:
        self.source = source
        self._record, self.own = DownloadRecord(cache_dir), OwnDownloads(cache_dir, limit)

    def fetch(
        self,
        wanted: StoredObject,
        path: Path,
        on_progress: OnProgress = lambda progress: None,
        stop: Event | None = None,
        *,
        is_table: bool = False,
    ) -> Path:
        """The file at ``path``; a file that is there costs no request. See :func:`download`.

        Tables are kept whatever the limit, as nothing can be shown without them.

        Raises:
            RemoteError: It cannot be read, or its content is wrong.
            CannotKeep: It cannot be written.
            Stopped: ``stop`` was set.
        """
        if path.is_file() or self._has_linked(wanted, path):
            return path
        arrived = _Arrived(on_progress)
        with self.source.told():
            download(self.source.client, wanted, path, arrived, stop)
        if arrived.by_us:
            self._remember(wanted, path, is_table)
        return path

    def _has_linked(self, wanted: StoredObject, path: Path) -> bool:
        """Link to a file with the same content, as AllenSDK does; False if there is none."""
        copy = self._record.copy_of(wanted.file_hash)
        if copy is None:
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{os.getpid()}.link")
            draft.unlink(missing_ok=True)
            draft.symlink_to(copy.resolve())
            draft.replace(path)
        except OSError as error:  # such as a file system without links: then it is downloaded
            log.info("%s is downloaded, as it cannot be linked: %s", path.name, error)
            return False
        return True

    def _remember(self, wanted: StoredObject, path: Path, is_table: bool) -> None:
        try:
            self._record.add(path, wanted.file_hash)
            for dropped in () if is_table else self.own.add(path):
                log.info("dropped %s to make room", dropped)
        except OSError as error:
            raise CannotKeep(str(path.parent), error.strerror or str(error)) from error


class _Arrived:
    """Passes progress on, and knows whether this process has downloaded the file itself."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress, self.by_us = on_progress, False

    def __call__(self, progress: Progress) -> None:
        self.by_us = True
        self._on_progress(progress)
