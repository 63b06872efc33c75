"""Falls back from a damaged prepared store to the NWB file; no other module does."""

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
    """Reads from a prepared store until it proves damaged, then from the NWB file.

    Attributes:
        prepared: the store in use; None where there is none or it is damaged.
        damage: what is wrong with the damaged store.
        set_aside: the damaged store.
    """

    def __init__(self, prepared: PreparedStore | None = None) -> None:
        self.prepared = prepared
        self.damage: StoreDamaged | None = None
        self.set_aside: PreparedStore | None = None

    def either(self, name: str, stored: Callable[[PreparedStore], T], read: Callable[[], T]) -> T:
        """Return ``stored(prepared)`` if the store has ``name`` and is intact, else ``read()``."""
        prepared = self.prepared
        if prepared is not None and prepared.has(name):
            try:
                return stored(prepared)
            except StoreDamaged as damage:
                self._set_aside(damage)
        return read()

    def _set_aside(self, damage: StoreDamaged) -> None:
        if self.prepared is not None:
            log.warning("%s", damage)
            self.set_aside, self.damage, self.prepared = self.prepared, damage, None
