"""Prepares the sessions that users open, one at a time, each in a separate process."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data_layer.errors import FileMissing
from data_layer.prepared.fingerprint import fingerprint
from data_layer.preparing.process import PreparingProcess
from data_layer.preparing.shelf import LookUp, Shelf
from data_layer.remote.streamed import is_streamed

State = Literal["ready", "building", "waiting", "failed", "off"]
RETRY_AFTER, RETRY_STREAM_AFTER = 600.0, 60.0  # s
"""A network may be back soon; a damaged file stays as it is."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """The progress of a file: ``part`` from 0 to 1; ``sentence`` describes a failure."""

    state: State
    part: float = 0.0
    sentence: str = ""


def together(preparations: Sequence[Preparation]) -> Preparation:
    """The progress of a session with several files: the mean part and the worst state."""
    states = {one.state for one in preparations}
    order: tuple[State, ...] = ("failed", "building", "waiting", "off", "ready")
    state = next(state for state in order if state in states)
    if state == "waiting" and "ready" in states:
        state = "building"
    part = sum(one.part for one in preparations) / len(preparations)
    sentence = next((one.sentence for one in preparations if one.sentence), "")
    return Preparation(state, part, sentence)


@dataclass(frozen=True, slots=True)
class _Failure:
    sentence: str
    fingerprint: str
    time: float


class Preparer:
    """Prepares the requested files, at most one at a time.

    Several servers may request the same file; a lock makes sure that only one builds it. A failed
    preparation is tried again when the file has changed, or after ``RETRY_AFTER`` seconds, that of
    a streamed file after ``RETRY_STREAM_AFTER``.
    """

    # A daemon thread rather than an executor: at exit Python waits for everything that an executor
    # has started or queued (51 s instead of 4 s with three files), but not for daemon threads.

    def __init__(self, shelf: Shelf, *, enabled: bool = True) -> None:
        self.shelf, self.enabled = shelf, enabled
        self._waiting: deque[Path] = deque()
        self._failed: dict[Path, _Failure] = {}
        self._running: Path | None = None
        self._lock = threading.Lock()

    def look_up(self, path: Path) -> LookUp:
        """Look up the prepared store of a file; if there is none, its preparation is queued."""
        try:
            found = self.shelf.look_up(path)
        except FileMissing:  # the file was removed while its session is open
            return LookUp(None, "missing")
        if found.store is None:
            self.ask(path)
        return found

    def ask(self, path: Path) -> None:
        """Queue the preparation of a file, unless it is queued, running or recently failed."""
        with self._lock:
            if not self.enabled or self._is_under_way(path) or self._has_failed(path):
                return
            self._waiting.append(path)
            if self._running is None:
                self._running = self._waiting.popleft()
                threading.Thread(target=self._work, daemon=True).start()

    def state(self, path: Path) -> Preparation:
        """The progress of a file."""
        with self._lock:
            under_way, failure = self._is_under_way(path), self._failed.get(path)
        if under_way:
            part = self.shelf.progress(path)  # another server may be the one that builds it
            return Preparation("waiting") if part is None else Preparation("building", part)
        if failure:
            return Preparation("failed", sentence=failure.sentence)
        if self.shelf.store_path(path).is_dir():
            return Preparation("ready", 1.0)
        return Preparation("waiting" if self.enabled else "off")

    def _is_under_way(self, path: Path) -> bool:
        return path == self._running or path in self._waiting

    def _has_failed(self, path: Path) -> bool:
        failure = self._failed.get(path)
        if failure is None:
            return False
        wait = RETRY_STREAM_AFTER if is_streamed(path) else RETRY_AFTER
        if time.monotonic() - failure.time < wait and failure.fingerprint == _state(path):
            return True
        del self._failed[path]
        return False

    def _work(self) -> None:
        while (path := self._running) is not None:
            state = _state(path)
            sentence = self._prepare(path)
            with self._lock:
                if sentence:
                    self._failed[path] = _Failure(sentence, state, time.monotonic())
                self._running = self._waiting.popleft() if self._waiting else None

    def _prepare(self, path: Path) -> str:
        try:
            return PreparingProcess(path, self.shelf).problem()
        except OSError as error:
            return f"{path.name} could not be prepared: {error.strerror}."


def _state(path: Path) -> str:
    try:
        return fingerprint(path)
    except FileMissing:
        return ""
