"""The queue of downloads: some at a time, in threads of its own, each to be paused or ended."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from data_layer.errors import DataLayerError, NotOnThisMachine, ObjectMissing, UnknownId
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.online.states import ENDED, DownloadState, Rate, Stage
from data_layer.remote.download import OnProgress, Progress, Stopped, discard

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Files at a time; each has several parts on their way, which fill the line."""


class Fetches(Protocol):
    """What the queue needs of a project cache."""

    def fetch(
        self, kind: FileKind, id_: int, on_progress: OnProgress, stop: threading.Event | None
    ) -> Path:
        """Download the file of an id."""

    def place_of(self, kind: FileKind, id_: int) -> Path | None:
        """Where it belongs."""

    def size_of(self, kind: FileKind, id_: int) -> int | None:
        """Its size, where that is known."""


@dataclass
class _Download:
    """One download of the queue; its lock is the queue's."""

    kind: FileKind
    id: int
    total: int | None
    stage: Stage = "waiting"
    bytes: int = 0
    sentence: str = ""
    is_missing: bool = False
    rate: Rate = field(default_factory=Rate)
    stop: threading.Event = field(default_factory=threading.Event)
    wanted: Stage = "waiting"
    """What it becomes once it has stopped."""

    def state(self) -> DownloadState:
        rate = self.rate.now() if self.stage == "running" else None
        left = (self.total - self.bytes) / rate if rate and self.total else None
        facts = self.id, self.kind, self.stage, self.bytes, self.total
        return DownloadState(*facts, rate, left, self.sentence, self.is_missing)


class Downloads:
    """Downloads files of ``cache``, ``at_once`` at a time and in order. Thread-safe.

    A download goes on where an earlier one has ended, of this process or another. What fails does
    so alone: the others go on.
    """

    def __init__(self, cache: Fetches, at_once: int = AT_ONCE) -> None:
        self._cache, self._at_once = cache, at_once
        self._lock = threading.Condition()
        self._downloads: dict[int, _Download] = {}
        self._waiting: queue.SimpleQueue[_Download | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self, kind: FileKind, ids: Iterable[int]) -> None:
        """Download the files of some ids; one that is on its way already goes on."""
        with self._lock:
            for id_ in ids:
                self._begin(kind, id_)
            while len(self._threads) < min(self._at_once, len(self._downloads)):
                thread = threading.Thread(target=self._work, name="downloads", daemon=True)
                self._threads.append(thread)
                thread.start()

    def pause(self, id_: int) -> None:
        """Stop a download and keep what has arrived."""
        self._stop(id_, "paused")

    def resume(self, id_: int) -> None:
        """Go on with a download that was paused or has failed."""
        with self._lock:
            found = self._downloads.get(id_)
        if found is not None:
            self.start(found.kind, [id_])

    def cancel(self, id_: int) -> None:
        """Stop a download and remove what has arrived."""
        self._stop(id_, "cancelled")

    def remove(self, id_: int) -> None:
        """Take a download that has ended from the list; what has arrived stays where it is."""
        with self._lock:
            found = self._downloads.get(id_)
            if found is not None and found.stage in ENDED:
                del self._downloads[id_]

    def clear(self) -> None:
        """Take all downloads that have ended from the list."""
        for state in self.states():
            self.remove(state.id)

    def states(self) -> tuple[DownloadState, ...]:
        """All downloads, in the order in which they were asked for."""
        with self._lock:
            return tuple(one.state() for one in self._downloads.values())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until every download is done, failed, paused or cancelled; False after a timeout."""
        with self._lock:
            return self._lock.wait_for(self._is_idle, timeout)

    def close(self) -> None:
        """Pause everything and end the threads."""
        for state in self.states():
            self.pause(state.id)
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _begin(self, kind: FileKind, id_: int) -> None:
        before = self._downloads.get(id_)
        if before and before.stage in ("waiting", "running", "checking"):
            before.wanted = "waiting"  # goes on even if it was just told to stop
            return
        size = before.total if before else self._size(kind, id_)
        self._downloads[id_] = _Download(kind, id_, size, bytes=before.bytes if before else 0)
        self._waiting.put(self._downloads[id_])

    def _size(self, kind: FileKind, id_: int) -> int | None:
        try:
            return self._cache.size_of(kind, id_)
        except DataLayerError:
            return None  # the download itself tells what is wrong

    def _stop(self, id_: int, wanted: Stage) -> None:
        with self._lock:
            found = self._downloads.get(id_)
            if found is None or found.stage in ("done", "cancelled"):
                return
            if found.stage == "failed" and wanted == "paused":
                return
            found.wanted = wanted
            found.stop.set()
            if found.stage not in ("running", "checking"):
                self._end(found, wanted)
        if wanted == "cancelled" and found.stage == "cancelled":
            self._discard(found)

    def _is_idle(self) -> bool:
        busy = ("waiting", "running", "checking")
        return not any(one.stage in busy for one in self._downloads.values())

    def _work(self) -> None:
        while (one := self._waiting.get()) is not None:
            with self._lock:
                if one.stage != "waiting":
                    continue
                one.stage = "running"
            self._run(one)

    def _run(self, one: _Download) -> None:
        try:
            path = self._cache.fetch(one.kind, one.id, lambda now: self._see(one, now), one.stop)
            size = path.stat().st_size
            with self._lock:
                one.bytes = one.total = size
                self._end(one, "done")
        except Stopped:
            self._stopped(one)
        except (ObjectMissing, NotOnThisMachine, UnknownId) as error:
            self._fail(one, error.without_folders(), is_missing=True)
        except DataLayerError as error:
            self._fail(one, error.without_folders())
        except Exception as error:  # the thread must go on with the others
            log.exception("the download of %s", one.id)
            self._fail(one, f"The download has failed: {error}")

    def _stopped(self, one: _Download) -> None:
        if one.wanted == "cancelled":
            self._discard(one)
        with self._lock:
            self._end(one, one.wanted)
            if one.wanted == "waiting":  # somebody has asked for it again meanwhile
                one.stop.clear()
                self._waiting.put(one)

    def _see(self, one: _Download, now: Progress) -> None:
        with self._lock:
            one.bytes, one.total = now.done, now.total
            one.rate.see(now.done)
            one.stage = "checking" if now.checking else "running"

    def _fail(self, one: _Download, sentence: str, *, is_missing: bool = False) -> None:
        with self._lock:
            one.sentence, one.is_missing = sentence, is_missing
            self._end(one, "failed")

    def _end(self, one: _Download, stage: Stage) -> None:
        one.stage = stage
        self._lock.notify_all()

    def _discard(self, one: _Download) -> None:
        try:
            place = self._cache.place_of(one.kind, one.id)
            if place is not None and not place.is_file():
                discard(place)
            one.bytes = 0
        except (DataLayerError, OSError):
            log.warning("what has arrived of %s was not removed", one.id, exc_info=True)
