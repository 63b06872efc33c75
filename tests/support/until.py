"""Waits for other threads and processes, until the time limit of the test."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def wait_until(true: Callable[[], bool], every: float = 0.02) -> None:
    """Return as soon as ``true()``, asked ``every`` seconds, is true."""
    while not true():
        time.sleep(every)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, in any of its threads."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # the thread has ended
            found += [int(child) for child in path.read_text().split()]
    return found
