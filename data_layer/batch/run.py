"""Runs a task over many files on any executor; what the journal has is not done again."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from data_layer.batch.attempt import TRIES, Attempt
from data_layer.batch.journal import Journal
from data_layer.batch.task import Item, Outcome, Task

LOOK_EVERY = 0.2  # s
NO_ANSWER = "{name}: no worker has answered ({problem}). See that all workers run ({path})."


@dataclass
class Batch:
    """One start of a task over ``items``; ``folder`` has the journals of all tasks."""

    task: Task
    items: Sequence[Item]
    folder: Path
    _asked: dict[Future[Outcome], Attempt] = field(default_factory=dict)
    _times: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.journal = Journal(self.folder / self.task.name, uuid4().hex, self.task.version())

    def run(self, executor: Executor) -> Generator[Outcome | None]:
        """Yield each outcome as it comes, and None when there was none for a moment.

        A file is tried again, ``TRIES`` times in all, if its worker was lost or if its problem
        may pass. Files that an earlier start has left unfinished come last.
        """
        attempts = [Attempt(self.task, item, item.key, self.journal) for item in self.items]
        left = []
        for attempt in attempts:
            known = attempt.known()
            if known:
                yield known
            else:
                left.append(attempt)
        for attempt in sorted(left, key=lambda one: self.journal.is_open(one.item)):
            self._ask(executor, attempt)
        yield from self._answers(executor)
        if not self.task.keep:
            for attempt in attempts:
                self.journal.forget(attempt.item)

    def part(self) -> float:
        """How much of the files that are being worked on is done: the sum of their parts."""
        running = [attempt.item for future, attempt in self._asked.items() if future.running()]
        return sum(self.task.part(item, self.task.settings) for item in running)

    def _ask(self, executor: Executor, attempt: Attempt) -> None:
        self._times[attempt.key] = self._times.get(attempt.key, 0) + 1
        self._asked[_submitted(executor, attempt)] = attempt

    def _answers(self, executor: Executor) -> Iterator[Outcome | None]:
        while self._asked:
            answered, _ = wait(self._asked, LOOK_EVERY, FIRST_COMPLETED)
            for future in answered:
                attempt = self._asked.pop(future)
                outcome = _outcome(future, attempt)
                if outcome.again and self._times[attempt.key] < TRIES:
                    self._ask(executor, attempt)
                else:
                    yield outcome
            if not answered:
                yield None


def _submitted(executor: Executor, attempt: Attempt) -> Future[Outcome]:
    """The answer that is to come; an executor that takes nothing any more is one of no answer."""
    try:
        return executor.submit(attempt)
    except Exception as error:  # such as a cluster that was lost a while ago
        refused: Future[Outcome] = Future()
        refused.set_exception(error)
        return refused


def _outcome(future: Future[Outcome], attempt: Attempt) -> Outcome:
    """What the worker has answered, or else what the journal says."""
    try:
        error = future.exception()
    except CancelledError as cancelled:
        error = cancelled
    if error is None:
        return future.result()
    if known := attempt.known():
        return known
    problem = " ".join(f"{type(error).__name__} {error}".split())
    sentence = NO_ANSWER.format(name=attempt.item.name, problem=problem, path=attempt.item.path)
    return replace(attempt.failed(sentence, "no answer"), again=True)
