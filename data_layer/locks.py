"""One lock per key: threads wait for each other only if they use the same key."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any


@dataclass
class _Counted:
    lock: Any = field(default_factory=RLock)
    users: int = 0


class LockPerKey:
    """A reentrant lock per key; locks that nobody holds or waits for are removed."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: dict[Hashable, _Counted] = {}

    def __len__(self) -> int:
        """How many keys are held or waited for."""
        return len(self._locks)

    @contextmanager
    def of(self, key: Hashable) -> Iterator[None]:
        """Hold the lock of ``key``."""
        with self._guard:
            counted = self._locks.setdefault(key, _Counted())
            counted.users += 1
        try:
            with counted.lock:
                yield
        finally:
            with self._guard:
                counted.users -= 1
                if not counted.users:
                    del self._locks[key]
