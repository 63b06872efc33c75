"""One try of a task on one file, as a worker runs it, wherever that is."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from data_layer.batch.journal import Journal, state_of_file
from data_layer.batch.task import Item, Outcome, Task
from data_layer.errors import CannotPrepare, DataLayerError, NotReadableNow, SessionFileError

TRIES = 2
"""A file is begun so often; then it is told as a problem, and the others go on."""
KILLER = (
    "{name}: each of {n} processes that worked on it was lost, perhaps for want of memory. "
    "Run it alone, with --workers 1 or on a machine with more memory ({path})."
)
OTHER_CODE = "{name}: a worker runs another version of this program. Install the same everywhere."


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a worker needs to know; all of it can be sent to another machine."""

    task: Task
    item: Item
    key: str
    journal: Journal

    def __call__(self) -> Outcome:
        """Do the work, unless the journal has it; an error becomes a failed outcome.

        The scheduler of a cluster may ask for the same file again when a worker is lost that had
        finished it; the journal then answers.
        """
        return self.known() or self._work()

    def known(self) -> Outcome | None:
        """What is clear without any work: it is done, or must not be tried here."""
        if self.task.version() != self.journal.code:
            return self.failed(OTHER_CODE.format(name=self.item.name), "other version")
        if found := self._finished():
            return found
        if (lost := self.journal.lost(self.item, self.key)) >= TRIES:
            text = KILLER.format(name=self.item.name, n=lost, path=self.item.path)
            return replace(self.failed(text, "workers lost"), tries=lost)
        return None

    def _finished(self) -> Outcome | None:
        """What is done and needs not be done again."""
        done, stands = self.journal.finished(self.item, self.key), self.task.stands
        if not done or (stands and not stands(self.item, self.task.settings)):
            return None
        found = Outcome(self.item, "already done", done["result"], size=_size(self.item))
        if done["run"] == self.journal.run:  # the answer was lost on its way
            found = replace(found, state="done", seconds=float(done.get("seconds", 0)))
        return found

    def failed(self, problem: str, reason: str) -> Outcome:
        """The outcome if the file is left for ``problem``, a sentence."""
        size = _size(self.item)
        return Outcome(self.item, "failed", problem=problem, reason=reason, tries=0, size=size)

    def _work(self) -> Outcome:
        tries = self.journal.lost(self.item, self.key) + 1
        self.journal.started(self.key)
        state, begin = state_of_file(self.item), time.perf_counter()
        forget_peak()
        try:
            result = self.task.function(self.item, self.task.settings)
        except Exception as error:
            problem = _sentence(self.item, error)
            self.journal.failed(self.key, problem)
            failed = self.failed(problem, str(getattr(error, "result", type(error).__name__)))
            return replace(failed, tries=tries, again=_may_pass(error))
        seconds = round(time.perf_counter() - begin, 3)
        size, peak = _size(self.item), peak_megabytes()
        facts = {"result": result, "seconds": seconds, "bytes": size, "megabytes": peak}
        self.journal.done(self.item, self.key, state, facts)
        done = Outcome(self.item, "done", result, tries=tries, seconds=seconds)
        return replace(done, size=size, megabytes=peak)


def _sentence(item: Item, error: Exception) -> str:
    if isinstance(error, DataLayerError):
        return " ".join(str(error).split())
    text = " ".join(str(error).split())
    return f"{item.name}: {type(error).__name__}: {text} ({item.path})"


def _may_pass(error: Exception) -> bool:
    """Whether the same may go well a moment later: a network, another process, want of memory."""
    if isinstance(error, NotReadableNow):
        return True
    if isinstance(error, (SessionFileError, CannotPrepare)):
        return False
    return isinstance(error, (DataLayerError, OSError, MemoryError))


def _size(item: Item) -> int:
    try:
        return Path(item.path).stat().st_size
    except OSError:
        return 0


def forget_peak() -> None:
    """Let :func:`peak_megabytes` begin anew, where the system can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_megabytes() -> int:
    """The largest memory of this process (MB); 0 where the system does not tell."""
    with suppress(OSError, AttributeError):
        status = Path("/proc/self/status").read_text()
        return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) // 1024  # type: ignore[index]
    return 0
