"""Waits for another thread or process, until the time limit of the test."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(true: Callable[[], bool]) -> None:
    """Return as soon as ``true()`` is true."""
    while not true():
        time.sleep(0.02)
