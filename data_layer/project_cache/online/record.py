"""``_downloaded_data.json``, in which AllenSDK and we keep what was downloaded: path and hash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from data_layer.kept_files import write_json

NAME, LOCK = "_downloaded_data.json", ".vbdash.lock"


class DownloadRecord:
    """The hash of each file that was downloaded into ``cache_dir``, by its absolute path.

    Several processes of ours may write at the same time. A record that cannot be read counts as
    empty.

    Raises:
        OSError: It cannot be written.
    """

    def __init__(self, cache_dir: Path) -> None:
        self._path, self._lock = cache_dir / NAME, cache_dir / LOCK

    def add(self, path: Path, file_hash: str) -> None:
        """Remember that ``path`` was downloaded."""
        with self._changed() as files:
            files[str(path.resolve())] = file_hash

    def remove(self, path: Path) -> None:
        """Forget ``path``, which is not here any more."""
        with self._changed() as files:
            files.pop(str(path.resolve()), None)

    def replace(self, files: dict[str, str]) -> None:
        """Write a new record in place of the present one."""
        with self._changed() as before:
            before.clear()
            before.update(files)

    def copy_of(self, file_hash: str) -> Path | None:
        """A file here with this content, such as that of another version of the release."""
        found = (Path(path) for path, known in self._read().items() if known == file_hash)
        return next((path for path in found if path.is_file()), None) if file_hash else None

    @contextmanager
    def _changed(self) -> Iterator[dict[str, str]]:
        with FileLock(self._lock):
            files = self._read()
            yield files
            write_json(self._path, files)

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(content, dict):
            return {}
        return {str(path): str(known) for path, known in content.items()}
