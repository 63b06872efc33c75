"""Where the file of each recording is, and which recordings are prepared."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import ID_NAMES, Kind
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.own_summaries import own_summaries
from data_layer.project_cache.protocol import Cache

Prepared = Callable[[], pd.DataFrame]
HERE, STREAMED, PREPARED, LISTED = "its file is here", "can be streamed", "prepared", "only listed"


class Places(NamedTuple):
    """The ids of one table with a whole file here, those that open at all, and the prepared."""

    here: frozenset[int]
    available: frozenset[int]
    prepared: frozenset[int] = frozenset()

    def of(self, id_: int) -> list[str]:
        """All that is true of a row, the quickest way to open it first."""
        streams = id_ in self.available and id_ not in self.here
        found = {PREPARED: id_ in self.prepared, HERE: id_ in self.here, STREAMED: streams}
        return [word for word, is_so in found.items() if is_so] or [LISTED]


def places_of(cache: Cache, kind: Kind, prepared: Prepared | None = None) -> Places:
    """The places of the rows of one table; asks the disk, never object storage."""
    available = cache.available(kind)
    ids = _prepared_ids(cache, kind, prepared()) if prepared else frozenset()
    return Places(cache.here(kind), available, ids & available)


def _prepared_ids(cache: Cache, kind: Kind, summaries: pd.DataFrame) -> frozenset[int]:
    """An imaging session is prepared where one of its planes is."""
    file_kind: FileKind = "behavior" if kind == "behavior" else "experiment"
    chosen = summaries["is_current"].astype(bool) & (summaries["kind"] == file_kind)
    ids = summaries.loc[chosen, ID_NAMES[file_kind]].dropna()
    if kind == "session":
        experiments = cache.get_ophys_experiment_table()
        ids = experiments.loc[experiments.index.isin(ids), "ophys_session_id"].dropna()
    return frozenset(map(int, ids))


class PreparedFiles:
    """The summaries of a cache's prepared files, read again only when one of them has changed."""

    def __init__(self, cache: Cache, shelf: Shelf) -> None:
        self._cache, self._shelf = cache, shelf
        self._kept: tuple[str, pd.DataFrame] | None = None

    def __call__(self) -> pd.DataFrame:
        """One row per file; see :func:`own_summaries`."""
        state = self._shelf.summaries_state()
        kept = self._kept
        if kept is None or kept[0] != state:
            kept = self._kept = state, own_summaries(self._cache, self._shelf)
        return kept[1]
