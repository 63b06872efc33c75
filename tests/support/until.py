"""Waiting for what another thread or process does; the test's own time limit ends it."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(true: Callable[[], bool]) -> None:
    """Return when ``true()`` is."""
    while not true():
        time.sleep(0.02)
