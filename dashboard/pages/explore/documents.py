"""The tables as compressed JSON documents, each sent to a browser once and filtered there."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass
from typing import Any

from dashboard.pages.explore.columns import describe, ordered
from dashboard.pages.explore.facets import facets
from dashboard.pages.explore.kinds import TABLES
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache


@dataclass(frozen=True, slots=True)
class Document:
    """A gzipped JSON document and the tag that changes when its content does."""

    body: bytes
    etag: str


class Documents:
    """One document per table, made anew only when other files have come to be on this machine."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._made: dict[Kind, tuple[frozenset[int], Document]] = {}

    def of(self, kind: Kind) -> Document:
        """The document of one table."""
        here = self._cache.available(kind)
        with self._lock:
            made = self._made.get(kind)
            if made is None or made[0] != here:
                made = self._made[kind] = (here, _pack(content(self._cache, kind, here)))
            return made[1]


def content(cache: Cache, kind: Kind, here: frozenset[int]) -> dict[str, Any]:
    """What a table's document says; ``here`` are the ids that are on this machine."""
    table = TABLES[kind].read(cache)
    columns = table.reset_index()
    return {
        "kind": kind,
        "id_name": TABLES[kind].id_name,
        "one": TABLES[kind].one,
        "many": TABLES[kind].many,
        "length": len(table),
        "here": [int(id_) in here for id_ in table.index],
        "columns": [describe(columns[name]) for name in ordered(table)],
        "facets": facets(table, cache.get_ophys_experiment_table(), here),
    }


def _pack(document: dict[str, Any]) -> Document:
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    content_ = text.encode()
    etag = hashlib.blake2b(content_, digest_size=16).hexdigest()
    return Document(gzip.compress(content_, compresslevel=6, mtime=0), etag)
