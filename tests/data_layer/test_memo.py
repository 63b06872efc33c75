"""The memo: bounded, computed once by however many threads, waiting for nobody else's result."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier, Event

import numpy as np
import pandas as pd
import pytest

from data_layer import memo
from data_layer.memo import Memo, size_in_bytes


def test_large_results_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_layer.memo.SMALL", 100)
    monkeypatch.setattr("data_layer.memo.LIMIT", 1000)
    monkeypatch.setattr("data_layer.memo.OVERHEAD", 0)
    kept, reads = Memo(), []

    def ask(name: str, size: int) -> None:
        def read() -> np.ndarray:
            reads.append(name)
            return np.zeros(size, np.uint8)

        kept.get(name, read)

    ask("small", 50)
    for name in ("a", "b", "a", "c"):  # b was used longest ago when c comes
        ask(name, 400)
    ask("huge", 5000)  # kept although it is more than all may be together
    ask("huge", 5000)
    ask("small", 50)
    ask("a", 400)
    assert reads == ["small", "a", "b", "c", "huge", "a"]


def test_small_results_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "SMALL_LIMIT", 100 * memo.OVERHEAD)
    kept = Memo()
    for number in range(1000):
        assert kept.get(str(number), partial(int, number)) == number
    assert kept.size == 100 * memo.OVERHEAD
    kept.clear()
    assert kept.size == 0


def test_a_result_may_be_none() -> None:
    kept, reads = Memo(), 0

    def read() -> None:
        nonlocal reads
        reads += 1

    for _ in range(2):
        kept.get("nothing", read)
    assert reads == 1


def test_many_threads_compute_a_result_once() -> None:
    kept, together = Memo(), Barrier(8)
    reads: list[str] = []

    def read() -> np.ndarray:
        reads.append("read")
        return np.zeros(10)

    def ask(_: int) -> np.ndarray:
        together.wait()
        return kept.get("name", read)

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(ask, range(8)))
    assert reads == ["read"]
    assert all(result is results[0] for result in results)


def test_who_asks_for_another_name_does_not_wait() -> None:
    kept, begun, go_on = Memo(), Event(), Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(60)
        return "slow"

    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(kept.get, "slow", slow)
        assert begun.wait(60)
        assert kept.get("quick", lambda: "quick") == "quick"
        assert not asked.done()
        assert len(kept._locks) == 1
        go_on.set()
        assert asked.result() == "slow"


def test_no_lock_stays_and_errors_are_not_kept() -> None:
    kept = Memo()
    for number in range(100):
        kept.get(str(number), lambda: kept.get("another", lambda: 1))
        with pytest.raises(ZeroDivisionError):
            kept.get("error", lambda: 1 / 0)
    assert kept.get("error", lambda: 2) == 2
    assert len(kept._locks) == 0


@dataclass(frozen=True, slots=True)
class Levels:
    by_size: dict[int, np.ndarray]
    name: str


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (np.zeros(10), 80),
        ((np.zeros(10), None), 80),
        ([np.zeros(10), np.zeros(2, np.int32)], 88),
        (Levels({8: np.zeros((5, 3), np.int32), 16: np.zeros(3, np.int32)}, "levels"), 72),
        (pd.DataFrame({"a": np.zeros(10), "b": np.zeros(10, np.float32)}), 120),
        (None, 0),
    ],
)
def test_sizes_count_every_array_of_a_result(value: object, size: int) -> None:
    assert size_in_bytes(value) == size
