"""The stores of the sessions that this process has open."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

import pandas as pd

from data_layer.errors import UnknownId
from data_layer.store.session_store import SessionStore

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.nwb.behavior_session import BehaviorSession


class Cache(Protocol):
    """What the dashboard asks of a project cache: its tables and its sessions."""

    def get_ophys_experiment_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def get_ophys_session_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def get_behavior_session_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def get_ophys_cells_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def available(self, kind: Literal["experiment", "session", "behavior"]) -> frozenset[int]:
        """The ids that can be opened on this machine."""

    def get_behavior_session(self, behavior_session_id: int) -> BehaviorSession:
        """Open the behaviour of one session."""

    def get_behavior_ophys_experiment(self, ophys_experiment_id: int) -> BehaviorOphysExperiment:
        """Open one imaging plane."""


class OpenStores:
    """Opens each session once and keeps the ``limit`` most recently used; thread-safe.

    A store that is dropped here stays usable for the request that still holds it; its file is
    closed when the last of them lets go.
    """

    def __init__(self, cache: Cache, limit: int = 8) -> None:
        self.cache, self.limit = cache, limit
        self._stores: OrderedDict[tuple[str, int], SessionStore] = OrderedDict()
        self._lock = threading.Lock()

    def experiment(self, ophys_experiment_id: int) -> SessionStore:
        """The store of one imaging plane."""
        open_it = self.cache.get_behavior_ophys_experiment
        return self._get("experiment", ophys_experiment_id, open_it)

    def behavior(self, behavior_session_id: int) -> SessionStore:
        """The store of one behaviour session."""
        return self._get("behavior", behavior_session_id, self.cache.get_behavior_session)

    def experiment_ids(self, ophys_session_id: int) -> list[int]:
        """The imaging planes of one session, by area and depth."""
        table = self.cache.get_ophys_experiment_table()
        planes = table[table["ophys_session_id"] == ophys_session_id]
        if planes.empty:
            raise UnknownId("ophys_session_id", ophys_session_id)
        order = planes.sort_values(["targeted_structure", "imaging_depth"])
        return [int(i) for i in order.index]

    def _get(
        self,
        kind: str,
        id_: int,
        open_it: Callable[[int], BehaviorSession | BehaviorOphysExperiment],
    ) -> SessionStore:
        with self._lock:
            store = self._stores.get((kind, id_))
            if store is None:
                store = self._stores[(kind, id_)] = SessionStore(open_it(id_))
            self._stores.move_to_end((kind, id_))
            while len(self._stores) > self.limit:
                self._stores.popitem(last=False)
            return store
