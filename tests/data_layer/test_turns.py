"""Turns: a few computations at a time, the others in a fair queue of bounded length."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from data_layer.errors import TooBusy
from data_layer.turns import Superseded, Turns
from tests.support.until import wait_until


class Asker(threading.Thread):
    """A request that holds its turn until it is released."""

    def __init__(self, turns: Turns, client: str, what: str = "") -> None:
        super().__init__()
        self.turns, self.client, self.what = turns, client, what
        self.runs, self.released = threading.Event(), threading.Event()
        self.failed: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            with self.turns.turn(self.client, self.what):
                self.runs.set()
                self.released.wait()
        except (TooBusy, Superseded) as error:
            self.failed = error

    def end(self) -> None:
        self.released.set()
        self.join()


@contextmanager
def asked(turns: Turns, *clients: str) -> Iterator[list[Asker]]:
    """Requests in this order: each runs or waits before the next asks."""
    askers: list[Asker] = []
    for client in clients:
        asker = Asker(turns, *client.split("/"))
        askers.append(asker)
        wait_until(lambda: asker.runs.is_set() or is_waiting(turns, asker) or not asker.is_alive())  # noqa: B023
    yield askers
    for asker in askers:
        asker.released.set()
    for asker in askers:
        asker.join()


def is_waiting(turns: Turns, asker: Asker) -> bool:
    return any(w.client == asker.client and w.what == asker.what for w in list(turns._waiting))


def test_two_run_and_the_third_follows() -> None:
    with asked(Turns(2, 4, 60), "a", "b", "c") as (first, second, third):
        assert first.runs.is_set()
        assert second.runs.is_set()
        assert not third.runs.is_set()
        second.end()
        assert third.runs.wait(10)


def test_a_client_with_nothing_running_comes_first() -> None:
    with asked(Turns(2, 8, 60), "a", "a", "a/1", "b") as (first, _, again, other):
        first.end()
        assert other.runs.wait(10)
        assert not again.runs.is_set()


def test_who_finds_the_queue_full_is_told_at_once() -> None:
    with asked(Turns(1, 2, 60), "a", "b", "c", "d") as (*_, refused):
        refused.join(10)
        assert isinstance(refused.failed, TooBusy)


def test_one_client_gets_half_of_the_queue() -> None:
    with asked(Turns(1, 2, 60), "a", "a/1", "a/2", "b") as (_, waiting, refused, other):
        refused.join(10)
        assert isinstance(refused.failed, TooBusy)
        assert waiting.is_alive()
        assert other.is_alive()


def test_a_share_leaves_turns_for_others() -> None:
    with asked(Turns(4, 8, 60, share=2), "a", "a", "a/3", "b") as (_, _, third, other):
        assert other.runs.is_set()
        assert not third.runs.is_set()


def test_a_turn_that_does_not_come_in_time_is_told() -> None:
    with asked(Turns(1, 2, 0.1), "a", "b") as (_, late):
        late.join(10)
        assert isinstance(late.failed, TooBusy)


def test_what_is_asked_anew_drops_what_still_waits() -> None:
    with asked(Turns(1, 8, 60), "a/x", "a/events", "a/events", "b/events") as askers:
        running, old, new, other = askers
        old.join(10)
        assert isinstance(old.failed, Superseded)
        running.end()
        assert new.runs.wait(10)
        new.end()
        assert other.runs.wait(10)


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns(1, 0, 60)
    with pytest.raises(ZeroDivisionError), turns.turn("a"):
        raise ZeroDivisionError
    with turns.turn("b"):
        pass
