"""Ends the process on SIGINT (Ctrl-C) and SIGTERM (``kill``) without a word of Python."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)
TIDY = 8.0  # s
_half_built: list[Path] = []


@contextmanager
def on_signals(act: Callable[[int], object]) -> Iterator[None]:
    """Call ``act(number)`` in the main thread when one of ``SIGNALS`` arrives during the block."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python lets only the main thread choose what signals do
        return
    before = {number: signal.signal(number, lambda n, _frame: act(n)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_at_once(number: int) -> NoReturn:
    """End with the status that shells give to a process ended by this signal.

    An exception instead could be raised inside the import of a library or in a destructor, which
    report it in words of their own, or ignore it.
    """
    os._exit(128 + number)


def end_tidily(number: int) -> NoReturn:
    """Raise ``SystemExit`` so that blocks clean up, in silence and for at most ``TIDY`` seconds.

    Further signals are ignored.
    """
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    # Libraries report an exception that comes while they import or release something.
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 2)
    clock = threading.Timer(TIDY, os._exit, [128 + number])
    clock.daemon = True
    clock.start()
    raise SystemExit(128 + number)


def interrupt(number: int) -> NoReturn:
    """Raise ``KeyboardInterrupt``, for a command that tells what it has done until then."""
    raise KeyboardInterrupt(number)


@contextmanager
def half_built(folder: Path) -> Iterator[None]:
    """Let ``end_without_remains`` remove the folder if a signal arrives during the block."""
    _half_built.append(folder)
    try:
        yield
    finally:
        _half_built.remove(folder)


def end_without_remains(number: int) -> NoReturn:
    """End with the status of this signal, and remove what is half built.

    The main thread builds and runs this, so it writes no more. Threads of libraries may still
    write for a moment, so a folder is removed until it stays away.
    """
    until = time.monotonic() + TIDY
    for folder in _half_built:
        while folder.exists() and time.monotonic() < until:
            shutil.rmtree(folder, ignore_errors=True)
            time.sleep(0.1)
    os._exit(128 + number)


def end_with_parent() -> NoReturn:
    """End as on SIGTERM, because the process that this one works for is no more.

    For a thread beside the main one, which takes the signal between two calls.
    """
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(TIDY)
    os._exit(128 + signal.SIGTERM)


def leave(status: int) -> NoReturn:
    """End now, whatever other threads are doing; at a usual end Python can crash with them."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)
