"""A file that is being downloaded: which pieces of it have arrived, and which parts to ask for.

Beside ``NAME`` lie ``.NAME.part``, as large as the file, and ``.NAME.parts.json``, which says for
which object they are and which pieces are there. So a download goes on after a break or a restart.
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

PART = 8 * 2**20  # bytes that are asked for at once
PIECE = 2**20  # bytes that are remembered as one: what a slow line loses at a break


class Parts:
    """The parts of ``wanted``, ``size`` bytes long, on their way to ``path``. Thread-safe.

    Raises:
        OSError: The files cannot be written.
    """

    def __init__(self, wanted: StoredObject, size: int, path: Path) -> None:
        self.size = size
        self.file, self._journal = part_files(path)
        self._facts = asdict(wanted) | {"size": size, "piece": PIECE}
        self._lock = threading.Lock()
        self._n_written, self._first_missing = -1, 0
        self._done = self._arrived_before()
        with self.file.open("r+b" if self.file.exists() else "wb") as file:
            file.truncate(size)

    @property
    def arrived(self) -> int:
        """The number of bytes that are there, in whole pieces."""
        with self._lock:
            return sum(self._end(piece) - piece * PIECE for piece in self._done)

    def beginning(self) -> int:
        """How many bytes have arrived without a gap from the start."""
        with self._lock:
            while self._first_missing in self._done:
                self._first_missing += 1
        return min(self._first_missing * PIECE, self.size)

    def missing(self) -> Iterator[tuple[int, int]]:
        """The ranges that are not there, none of which reaches beyond its part."""
        start: int | None = None
        for piece in range(self._n_pieces):
            at = piece * PIECE
            if start is not None and (piece in self._done or at % PART == 0):
                yield start, at
                start = None
            if start is None and piece not in self._done:
                start = at
        if start is not None:
            yield start, self.size

    def put(self, span: tuple[int, int], contents: Iterator[memoryview]) -> None:
        """Write what arrives of a range, which begins with a piece, and remember whole pieces."""
        at, piece = span[0], span[0] // PIECE
        with self.file.open("r+b", buffering=0) as file:
            file.seek(at)
            for content in contents:
                file.write(content)
                at += len(content)
                while piece < self._n_pieces and self._end(piece) <= at:
                    self._remember(piece)
                    piece += 1

    def write_down(self) -> None:
        """Write into the journal what has arrived; a process that is killed loses no more."""
        with self._lock:
            if len(self._done) != self._n_written:
                write_json(self._journal, self._facts | {"done": sorted(self._done)})
                self._n_written = len(self._done)

    def finish(self, path: Path) -> None:
        """Give the complete file its final name."""
        os.replace(self.file, path)
        self.discard()

    def discard(self) -> None:
        """Remove what has arrived."""
        for one in (self._journal, self.file):
            one.unlink(missing_ok=True)

    @property
    def _n_pieces(self) -> int:
        return -(-self.size // PIECE)

    def _end(self, piece: int) -> int:
        return min((piece + 1) * PIECE, self.size)

    def _remember(self, piece: int) -> None:
        with self._lock:
            self._done.add(piece)

    def _arrived_before(self) -> set[int]:
        """The pieces that are there of this very object; else nothing is taken over."""
        try:
            kept: dict[str, Any] = json.loads(self._journal.read_bytes())
            whole = self.file.stat().st_size == self.size
            done = {int(piece) for piece in kept.pop("done")}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return set()
        same = whole and kept == self._facts
        return {piece for piece in done if 0 <= piece < self._n_pieces} if same else set()


def part_files(path: Path) -> tuple[Path, Path]:
    """What lies beside ``path`` while it is downloaded: its parts, and which of them are there."""
    return path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.parts.json")
