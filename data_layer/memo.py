"""What a session has read already: everything small, and of the large the latest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

Value = TypeVar("Value")

LARGE = 16 * 2**20
LARGE_TOTAL = 512 * 2**20


class Kept:
    """Results by name, read once even when several threads ask at the same time.

    Large results (above 16 MB) are kept up to 512 MB together; beyond that the one that was
    used longest ago goes. The latest is kept whatever its size.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: dict[str, RLock] = {}
        self._results: OrderedDict[str, tuple[Any, int]] = OrderedDict()

    def get(self, name: str, read: Callable[[], Value]) -> Value:
        """The result called ``name``; ``read()`` where it is not kept."""
        with self._guard:
            lock = self._locks.setdefault(name, RLock())
        with lock:
            with self._guard:
                if name in self._results:
                    self._results.move_to_end(name)
                    return cast(Value, self._results[name][0])
            value = read()
            with self._guard:
                self._results[name] = value, size_in_bytes(value)
                self._forget_large()
            return value

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._results.clear()

    def _forget_large(self) -> None:
        large = [name for name, (_, size) in self._results.items() if size > LARGE]
        total = sum(self._results[name][1] for name in large)
        for name in large[:-1]:
            if total <= LARGE_TOTAL:
                break
            total -= self._results.pop(name)[1]


def size_in_bytes(value: object) -> int:
    """About how much memory the arrays of a result take."""
    if isinstance(value, pd.DataFrame):
        return sum(size_in_bytes(value[name].array) for name in value.columns)
    if isinstance(value, tuple):
        return sum(size_in_bytes(part) for part in value)
    own = int(getattr(value, "nbytes", 0))
    if str(getattr(value, "dtype", "")) != "object":
        return own
    return own + sum(int(getattr(cell, "nbytes", 0)) for cell in np.asarray(value))
