"""Thread-safe memo of bounded size; the least recently used results are evicted first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd
from cachetools import LRUCache

from data_layer.locks import LockPerKey

Value = TypeVar("Value")
Results = LRUCache[str, tuple[Any, int]]

SMALL = 64 * 2**10
"""Results up to this many bytes have a memo of their own, so that large ones never evict them."""
SMALL_LIMIT = 16 * 2**20
"""Total bytes of the small results of one memo, ``OVERHEAD`` per result included."""
LIMIT = 512 * 2**20
"""Total bytes of all other results of one memo."""
OVERHEAD = 1024
"""Bytes that each result counts in addition to its arrays."""


class Memo:
    """Results by name, computed once even when several threads ask at the same time.

    Threads that ask for different names do not wait for each other. Small and large results have
    separate limits (``SMALL_LIMIT``, ``LIMIT``). A result larger than ``LIMIT`` is stored too,
    until the next large one evicts it.
    """

    def __init__(self) -> None:
        self._guard, self._locks = Lock(), LockPerKey()
        self._small: Results = LRUCache(SMALL_LIMIT, lambda kept: kept[1])
        limit = LIMIT
        self._large: Results = LRUCache(limit, lambda kept: min(kept[1], limit))

    def get(self, name: str, compute: Callable[[], Value]) -> Value:
        """The stored result called ``name``, else that of ``compute()``, which is then stored."""
        found = self._found(name)
        if found is not None:
            return cast(Value, found[0])
        with self._locks.of(name):
            found = self._found(name)  # another thread may have computed it meanwhile
            if found is not None:
                return cast(Value, found[0])
            value = compute()
            size = size_in_bytes(value)
            results = self._small if size <= SMALL else self._large
            with self._guard:
                results[name] = value, size + OVERHEAD
            return value

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._small.clear()
            self._large.clear()

    @property
    def size(self) -> int:
        """Total bytes of the results; one larger than ``LIMIT`` counts as ``LIMIT``."""
        with self._guard:
            return int(self._small.currsize + self._large.currsize)

    def _found(self, name: str) -> tuple[Any, int] | None:
        """A stored result and its size in bytes, or None."""
        with self._guard:
            results = self._small if name in self._small else self._large
            return results.get(name)


def size_in_bytes(value: object) -> int:
    """Approximate memory of the arrays in a result, in bytes."""
    parts: Iterable[object]
    if isinstance(value, pd.DataFrame):
        parts = (value[name].array for name in value.columns)
    elif isinstance(value, tuple | list):
        parts = value
    elif isinstance(value, Mapping):
        parts = value.values()
    elif is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, field.name) for field in fields(value))
    else:
        return _array_bytes(value)
    return sum(map(size_in_bytes, parts))


def _array_bytes(value: object) -> int:
    own = int(getattr(value, "nbytes", 0))
    if own and str(getattr(value, "dtype", "")) == "object":
        cells = np.asarray(value).ravel()
        if hasattr(cells[0], "nbytes"):  # all cells have the first one's type; text is not counted
            return own + sum(int(getattr(cell, "nbytes", 0)) for cell in cells)
    return own
