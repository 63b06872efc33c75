"""The journal of a task: on disk, what was begun and what became of it, file by file.

Each file of the batch has a small file of JSON lines, to which whoever works on it appends::

    {"event": "started", "run": "5f…", "host": "node7", "pid": 4711, "time": 1754…}
    {"event": "done", "run": "5f…", "file": "1173…", "code": "12", "result": "…", …}

So workers on several machines need no lock, and what one has finished is known to all others,
even if its answer was lost. A line that was cut off is ignored.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_layer.batch.task import Item
from data_layer.errors import FileMissing
from data_layer.prepared.fingerprint import fingerprint, size_and_time

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Journal:
    """The journals of one task, in ``folder``; ``run`` names this start, ``code`` its version."""

    folder: Path
    run: str
    code: str

    def entries(self, item: Item, key: str = "") -> list[Entry]:
        """What stands there about a file, the oldest first."""
        content = b""
        with suppress(OSError):
            content = self._path(key or item.key).read_bytes()
        entries = (_entry(line) for line in content.split(b"\n"))
        return [entry for entry in entries if entry is not None]

    def finished(self, item: Item, key: str = "") -> Entry | None:
        """The newest end, if it is of this version of the code and of the file as it is now."""
        newest = next((e for e in reversed(self.entries(item, key)) if e["event"] == "done"), None)
        with suppress(FileMissing):
            state = item.state or size_and_time(Path(item.path))
            if newest and newest["code"] == self.code and newest["file"].startswith(state):
                return newest
        return None

    def lost(self, item: Item, key: str = "") -> int:
        """How often this run has begun the file and was heard of no more, at the newest."""
        lost = 0
        for entry in self.entries(item, key):
            if entry["run"] == self.run:
                lost = lost + 1 if entry["event"] == "started" else 0
        return lost

    def is_open(self, item: Item) -> bool:
        """Whether the file was begun, by any run, and was heard of no more."""
        entries = self.entries(item)
        return bool(entries) and entries[-1]["event"] == "started"

    def started(self, key: str) -> None:
        """Note that the work on a file begins."""
        self._append(key, {"event": "started"})

    def done(self, item: Item, key: str, state: str, more: Mapping[str, Any]) -> None:
        """Note that a file is finished; ``state`` is its fingerprint from before the work."""
        self._append(key, {"event": "done", "file": state, "code": self.code, **more})

    def failed(self, key: str, problem: str) -> None:
        """Note that the work on a file ended with a problem."""
        self._append(key, {"event": "failed", "problem": problem})

    def forget(self, item: Item) -> None:
        """Remove what stands there about a file."""
        with suppress(OSError):
            self._path(item.key).unlink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.jsonl"

    def _append(self, key: str, facts: Mapping[str, Any]) -> None:
        where = {"run": self.run, "host": socket.gethostname(), "pid": os.getpid()}
        line = json.dumps({**facts, **where, "time": round(time.time(), 3)})
        # One write, so that lines of two processes do not mix; the line break in front ends a
        # line that a killed process has cut off. Without a journal the work goes on: what is
        # missing in it is done again by the next start.
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._path(key).open("ab", buffering=0) as file:
                file.write(f"\n{line}\n".encode())
                os.fsync(file.fileno())


def state_of_file(item: Item) -> str:
    """The fingerprint of an item's file; empty if there is none."""
    with suppress(FileMissing):
        return item.state or fingerprint(Path(item.path))
    return ""


_NEEDED = {
    "started": {"run"},
    "failed": {"run", "problem"},
    "done": {"run", "file", "code", "result"},
}


def _entry(line: bytes) -> Entry | None:
    with suppress(ValueError):
        entry = json.loads(line)
        if isinstance(entry, dict) and _NEEDED.get(str(entry.get("event")), {""}) <= entry.keys():
            texts = (entry.get(name, "") for name in ("run", "file", "code", "result"))
            return entry if all(isinstance(text, str) for text in texts) else None
    return None
