"""Answers that are the same for everybody who looks at a recording, kept for the next of them.

A panel that depends on nothing but the file and what is asked (``panel_callback(…, shared=True)``)
is answered from here when somebody has asked the same before: the same output, inputs and states,
of files in the same state, by the same code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from flask_caching import Cache

from data_layer.errors import DataLayerError

UPDATE = "/_dash-update-component"
READY = b'"data-state":"ready"'
KEPT_ANSWERS = 5000
ADDRESS, REQUEST = "address", "request"

Fingerprints = Callable[[dict[str, Any]], list[str]]


class KeptAnswers:
    """Answers requests of Dash from ``cache`` where it can, and puts there what it cannot.

    ``shared`` names the panels, ``fingerprints`` tells the states of the files of an address.
    """

    def __init__(self, cache: Cache, shared: Collection[str], fingerprints: Fingerprints) -> None:
        self.cache, self.shared, self.fingerprints = cache, shared, fingerprints
        self._code = code_state()

    def register(self, server: Flask) -> None:
        """Look at every request of Dash before and after it is answered."""
        server.before_request(self._before)
        server.after_request(self._after)

    def _before(self) -> Response | None:
        if request.path != UPDATE or request.method != "POST":
            return None
        g.answer_key = self._key(request.get_data())
        if g.answer_key is None or (found := self.cache.get(g.answer_key)) is None:
            return None
        g.answer_key = None
        return Response(found, mimetype="application/json")

    def _after(self, response: Response) -> Response:
        key = g.pop("answer_key", None)
        if key is not None and response.status_code == 200 and READY in response.get_data():
            self.cache.set(key, response.get_data())
        return response

    def _key(self, body: bytes) -> str | None:
        asked = json.loads(body)
        if not any(f".panel-{name}.data-state" in asked["output"] for name in self.shared):
            return None
        values = [*asked.get("inputs", ()), *asked.get("state", ())]
        by_id = {v["id"]: v.get("value") for v in values if isinstance(v.get("id"), str)}
        address, window = by_id.get(ADDRESS), by_id.get(REQUEST)
        if not address or (window and not window["first"]):  # later windows differ from each other
            return None
        try:
            states = self.fingerprints(address)
        except DataLayerError:
            return None
        digest = hashlib.blake2b(body, digest_size=20)
        digest.update("\n".join([self._code, *states]).encode())
        return digest.hexdigest()


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
