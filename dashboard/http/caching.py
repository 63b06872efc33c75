"""Caches that requests and processes share: on disk, or in Redis where one is configured.

Entries are bytes and are returned as such: nothing that is read from a cache is ever run. Well-kept
libraries of this kind (cachelib, diskcache) unpickle what they find, or limit entries by number
only.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from data_layer.errors import BadSetting, FolderNotTrusted
from data_layer.kept_files import private_folder, write_bytes
from data_layer.settings import Settings

log = logging.getLogger(__name__)

DAY = 86400
KEPT_DAYS = 30
MEGABYTE = 10**6
LEFT = 0.8  # of the limit, after the oldest entries were removed
DRAFT = "."  # a file that is being written


class ByteCache(Protocol):
    """Keeps bytes by key; an entry may be gone at any time."""

    def get(self, key: str) -> bytes | None:
        """The entry, None if there is none."""

    def set(self, key: str, value: bytes) -> None:
        """Keep an entry in place of the one that has the key."""


class FolderCache:
    """A file per entry in a folder that only its owner can enter.

    Args:
        folder: created if absent, for the owner alone.
        limit: how many bytes its entries may take; those read or written longest ago go.

    Raises:
        FolderNotTrusted: others can change what is in the folder.
        OSError: it cannot be created.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = private_folder(folder), limit
        self._lock = threading.Lock()
        self._added = limit  # so that the first entry looks at what is there

    def get(self, key: str) -> bytes | None:
        """The entry, None if there is none; it counts as used now."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            path.touch()
        except OSError:
            return None
        return content

    def set(self, key: str, value: bytes) -> None:
        """Keep an entry; one that cannot be written, or fills a fifth of the limit, is not kept."""
        if len(value) > self.limit * (1 - LEFT):
            return
        try:
            write_bytes(self._path(key), value)
            self._count(len(value))
        except OSError as error:
            log.warning("an answer is not kept in %s: %s", self.folder, error)

    def _path(self, key: str) -> Path:
        return self.folder / hashlib.blake2b(key.encode(), digest_size=20).hexdigest()

    def _count(self, added: int) -> None:
        """Look at the whole folder only when a fifth of the limit was added since."""
        with self._lock:
            self._added += added
            if self._added < self.limit * (1 - LEFT):
                return
            self._added = 0
            self._make_room()

    def _make_room(self) -> None:
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > self.limit * LEFT:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was used last, its size (bytes) and file."""
        for path in self.folder.iterdir():
            with contextlib.suppress(OSError):
                status = path.stat()
                if not path.name.startswith(DRAFT):
                    yield status.st_mtime, status.st_size, path


class RedisCache:
    """Entries in Redis, which has limits of its own; they expire after 30 days.

    Raises:
        BadSetting: the client of Redis is not installed, or the URL is none of Redis.
    """

    def __init__(self, url: str, name: str) -> None:
        self._prefix = f"vbdash/{name}/"
        wanted = "unset, or the package redis (pip install 'visual-behavior-dashboard[redis]')"
        try:
            import redis

            self._redis = redis.Redis.from_url(url)
        except (ImportError, ValueError) as error:
            raise BadSetting("VBDASH_REDIS_URL", url, wanted) from error
        self._error = redis.RedisError

    def get(self, key: str) -> bytes | None:
        """The entry; None if there is none or Redis does not answer."""
        try:
            return cast("bytes | None", self._redis.get(self._prefix + key))
        except self._error as error:
            log.warning("Redis does not answer: %s", error)
            return None

    def set(self, key: str, value: bytes) -> None:
        """Keep an entry for 30 days."""
        try:
            self._redis.set(self._prefix + key, value, ex=KEPT_DAYS * DAY)
        except self._error as error:
            log.warning("an answer is not kept in Redis: %s", error)


class NoCache:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:
        """None."""

    def set(self, key: str, value: bytes) -> None:
        """Do nothing."""


def shared_cache(settings: Settings, name: str, megabytes: int) -> ByteCache:
    """The cache called ``name``: in Redis if it is configured, else in a folder of the work dir.

    Nothing is kept in a folder that others can write into; the log says so.

    Args:
        settings: the work dir and the URL of Redis.
        name: the folder's name.
        megabytes: how much a folder holds.

    Raises:
        BadSetting: Redis is configured, but its client is not installed.
    """
    if settings.redis_url:
        return RedisCache(settings.redis_url, name)
    try:
        private_folder(settings.work_dir)
        return FolderCache(settings.work_dir / name, megabytes * MEGABYTE)
    except (FolderNotTrusted, OSError) as error:
        log.warning("%s: no %s are kept", error, name)
        return NoCache()
