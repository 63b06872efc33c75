"""Threads that answer requests; what is always quick has threads of its own.

So ``/health`` and the page's scripts are answered even while every other thread is taken.
"""

from __future__ import annotations

from typing import Any

from waitress.task import ThreadedTaskDispatcher

from dashboard.urls.prefix import inside
from dashboard.urls.routes import HEALTH

QUICK_THREADS = 2
QUICK = (HEALTH, "/assets/", "/_dash-component-suites/", "/_favicon.ico")


class Lanes:
    """Waitress' dispatcher with two lanes: one for what is quick, one for everything else."""

    def __init__(self, threads: int, prefix: str = "") -> None:
        self._prefix = prefix
        self._quick, self._usual = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._quick.set_thread_count(QUICK_THREADS)
        self._usual.set_thread_count(threads)

    def add_task(self, channel: Any) -> None:
        """Let a thread of the right lane answer a connection's first request."""
        request = channel.requests[0]
        is_quick = request.error or inside(request.path, self._prefix).startswith(QUICK)
        (self._quick if is_quick else self._usual).add_task(channel)
