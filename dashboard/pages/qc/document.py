"""The matrix as a compressed JSON document, made anew only when something was prepared."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass

from flask import Request, Response
from werkzeug import Response as AnyResponse

from dashboard.pages.qc.matrix import matrix_of
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.protocol import Cache


@dataclass(frozen=True, slots=True)
class Document:
    """A gzipped JSON document and the tag that changes when its content does."""

    body: bytes
    etag: str


class Documents:
    """Keeps the newest document."""

    def __init__(self, cache: Cache, shelf: Shelf) -> None:
        self._cache, self._shelf = cache, shelf
        self._lock = threading.Lock()
        self._made: tuple[object, Document] | None = None

    def newest(self) -> Document:
        """The document of what is prepared now.

        Raises:
            ProjectCacheError: the cache's tables cannot be read.
        """
        here = self._cache.available("experiment"), self._cache.available("behavior")
        with self._lock:
            state = self._shelf.summaries_state(), *here
            if self._made is None or self._made[0] != state:
                self._made = state, self._pack()
            return self._made[1]

    def _pack(self) -> Document:
        content = matrix_of(self._cache, self._shelf).to_json()
        body = json.dumps(content, separators=(",", ":"), allow_nan=False).encode()
        etag = hashlib.blake2b(body, digest_size=16).hexdigest()
        return Document(gzip.compress(body, compresslevel=5, mtime=0), etag)


def answer(document: Document, request: Request) -> AnyResponse:
    """The document as it is sent; browsers keep it, but ask each time whether it holds."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = document.body if packed else gzip.decompress(document.body)
    response = Response(body, mimetype="application/json")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.cache_control.no_cache = True
    response.set_etag(document.etag)
    return response.make_conditional(request)
