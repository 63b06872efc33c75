"""The queue of preparations that people have asked for: one at a time, each to be cancelled."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from data_layer.batch import engines
from data_layer.batch.preparing import prepare_task
from data_layer.batch.run import Batch
from data_layer.batch.task import Item, Outcome
from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.protocol import Cache

log = logging.getLogger(__name__)

Stage = Literal["waiting", "running", "done", "failed", "cancelled"]
BUSY: frozenset[Stage] = frozenset({"waiting", "running"})


@dataclass(frozen=True, slots=True)
class PreparationState:
    """One preparation: ``part`` (0 to 1) is done; ``sentence`` says why it has failed."""

    id: int
    kind: FileKind
    stage: Stage
    part: float = 0.0
    sentence: str = ""


class _Cancelled(Exception):
    """The preparation that runs is to end, and its process with it."""


@dataclass
class _Preparation:
    """One preparation of the queue; its lock is the queue's."""

    kind: FileKind
    id: int
    stage: Stage = "waiting"
    part: float = 0.0
    sentence: str = ""

    def state(self) -> PreparationState:
        return PreparationState(self.id, self.kind, self.stage, self.part, self.sentence)


class Preparations:
    """Prepares files of ``cache`` on ``shelf``, one at a time in a process of its own. Thread-safe.

    What fails does so alone: the others go on. A file that is prepared already is done at once.
    """

    def __init__(self, cache: Cache, shelf: Shelf) -> None:
        self._cache, self._shelf = cache, shelf
        self._lock = threading.Condition()
        self._all: dict[int, _Preparation] = {}
        self._thread: threading.Thread | None = None

    def start(self, kind: FileKind, ids: Iterable[int]) -> None:
        """Prepare the files of some ids, besides those under way."""
        with self._lock:
            for id_ in ids:
                if id_ not in self._all or self._all[id_].stage not in BUSY:
                    self._all.pop(id_, None)  # what is asked for anew comes last
                    self._all[id_] = _Preparation(kind, id_)
            if self._thread is None and self._is_busy():
                self._thread = threading.Thread(target=self._work, name="prepare", daemon=True)
                self._thread.start()

    def cancel(self, id_: int) -> None:
        """End a preparation; what was built of it is removed."""
        with self._lock:
            found = self._all.get(id_)
            if found is not None and found.stage in BUSY:
                self._end(found, "cancelled")

    def cancel_all(self) -> None:
        """End all preparations."""
        for state in self.states():
            self.cancel(state.id)

    def clear(self) -> None:
        """Take all preparations that have ended from the list."""
        with self._lock:
            self._all = {id_: one for id_, one in self._all.items() if one.stage in BUSY}

    def state_of(self, id_: int) -> PreparationState | None:
        """The preparation of an id; None if nobody has asked for it."""
        with self._lock:
            found = self._all.get(id_)
            return found.state() if found else None

    def states(self) -> tuple[PreparationState, ...]:
        """All preparations, in the order in which they were asked for."""
        with self._lock:
            return tuple(one.state() for one in self._all.values())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until every preparation is done, failed or cancelled; False after a timeout."""
        with self._lock:
            return self._lock.wait_for(lambda: self._thread is None, timeout)

    def _is_busy(self) -> bool:
        return any(one.stage in BUSY for one in self._all.values())

    def _work(self) -> None:
        while not self._is_over():
            # Cancelling ends the process, so the next file has another.
            with suppress(_Cancelled), engines.processes(1) as executor:
                while (one := self._next()) is not None:
                    self._run(one, executor)

    def _is_over(self) -> bool:
        with self._lock:
            if self._is_busy():
                return False
            self._thread = None
            self._lock.notify_all()
            return True

    def _next(self) -> _Preparation | None:
        with self._lock:
            waiting = (one for one in self._all.values() if one.stage == "waiting")
            one = next(waiting, None)
            if one is not None:
                one.stage = "running"
            return one

    def _run(self, one: _Preparation, executor: Executor) -> None:
        try:
            path = self._cache.path_of(one.kind, one.id)
            outcome = self._outcome(one, Item(one.kind, one.id, str(path)), executor)
            self._shelf.gather_summaries()
            with self._lock:
                one.sentence, one.part = outcome.problem, 1.0
                self._end(one, "failed" if outcome.state == "failed" else "done")
        except _Cancelled:
            raise
        except DataLayerError as error:
            self._fail(one, error.without_folders())
        except Exception as error:  # the thread must go on with the others
            log.exception("the preparation of %s", one.id)
            self._fail(one, f"{one.kind} {one.id} could not be prepared: {error}")

    def _outcome(self, one: _Preparation, item: Item, executor: Executor) -> Outcome:
        """What became of a file.

        Raises:
            _Cancelled: Somebody has cancelled it.
        """
        batch = Batch(prepare_task(self._shelf), [item], self._shelf.journals)
        for outcome in batch.run(executor):
            if outcome is not None:
                return outcome
            if one.stage == "cancelled":
                batch.journal.forget(item)  # else it would count as a process that was lost
                raise _Cancelled
            one.part = max(one.part, batch.part())
        raise RuntimeError("a batch of one file has no outcome")

    def _fail(self, one: _Preparation, sentence: str) -> None:
        with self._lock:
            one.sentence = sentence
            self._end(one, "failed")

    def _end(self, one: _Preparation, stage: Stage) -> None:
        """Give a preparation its last stage, unless it was cancelled meanwhile."""
        if one.stage in BUSY:
            one.stage = stage
        self._lock.notify_all()
