"""The parts of a file that is being downloaded, and which of them have arrived.

Beside ``NAME`` lie ``.NAME.part``, as large as the file, and ``.NAME.parts.json``, which says for
which object they are and which parts are there. So a download goes on after a break or a restart.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data_layer.kept_files import write_json
from data_layer.remote.bucket import StoredObject

PART = 8 * 2**20  # bytes


class Parts:
    """The parts of ``wanted``, ``size`` bytes long, on their way to ``path``. Thread-safe.

    Raises:
        OSError: The files cannot be written.
    """

    def __init__(self, wanted: StoredObject, size: int, path: Path) -> None:
        self.size = size
        self.file, self._journal = part_files(path)
        self._facts = asdict(wanted) | {"size": size, "part": PART}
        self._lock = threading.Lock()
        self._done = self._arrived_before()
        with self.file.open("r+b" if self.file.exists() else "wb") as file:
            file.truncate(size)

    @property
    def arrived(self) -> int:
        """The number of bytes that are there."""
        return sum(stop - start for start, stop in map(self._span, self._done))

    def missing(self) -> Iterator[tuple[int, int]]:
        """The ranges of the parts that are not there."""
        n_parts = -(-self.size // PART)
        return (self._span(part) for part in range(n_parts) if part not in self._done)

    def put(self, span: tuple[int, int], content: memoryview) -> None:
        """Write a part and remember that it is there."""
        with self.file.open("r+b") as file:
            file.seek(span[0])
            file.write(content)
        with self._lock:
            self._done.add(span[0] // PART)
            write_json(self._journal, self._facts | {"done": sorted(self._done)})

    def finish(self, path: Path) -> None:
        """Give the complete file its final name."""
        os.replace(self.file, path)
        self.discard()

    def discard(self) -> None:
        """Remove what has arrived."""
        for one in (self._journal, self.file):
            one.unlink(missing_ok=True)

    def _span(self, part: int) -> tuple[int, int]:
        return part * PART, min((part + 1) * PART, self.size)

    def _arrived_before(self) -> set[int]:
        """The parts that are there of this very object; else nothing is taken over."""
        try:
            kept: dict[str, Any] = json.loads(self._journal.read_bytes())
            whole = self.file.stat().st_size == self.size
            done = {int(part) for part in kept.pop("done")}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return set()
        n_parts = -(-self.size // PART)
        same = whole and kept == self._facts
        return {part for part in done if 0 <= part < n_parts} if same else set()


def part_files(path: Path) -> tuple[Path, Path]:
    """What lies beside ``path`` while it is downloaded: its parts, and which of them are there."""
    return path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.parts.json")
