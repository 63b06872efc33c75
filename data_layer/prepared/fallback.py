"""The way from a prepared store back to the NWB file: the only place where it is taken."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from data_layer.errors import StoreDamaged

if TYPE_CHECKING:
    from data_layer.prepared.reader import PreparedStore

T = TypeVar("T")
log = logging.getLogger(__name__)


class Fallback:
    """A prepared store for as long as it proves to be whole.

    A store that proves to be damaged becomes ``left_aside`` for good: ``damage`` says how, and
    everything comes from the NWB file from then on.
    """

    def __init__(self, prepared: PreparedStore | None = None) -> None:
        self.prepared = prepared
        self.damage: StoreDamaged | None = None
        self.left_aside: PreparedStore | None = None

    def either(self, name: str, stored: Callable[[PreparedStore], T], read: Callable[[], T]) -> T:
        """What ``stored`` finds in the prepared store, else what ``read`` finds in the file.

        ``name`` is what the prepared store must have for that.
        """
        prepared = self.prepared
        if prepared is not None and prepared.has(name):
            try:
                return stored(prepared)
            except StoreDamaged as damage:
                self._leave_aside(damage)
        return read()

    def _leave_aside(self, damage: StoreDamaged) -> None:
        if self.prepared is not None:
            log.warning("%s", damage)
            self.left_aside, self.damage, self.prepared = self.prepared, damage, None
