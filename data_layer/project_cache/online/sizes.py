"""The sizes of a release's files, which its manifest does not tell: listed once and kept."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from pathlib import Path

from data_layer.kept_files import write_json
from data_layer.project_cache.online.source import ReleaseSource


class ReleaseSizes:
    """The size of each object of one version of a release. Thread-safe.

    They are kept in ``cache_dir``. Object storage lists the current version of each object, so
    that the size of a file that was replaced in a later release is nearly right only.
    """

    def __init__(self, source: ReleaseSource, cache_dir: Path, version: str) -> None:
        self._source, self._path = source, cache_dir / f"_vbdash_sizes_{version}.json"
        self._lock = threading.Lock()
        self._sizes: dict[str, int] | None = None

    def known(self) -> dict[str, int]:
        """The sizes by key; empty until they were listed. Never asks object storage."""
        if self._sizes is None:
            self._sizes = self._kept() or None
        return self._sizes or {}

    def listed(self) -> dict[str, int]:
        """The sizes by key, asked for unless they are known.

        Raises:
            RemoteError: Object storage does not answer.
        """
        with self._lock:
            if not self.known():
                self._sizes = self._source.sizes()
                with suppress(OSError):  # then they are listed again at the next start
                    write_json(self._path, self._sizes)
        return self.known()

    def _kept(self) -> dict[str, int]:
        try:
            content = json.loads(self._path.read_bytes())
            return {str(key): int(size) for key, size in content.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
