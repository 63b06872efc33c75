"""The summaries of prepared files that are those of a cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import ID_NAMES
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known


def own_summaries(cache: Cache, shelf: Shelf) -> pd.DataFrame:
    """The rows of ``shelf.summaries()`` of files that the cache opens for the ids in them.

    Of one id there can be other files: those that were opened by themselves, those of another
    cache, and any that lies under another id's name.
    """
    table = shelf.summaries()
    columns = table[["kind", "path", *ID_NAMES.values()]]
    own = [_is_own(cache, row) for row in columns.to_dict("records")]
    return table[pd.Series(own, index=table.index, dtype=bool)]


def _is_own(cache: Cache, row: dict[Any, Any]) -> bool:
    kind: FileKind = row["kind"]
    id_ = known(row[ID_NAMES[kind]])
    if id_ is None:
        return False
    try:
        return cache.path_of(kind, id_).resolve() == Path(row["path"])
    except DataLayerError:  # not of this cache, or not on this machine any more
        return False
