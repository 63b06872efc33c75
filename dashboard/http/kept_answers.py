"""A cache of panels' answers that several users and processes share.

It serves panels whose content depends only on the file and the callback's inputs
(``panel_callback(…, shared=True)``). The key consists of the panel, its inputs, the inputs that
changed, the prefix of its links, the fingerprints of the files and the state of the code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import orjson
from dash import no_update
from flask import Flask
from plotly.io.json import to_json_plotly
from pydantic import NonNegativeInt, TypeAdapter, ValidationError

from dashboard.components.answering import KEEPER, Question
from dashboard.components.panel import READY
from dashboard.http.caching import ByteCache
from dashboard.urls.prefix import current
from data_layer.errors import DataLayerError
from data_layer.remote.errors import StreamUnreachable

SIZES = TypeAdapter(list[NonNegativeInt | None])
ADDRESS, REQUEST = "address.data", "request.data"

Fingerprints = Callable[[dict[str, Any]], list[str]]


class KeptAnswers:
    """Answers questions from ``cache``, and stores computed answers there.

    Answers are stored as JSON, so that each is serialized only once. Those that
    are not ``ready`` are not stored, nor those during which object storage
    did not answer. ``fingerprints`` returns the fingerprints of an address's files.
    """

    def __init__(self, cache: ByteCache, fingerprints: Fingerprints) -> None:
        self.cache, self.fingerprints = cache, fingerprints
        self._code = code_state()

    def register(self, server: Flask) -> None:
        """Make the panels of a server use this cache."""
        server.extensions[KEEPER] = self

    def answer(self, question: Question, compute: Callable[[], list[Any]]) -> list[Any]:
        """The outputs for a question; the last but one is the panel's state."""
        key = self._key(question)
        if key is None:
            return compute()
        stored = self.cache.get(key)
        parts = None if stored is None else unpacked(stored)
        if parts is None:
            before = StreamUnreachable.times
            answer = compute()
            if answer[-2] != READY or StreamUnreachable.times != before:
                return answer
            parts = [
                None if part is no_update else to_json_plotly(part).encode() for part in answer
            ]
            self.cache.set(key, packed(parts))
        return [no_update if part is None else orjson.Fragment(part) for part in parts]

    def _key(self, question: Question) -> str | None:
        address, window = question.values.get(ADDRESS), question.values.get(REQUEST)
        # Only a page's first window is likely to be asked for again.
        if not address or (window and not window["first"]):
            return None
        try:
            states = self.fingerprints(address)
        except DataLayerError:
            return None
        about = [question.panel, question.values, question.changed]
        parts = [*about, current(), self._code, states]
        content = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
        return hashlib.blake2b(content, digest_size=20).hexdigest()


def packed(parts: Sequence[bytes | None]) -> bytes:
    """Parts of an answer as one entry: their sizes as a line of JSON, then all parts."""
    sizes = [None if part is None else len(part) for part in parts]
    return b"\n".join([orjson.dumps(sizes), b"".join(part or b"" for part in parts)])


def unpacked(entry: bytes) -> list[bytes | None] | None:
    """The parts of an entry; None if the entry is damaged."""
    head, _, content = entry.partition(b"\n")
    try:
        sizes = SIZES.validate_json(head, strict=True)
    except ValidationError:
        return None
    ends = list(accumulate(size or 0 for size in sizes))
    if len(content) != (ends[-1] if ends else 0):
        return None
    return [
        None if size is None else content[end - size : end]
        for size, end in zip(sizes, ends, strict=True)
    ]


def code_state() -> str:
    """A hash of the sizes and modification times of the source files and their tables of words."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(_sources()):
        status = path.stat()
        digest.update(f"{path}:{status.st_size}:{status.st_mtime_ns};".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    root = Path(__file__).parents[2]
    for package in ("dashboard", "data_layer"):
        for kind in ("*.py", "*.toml"):
            yield from (root / package).rglob(kind)
