"""Answers that are the same for everybody who looks at a recording, kept for the next of them.

A panel that depends on nothing but the file and what is asked (``panel_callback(…, shared=True)``)
is answered from here when somebody has asked the same before: the same panel, values and changes,
of files in the same state, by the same code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from dash import no_update
from flask import Flask
from flask_caching import Cache
from plotly.io.json import to_json_plotly

from dashboard.components.answering import KEEPER, Question
from dashboard.components.panel import READY
from data_layer.errors import DataLayerError

KEPT_ANSWERS = 5000
ADDRESS, REQUEST = "address.data", "request.data"

Fingerprints = Callable[[dict[str, Any]], list[str]]


class KeptAnswers:
    """Answers questions from ``cache`` where it can, and puts there what it cannot.

    Outputs are kept as JSON, so that they are made JSON once. ``fingerprints`` tells the states
    of the files of an address.
    """

    def __init__(self, cache: Cache, fingerprints: Fingerprints) -> None:
        self.cache, self.fingerprints = cache, fingerprints
        self._code = code_state()

    def register(self, server: Flask) -> None:
        """Let the panels of a server find this."""
        server.extensions[KEEPER] = self

    def answer(self, question: Question, compute: Callable[[], list[Any]]) -> list[Any]:
        """The outputs for a question, the last but one of them the panel's state."""
        key = self._key(question)
        if key is None:
            return compute()
        kept = self.cache.get(key)
        if kept is None:
            answer = compute()
            if answer[-2] != READY:
                return answer
            kept = [None if part is no_update else to_json_plotly(part).encode() for part in answer]
            self.cache.set(key, kept)
        return [no_update if part is None else orjson.Fragment(part) for part in kept]

    def _key(self, question: Question) -> str | None:
        address, window = question.values.get(ADDRESS), question.values.get(REQUEST)
        if not address or (window and not window["first"]):  # later windows differ from each other
            return None
        try:
            states = self.fingerprints(address)
        except DataLayerError:
            return None
        parts = [question.panel, question.values, question.changed, self._code, states]
        asked = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
        return hashlib.blake2b(asked, digest_size=20).hexdigest()


def code_state() -> str:
    """What tells this code from another version of it: sizes and times of change of its files."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(_sources()):
        status = path.stat()
        digest.update(f"{path}:{status.st_size}:{status.st_mtime_ns};".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    root = Path(__file__).parents[2]
    for package in ("dashboard", "data_layer"):
        yield from (root / package).rglob("*.py")
