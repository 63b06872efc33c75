"""Prepares the sessions that are looked at, one after the other, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data_layer.store.prepare import note_of, read_note
from data_layer.store.shelf import LookUp, Shelf

State = Literal["ready", "building", "waiting", "failed", "off"]


@dataclass(frozen=True, slots=True)
class Preparation:
    """How far a file is: ``part`` from 0 to 1, and a sentence where it failed."""

    state: State
    part: float = 0.0
    sentence: str = ""


class Preparer:
    """Starts a preparation for each file asked for, at most one at a time.

    Several servers may ask for the same file: a lock lets one of them build it.
    """

    def __init__(self, shelf: Shelf, *, enabled: bool = True) -> None:
        self.shelf, self.enabled = shelf, enabled
        self._waiting: deque[Path] = deque()
        self._failed: dict[Path, str] = {}
        self._running: Path | None = None
        self._lock = threading.Lock()

    def look_up(self, path: Path) -> LookUp:
        """The prepared store of a file; where there is none, it is going to be prepared."""
        found = self.shelf.look_up(path)
        if found.store is None:
            self.ask(path)
        return found

    def ask(self, path: Path) -> None:
        """Prepare a file as soon as there is time; asking again changes nothing."""
        with self._lock:
            known = path in self._waiting or path == self._running or path in self._failed
            if not self.enabled or known:
                return
            self._waiting.append(path)
            if self._running is None:
                self._running = self._waiting.popleft()
                threading.Thread(target=self._work, daemon=True).start()

    def state(self, path: Path) -> Preparation:
        """How far a file is."""
        if self.shelf.place(path).is_dir() and path != self._running:
            return Preparation("ready", 1.0)
        if path in self._failed:
            return Preparation("failed", sentence=self._failed[path])
        if path == self._running:
            note = read_note(note_of(self.shelf, path))
            return Preparation("building", float(note.get("part", 0.0)))
        return Preparation("waiting" if self.enabled else "off")

    def _work(self) -> None:
        while self._running is not None:
            path = self._running
            status = self._build(path)
            with self._lock:
                if status:
                    note = read_note(note_of(self.shelf, path))
                    self._failed[path] = str(note.get("sentence", f"it ended with {status}"))
                self._running = self._waiting.popleft() if self._waiting else None

    def _build(self, path: Path) -> int:
        words = [str(path), str(self.shelf.folder), str(self.shelf.limit)]
        command = [sys.executable, "-m", "data_layer.store.prepare", *words]
        return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode
