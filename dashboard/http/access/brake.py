"""Slows down who tries passwords; what it remembers is bounded."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cachetools import TTLCache

TRIES, WITHIN = 5, 60.0  # s
MOST_VISITORS = 4096
CHECKS_AT_ONCE = 1
LONGEST_WAIT = 2.0  # s; how long a login waits for the others'


class Brake:
    """At most five wrong passwords a minute from one network, and one check at a time.

    One check takes 32 MB and 0.1 s of a core, so checks at once would be costly for the server.
    If more networks try than are remembered, the oldest are forgotten.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._wrong: TTLCache[str, int] = TTLCache(MOST_VISITORS, WITHIN, timer=clock)
        self._lock = threading.Lock()
        self._checks = threading.BoundedSemaphore(CHECKS_AT_ONCE)

    def may_try(self, visitor: str) -> bool:
        """Count a try of a visitor's address; False if there were too many."""
        network = network_of(visitor)
        with self._lock:
            tries = self._wrong.get(network, 0)
            if tries >= TRIES:
                return False
            # The time counts from the last try.
            self._wrong[network] = tries + 1
            return True

    def was_right(self, visitor: str) -> None:
        """Forget the tries of a visitor, who knows the password."""
        with self._lock:
            self._wrong.pop(network_of(visitor), None)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Wait for the turn to check a password; gives False if it takes too long."""
        came = self._checks.acquire(timeout=LONGEST_WAIT)
        try:
            yield came
        finally:
            if came:
                self._checks.release()


def network_of(visitor: str) -> str:
    """The network of an address: one person has a whole /64 of IPv6."""
    try:
        address = ipaddress.ip_address(visitor.partition("%")[0])
    except ValueError:
        return visitor[:100]
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
