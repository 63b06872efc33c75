"""Large JSON documents: compressed once, cached until their source changes, sent with an ETag."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Request, Response
from werkzeug import Response as AnyResponse

Name = TypeVar("Name", bound=Hashable)
State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Document:
    """A gzipped JSON document and its ETag."""

    body: bytes
    etag: str


class Documents(Generic[Name, State]):
    """A thread-safe cache of documents by name, rebuilt when the state of their source changes.

    Args:
        state_of: returns the state of a document's source; an equal state means no change.
        content_of: returns the content of a document for its name and that state.
    """

    def __init__(
        self,
        state_of: Callable[[Name], State],
        content_of: Callable[[Name, State], dict[str, Any]],
    ) -> None:
        self._state_of, self._content_of = state_of, content_of
        self._lock = threading.Lock()
        self._made: dict[Name, tuple[State, Document]] = {}

    def of(self, name: Name) -> Document:
        """The current document; errors of ``state_of`` and ``content_of`` are raised."""
        state = self._state_of(name)
        with self._lock:
            made = self._made.get(name)
            if made is None or made[0] != state:
                made = self._made[name] = state, packed(self._content_of(name, state))
            return made[1]


def packed(content: dict[str, Any]) -> Document:
    """The content as a compressed document."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    body = text.encode()
    etag = hashlib.blake2b(body, digest_size=16).hexdigest()
    return Document(gzip.compress(body, compresslevel=6, mtime=0), etag)


def answer(document: Document, request: Request) -> AnyResponse:
    """The response to a request for a document.

    Browsers may store it but must check with its ETag each time whether it is still current.
    """
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    body = document.body if zipped else gzip.decompress(document.body)
    response = Response(body, mimetype="application/json")
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.cache_control.no_cache = True
    response.set_etag(document.etag)
    return response.make_conditional(request)
