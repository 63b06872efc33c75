"""Which files we have downloaded into a cache directory, and when each was used last.

Only these are dropped when the cache is full; what AllenSDK or the user put there stays.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock

from data_layer.kept_files import write_json
from data_layer.project_cache.online.record import LOCK, DownloadRecord

NAME = "_vbdash_downloads.json"
WRITE_EVERY = 600.0
"""The seconds for which a use need not be written down again."""


class OwnDownloads:
    """Our downloads in ``cache_dir``; together they keep at most ``limit`` bytes, if that is set.

    Raises:
        OSError: The list cannot be written.
    """

    def __init__(self, cache_dir: Path, limit: int = 0) -> None:
        self._folder, self._limit = cache_dir, limit
        self._record = DownloadRecord(cache_dir)
        self._noted: dict[Path, float] = {}

    def add(self, path: Path) -> list[Path]:
        """Remember a download that has just ended; returns what was dropped to make room."""
        with self._changed() as files:
            status = path.stat()
            files[self._name(path)] = {
                "size": status.st_size,
                "changed": status.st_mtime_ns,
                "used": time.time(),
            }
            dropped = list(self._drop(files, path))
        for one in dropped:
            self._record.remove(one)
        return dropped

    def use(self, path: Path) -> None:
        """Remember that ``path`` is used now, if it is one of ours."""
        now = time.time()
        if now - self._noted.get(path, 0.0) < WRITE_EVERY:
            return
        self._noted[path] = now
        name = self._name(path)
        if name in self._read():
            with suppress(OSError), self._changed() as files:
                files.get(name, {})["used"] = now

    def _drop(self, files: dict[str, dict[str, Any]], kept: Path) -> Iterator[Path]:
        """Drop what was used longest ago until the rest fits; never ``kept``."""
        total = sum(int(facts["size"]) for facts in files.values())
        for name in sorted(files, key=lambda name: float(files[name]["used"])):
            if not self._limit or total <= self._limit:
                return
            path = self._folder / name
            if path == kept:
                continue
            facts = files.pop(name)
            total -= int(facts["size"])
            if _is_unchanged(path, facts):
                path.unlink()
                yield path

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    @contextmanager
    def _changed(self) -> Iterator[dict[str, dict[str, Any]]]:
        with FileLock(self._folder / LOCK):
            files = self._read()
            yield files
            write_json(self._folder / NAME, files)

    def _read(self) -> dict[str, dict[str, Any]]:
        """The list without what is not one of its entries, or leads out of the folder."""
        try:
            content = json.loads((self._folder / NAME).read_bytes())
            return {
                str(name): facts
                for name, facts in content.items()
                if facts.keys() == {"size", "changed", "used"}
                and not Path(name).is_absolute()
                and ".." not in Path(name).parts
                and all(isinstance(value, int | float) for value in facts.values())
            }
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}


def _is_unchanged(path: Path, facts: dict[str, Any]) -> bool:
    """Whether the file is still the one that was downloaded, and not one put in its place."""
    if path.is_symlink() or not path.is_file():
        return False
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (facts["size"], facts["changed"])
