"""Opens sessions and keeps the most recently used ones open."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data_layer.errors import UnknownId
from data_layer.locks import LockPerKey
from data_layer.preparing.queue import Preparation, Preparer
from data_layer.project_cache.neighbours import planes
from data_layer.project_cache.protocol import Cache
from data_layer.store.session_store import SessionStore

if TYPE_CHECKING:
    from data_layer.project_cache.files import FileKind
    from data_layer.store.signals import AnySession

CHECK_EVERY = 1.0  # s
MAX_MEMO_BYTES = 2**30
"""Maximum total memory of the memos of all open sessions, in bytes.

Above it the memos of the least recently used sessions are cleared.
"""


class OpenStores:
    """Opens each session once and keeps the ``limit`` most recently used ones. Thread-safe.

    A store that is evicted stays usable for requests that still hold it; its file is closed when
    the last of them ends. With a ``preparer``, a session is prepared when it is first opened, and
    the prepared store is used as soon as it is ready. A file that has changed is closed and opened
    again; requests that still hold its old store get ``SessionClosed``. Requests wait for each
    other only if they need the same file.
    """

    def __init__(self, cache: Cache, limit: int = 8, preparer: Preparer | None = None) -> None:
        self.cache, self.limit, self.preparer = cache, limit, preparer
        self._stores: OrderedDict[tuple[str, int], SessionStore] = OrderedDict()
        self._checked: dict[tuple[str, int], float] = {}
        self._guard, self._files = threading.Lock(), LockPerKey()

    def experiment(self, ophys_experiment_id: int) -> SessionStore:
        """The store of one imaging plane."""
        open_it = self.cache.get_behavior_ophys_experiment
        return self._get("experiment", ophys_experiment_id, open_it)

    def behavior(self, behavior_session_id: int) -> SessionStore:
        """The store of one behaviour session."""
        return self._get("behavior", behavior_session_id, self.cache.get_behavior_session)

    def experiment_ids(self, ophys_session_id: int) -> list[int]:
        """The imaging planes of one session, sorted by area and depth.

        Raises:
            UnknownId: The tables have no such session.
        """
        table = self.cache.get_ophys_experiment_table()
        of_session = (table["ophys_session_id"] == ophys_session_id).fillna(False)
        if not of_session.any():
            raise UnknownId("ophys_session_id", ophys_session_id)
        first = int(table.index[of_session][0])
        return [row.id for row in planes(table, first, ()).rows]

    def preparation(self, store: SessionStore) -> Preparation:
        """The progress of an open session's preparation, and the damage of its last store."""
        if self.preparer is None:
            return Preparation("off")
        if store.source.prepared is not None:
            return Preparation("ready", 1.0)
        preparation = self.preparer.state(store.session.path)
        if store.source.damage is None or preparation.sentence:
            return preparation
        if preparation.state == "ready":  # this is the damaged store, which is rebuilt
            preparation = Preparation("waiting" if self.preparer.enabled else "off")
        return replace(preparation, sentence=str(store.source.damage))

    def _get(self, kind: FileKind, id_: int, open_it: Callable[[int], AnySession]) -> SessionStore:
        key = (kind, id_)
        with self._files.of(self._path_of(kind, id_)):
            with self._guard:
                store, is_due = self._stores.get(key), self._is_due(key)
            if store is not None and store.has_changed(thorough=is_due):
                self._forget(store.session.path)
                store = None
            if store is None:
                store = self._with_prepared(open_it(id_))
            elif is_due:
                store = self._with_newly_prepared(store)
            with self._guard:
                self._use(key, store)
            return store

    def _path_of(self, kind: FileKind, id_: int) -> Path:
        """The file of a session; for an open session it may have been removed meanwhile."""
        with self._guard:
            store = self._stores.get((kind, id_))
        return store.session.path if store else self.cache.path_of(kind, id_)

    def _use(self, key: tuple[str, int], store: SessionStore) -> None:
        """Mark a store as most recently used, and evict others and their memos above the limits."""
        self._stores[key] = store
        self._stores.move_to_end(key)
        while len(self._stores) > self.limit:
            self._checked.pop(self._stores.popitem(last=False)[0], None)
        sizes = {key: _memo_bytes(store) for key, store in self._stores.items()}
        total = sum(sizes.values())
        for other in list(self._stores)[:-1]:
            if total <= MAX_MEMO_BYTES:
                break
            total -= sizes[other]
            self._stores[other].memo.clear()
            self._stores[other].session.memo.clear()

    def _is_due(self, key: tuple[str, int]) -> bool:
        if key not in self._stores:
            return False
        now = time.monotonic()
        if now - self._checked.get(key, 0.0) < CHECK_EVERY:
            return False
        self._checked[key] = now
        return True

    def _forget(self, path: Path) -> None:
        """Close all sessions of a file; otherwise HDF5 would return its cached, old content."""
        with self._guard:
            keys = [key for key, store in self._stores.items() if store.session.path == path]
            closed = [self._stores.pop(key) for key in keys]
        for store in closed:
            store.session.close()

    def _with_prepared(self, session: AnySession) -> SessionStore:
        if self.preparer is None:
            return SessionStore(session)
        return SessionStore(session, self.preparer.look_up(session.path).store)

    def _with_newly_prepared(self, store: SessionStore) -> SessionStore:
        if self.preparer is None:
            return store
        path, damaged = store.session.path, store.source.set_aside
        if store.source.prepared is not None:
            self.preparer.shelf.used(path)
            return store
        if damaged is not None:
            self.preparer.shelf.discard(path, damaged)
        found = self.preparer.look_up(path).store
        if found is None or (damaged is not None and found.built == damaged.built):
            return store
        return SessionStore(store.session, found)


def _memo_bytes(store: SessionStore) -> int:
    return store.memo.size + store.session.memo.size
