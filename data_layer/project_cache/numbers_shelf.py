"""Performance numbers of sessions, stored on disk once they are computed."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from data_layer.kept_files import name_for, write_json
from data_layer.prepared.fingerprint import size_and_time
from data_layer.quality.behavior_numbers import Numbers

FORMAT = 2  # before 2, the ids in a file were not compared with those asked for


class NumbersShelf:
    """Stores the numbers of many files in one folder; those of changed files are not used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[Path, tuple[str, Numbers]] = {}

    def look_up(self, path: Path) -> Numbers | None:
        """The numbers of a file; None if they are not known or the file has changed.

        Raises:
            FileMissing: There is no such file.
        """
        state = size_and_time(path)
        if path not in self._known:
            self._read(path)
        known = self._known.get(path)
        return known[1] if known is not None and known[0] == state else None

    def store(self, path: Path, numbers: Numbers) -> None:
        """Store the numbers of a file; only in memory if the folder cannot be written.

        Raises:
            FileMissing: There is no such file.
        """
        state = size_and_time(path)
        self._known[path] = state, numbers
        with suppress(OSError):
            content = {"format": FORMAT, "state": state, "numbers": numbers}
            write_json(self._json_path(path), content)

    def _read(self, path: Path) -> None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads(self._json_path(path).read_text(encoding="utf-8"))
            if content["format"] == FORMAT:
                self._known[path] = str(content["state"]), dict(content["numbers"])

    def _json_path(self, path: Path) -> Path:
        return self.folder / f"{name_for(path)}.json"
