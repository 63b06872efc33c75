"""The sizes of a release's files, which its manifest does not tell, and the files that it lacks.

Both are told by one listing of the objects, which is kept.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from data_layer.kept_files import write_json
from data_layer.project_cache.manifest import Manifest
from data_layer.project_cache.online.source import ReleaseSource

AGAIN_AFTER = 60.0
"""The seconds after which a store that lacked files is listed again: a mirror may be filled."""


class ReleaseSizes:
    """The size of each object of one version of a release. Thread-safe.

    They are kept in ``cache_dir``. Object storage lists the current version of each object, so
    that the size of a file that was replaced in a later release is nearly right only.
    """

    def __init__(self, source: ReleaseSource, cache_dir: Path, manifest: Manifest) -> None:
        self._source, self._path = source, cache_dir / f"_vbdash_sizes_{manifest.version}.json"
        self._keys = {path: stored.key for path, stored in manifest.objects.items()}
        self._lock = threading.Lock()
        self._sizes: dict[str, int] | None = None
        self._lacking: frozenset[Path] = frozenset()
        self._asked: float | None = None

    def known(self) -> dict[str, int]:
        """The sizes by key; empty until they were listed. Never asks object storage."""
        if self._sizes is None:
            self._sizes = self._kept() or None
        return self._sizes or {}

    def lacking(self) -> frozenset[Path]:
        """The files of the manifest that object storage does not have, by their places here.

        Empty until it was listed in this process, and where it does not allow that.
        """
        return self._lacking

    def listed(self) -> dict[str, int]:
        """The sizes by key, asked for unless they are known; see ``AGAIN_AFTER``.

        Raises:
            RemoteError: Object storage does not answer, or does not allow it.
        """
        with self._lock:
            if not self._is_known():
                self._ask()
        return self.known()

    def _is_known(self) -> bool:
        known = self.known()
        if known and not self._not_in(known):
            return True
        return self._asked is not None and time.monotonic() - self._asked < AGAIN_AFTER

    def _ask(self) -> None:
        self._sizes = self._source.sizes()
        self._asked, self._lacking = time.monotonic(), self._not_in(self._sizes)
        kept = {"bucket": asdict(self._source.bucket), "sizes": self._sizes}
        with suppress(OSError):  # then they are listed again at the next start
            write_json(self._path, kept)

    def _not_in(self, listed: dict[str, int]) -> frozenset[Path]:
        """What a listing lacks; nothing if it has none of the release, as it tells of another."""
        lacking = frozenset(path for path, key in self._keys.items() if key not in listed)
        return frozenset() if len(lacking) == len(self._keys) else lacking

    def _kept(self) -> dict[str, int]:
        try:
            content = json.loads(self._path.read_bytes())
            if content["bucket"] != asdict(self._source.bucket):  # of another mirror
                return {}
            return {str(key): int(size) for key, size in content["sizes"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}
