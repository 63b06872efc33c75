"""Runs calls in processes of their own; one that is killed loses its own call alone.

``concurrent.futures.ProcessPoolExecutor`` ends all of its processes when one of them is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from data_layer.ending import TIDY, end_with_parent, end_without_remains, on_signals
from data_layer.preparing.process import NICENESS

T = TypeVar("T")


class WorkerLost(Exception):
    """The process ended before it had answered; ``status`` is its exit status."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status

    def __str__(self) -> str:
        return f"its process ended with status {self.status}"


class Processes(Executor):
    """An executor with ``n`` processes, started when they are first needed."""

    def __init__(self, n: int) -> None:
        # A thread for each process waits for its answers.
        self._threads = ThreadPoolExecutor(n, thread_name_prefix="worker")
        self._own = threading.local()
        self._workers: set[_Worker] = set()
        self._lock, self._ending = threading.Lock(), False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call ``fn`` in a process; ``WorkerLost`` is the exception if that ends."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when all calls are done, or at once with ``cancel_futures``."""
        self._threads.shutdown(wait=wait and not cancel_futures, cancel_futures=cancel_futures)
        with self._lock:
            self._ending, workers = True, list(self._workers)
        for worker in workers:
            worker.ask_to_end()
        for worker in workers:
            worker.end()

    def __exit__(self, kind: Any, *error: Any) -> None:
        """Wait for all calls, unless the block has ended with an exception."""
        self.shutdown(cancel_futures=kind is not None)

    def _call(self, fn: Callable[..., T], args: Any, kwargs: Any) -> T:
        worker = self._worker()
        try:
            answer: T = worker.call(fn, args, kwargs)
        except WorkerLost:
            with self._lock:
                self._workers.discard(worker)
            self._own.worker = None
            raise
        return answer

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            with self._lock:  # none is started that nobody ends
                if self._ending:
                    raise WorkerLost(None)
                worker = self._own.worker = _Worker()
                self._workers.add(worker)
        return worker


class _Worker:
    def __init__(self) -> None:
        # Not a fork: that would copy the locks which other threads hold at this moment.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()

    def call(self, fn: Callable[..., T], args: Any, kwargs: Any) -> T:
        try:
            self._ours.send((fn, args, kwargs))
            succeeded, answer = self._ours.recv()
        except (EOFError, OSError) as error:
            self._process.join()
            raise WorkerLost(self._process.exitcode) from error
        if not succeeded:
            raise answer
        found: T = answer
        return found

    def ask_to_end(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        self._process.join(TIDY)
        self._process.kill()
        self._process.join()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let a process start that Ctrl-C in a terminal does not reach: its parent ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(connection: Connection) -> None:
    """Answer calls, one after the other, until the process is ended or its parent is no more."""
    os.nice(NICENESS)
    with on_signals(end_without_remains):
        threading.Thread(target=_wait_for_parent, daemon=True).start()
        with suppress(EOFError, OSError):
            while True:
                fn, args, kwargs = connection.recv()
                connection.send(_answer(fn, args, kwargs))


def _answer(fn: Callable[..., Any], args: Any, kwargs: Any) -> tuple[bool, Any]:
    try:
        return True, fn(*args, **kwargs)
    except Exception as error:
        return False, error


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    end_with_parent()
