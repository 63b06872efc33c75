"""Turns for costly computations: a few at a time, the others wait in a queue of bounded length."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from data_layer.errors import TooBusy


class Superseded(Exception):
    """The same client has asked the same part of a page anew; nobody waits for this answer."""


@dataclass(eq=False, slots=True)
class _Waiting:
    client: str
    what: str
    has_turn: bool = False
    is_dropped: bool = False


class Turns:
    """At most ``at_once`` computations run at the same time. Thread-safe.

    The next turn goes to the client with the fewest running computations, and among those to the
    one who has waited longest. Half of the places in the queue are the most that one client gets.

    Args:
        at_once: how many computations run at the same time.
        waiting: how many others wait for their turn; 0 refuses them at once.
        seconds: how long one waits.
        share: how many computations of one client run at the same time; ``at_once`` if None.
    """

    def __init__(
        self, at_once: int, waiting: int, seconds: float, share: int | None = None
    ) -> None:
        self.at_once, self.places, self.seconds = at_once, waiting, seconds
        self.share = at_once if share is None else share
        self._waiting: list[_Waiting] = []
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, client: str, what: str = "") -> Iterator[None]:
        """Wait for a turn and hold it during the block.

        Args:
            client: who asks.
            what: if given, a request of the same client for the same thing that still waits is
                dropped.

        Raises:
            TooBusy: Too many wait already, or the turn did not come in time.
            Superseded: The client has asked the same anew.
        """
        self._wait(_Waiting(client, what))
        try:
            yield
        finally:
            with self._changed:
                self._running[client] -= 1
                self._running += Counter()  # clients without computations are forgotten
                self._hand_out()

    def _wait(self, me: _Waiting) -> None:
        end = time.monotonic() + self.seconds
        with self._changed:
            self._drop_older(me)
            self._waiting.append(me)
            self._hand_out()
            if not me.has_turn and self._is_crowded(me.client):
                self._give_up(me)
            while not (me.has_turn or me.is_dropped):
                if not self._changed.wait(end - time.monotonic()):
                    self._give_up(me)
        if me.is_dropped:
            raise Superseded

    def _drop_older(self, me: _Waiting) -> None:
        if me.what:
            for other in [w for w in self._waiting if (w.client, w.what) == (me.client, me.what)]:
                other.is_dropped = True
                self._waiting.remove(other)
                self._changed.notify_all()

    def _is_crowded(self, client: str) -> bool:
        own = sum(other.client == client for other in self._waiting)
        return len(self._waiting) > self.places or own > -(-self.places // 2)

    def _give_up(self, me: _Waiting) -> None:
        if me in self._waiting:
            self._waiting.remove(me)
            raise TooBusy

    def _hand_out(self) -> None:
        while self._running.total() < self.at_once:
            allowed = [w for w in self._waiting if self._running[w.client] < self.share]
            if not allowed:
                break
            first = min(allowed, key=lambda waiting: self._running[waiting.client])
            self._waiting.remove(first)
            first.has_turn = True
            self._running[first.client] += 1
        self._changed.notify_all()
