"""Hostile requests, made from the app's own list of routes and callbacks.

``run(cases, seed)`` sends them to an app over the small release: routes with odd parts, queries,
methods and headers; callbacks with odd values; the requests of real pages with one place changed;
bodies that are no JSON. No answer may be one of 5xx, without a sentence, or late.
"""

from __future__ import annotations

import json
import logging
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dashboard.app import create_app
from dashboard.arguments.checks import MARK
from dashboard.pages.session.attributes.row_table import KEYS
from dashboard.urls import DEFAULT_OPTIONS, ID_NAMES
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.fuzz.odd_values import HOSTILE, TEXTS, VALUES, mutated, odd_value
from tests.fuzz.outcomes import Outcomes
from tests.fuzz.recorded import UPDATE, Recorder, body_of, page_request
from tests.fuzz.request_answers import Answer, Judge
from tests.support.small_release import write_small_release

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "ODD")
TYPES = ("application/json", "text/csv", "text/plain", "", "application/json; charset=utf-16", "ü")
HEADERS = ("Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "Cookie", "Accept")
MOST_MEMORY = 400 * 2**20  # bytes that may be added after the first fifth of the cases
PAGES = ("/", "/qc", "/notes", "/compare", "/mouse/{}", "/container/{}", "/cell/{}")
RECORDINGS = tuple(f"/{kind}/{{}}" for kind in ID_NAMES)
NAMES = ("t", "t", "cells", "ids", "ids", "show", "cell", "view", "id_", *DEFAULT_OPTIONS)
NOTE_SUBMITTED = {
    "notes-form.n_submit": 1,
    "notes-text.value": "Noisy.",
    "notes-author.value": "A. N. Other",
    "notes-here.data": {"time": 12.5, "cell": None},
    "notes-gesture.data": {"do": "correct", "note": "7"},
}
DATA_OPENED = {
    "details-view.value": "data",
    "details-attribute.options": [{"value": "trials"}],
    "details-attribute.value": "dff_traces",
}
SHOWN_BODY = 2000  # characters of a request that a report repeats


@dataclass(frozen=True)
class Request:
    """One request as bytes of HTTP would say it."""

    method: str
    path: bytes
    query: bytes = b""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        query, body = self.query[:300], self.body[:SHOWN_BODY]
        return f"{self.method} {self.path[:300]!r}?{query!r} {self.headers} {body!r}"

    def environ(self) -> dict[str, Any]:
        """The environment of WSGI, where paths are bytes in Latin-1."""
        builder = EnvironBuilder(method=self.method, data=self.body or None)
        environ = builder.get_environ()
        environ["PATH_INFO"] = self.path.decode("latin-1")
        environ["QUERY_STRING"] = self.query.decode("latin-1")
        for name, value in self.headers.items():
            prefix = "" if name == "Content-Type" else "HTTP_"
            environ[prefix + name.upper().replace("-", "_")] = value
        return environ


class Hostile:
    """Makes requests for one app, from its routes, its callbacks and the requests of its pages."""

    def __init__(self, app: Dash, bodies: list[dict[str, Any]], random: Random) -> None:
        self.app, self.bodies, self.random = app, bodies, random
        rules = app.server.url_map.iter_rules()
        self.rules = sorted(rules, key=lambda rule: rule.rule)
        self.callbacks = [d for d in app._callback_list if not d["clientside_function"]]
        self.ids = sorted({value for body in bodies for value in _ids(body)})

    def request(self) -> Request:
        """The next request."""
        makers: tuple[tuple[Callable[[], Request], int], ...] = (
            (self._route, 40),
            (self._page, 25),
            (self._link, 15),
            (self._callback, 15),
            (self._no_json, 10),
            (self._note, 10),
        )
        chosen, weights = zip(*makers, strict=True)
        maker: Callable[[], Request] = self.random.choices(chosen, weights)[0]
        return maker()

    def _some(self) -> str:
        """A text for a path or query: odd, or an id that is known."""
        if self.random.random() < 0.4:
            return str(self.random.choice(self.ids))
        return self.random.choice((*TEXTS, "experiment", "behavior", "session", "dff", "licks"))

    def _route(self) -> Request:
        rule = self.random.choice(self.rules)
        parts = [
            quote(self._some(), safe="/" if self.random.random() < 0.3 else "") if dynamic else text
            for dynamic, text in rule._trace
            if text != "|"
        ]
        path = "".join(parts).encode("utf-8") if self.random.random() < 0.9 else self._bytes()
        view = getattr(self.app.server.view_functions[rule.endpoint], MARK, None)
        names = list(view.signature.parameters) if view else ["q", "v"]
        query = "&".join(
            f"{name}={quote(self._some())}" for name in names if self.random.random() < 0.7
        )
        method = self.random.choice(METHODS) if self.random.random() < 0.2 else "GET"
        return Request(method, unquoted(path), query.encode() or b"", b"", self._headers())

    def _bytes(self) -> bytes:
        odd = b"/\xff\xfe", b"/experiment/\n5", b"//evil.example/x", b"/" + b"a" * 9000, b"/%", b""
        return self.random.choice((*odd, b"/data/" + self.random.randbytes(12)))

    def _headers(self) -> dict[str, str]:
        if self.random.random() < 0.8:
            return {}
        return {self.random.choice(HEADERS): self.random.choice(HOSTILE).strip("\r\n\x00")[:200]}

    def _posted(self, body: Any) -> Request:
        content = json.dumps(body).encode()
        return Request("POST", UPDATE.encode(), b"", content, {"Content-Type": "application/json"})

    def _page(self) -> Request:
        """A request of a page with a value changed, seldom as it is."""
        body = json.loads(json.dumps(self.random.choice(self.bodies)))
        how = self.random.random()
        if how < 0.05:
            return self._posted(body)
        if how < 0.25:
            return self._posted(mutated(body, self.random))
        if how < 0.3:
            return self._posted(self._renamed(body))
        parts = [*body["inputs"], *body["state"]]
        part = self.random.choice(parts)
        part["value"] = mutated(part["value"], self.random)
        if how < 0.45:
            part["value"] = self.random.choice(self.random.choice(self.bodies)["inputs"])["value"]
        return self._posted(body)

    def _renamed(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with another id for an output, an input or a state, also a declared pattern."""
        outputs = body["outputs"]
        named = outputs if isinstance(outputs, list) else [outputs]
        part = self.random.choice([*named, *body["inputs"], *body["state"]])
        declared = self.random.choice([one for d in self.callbacks for one in d["inputs"]])["id"]
        whole = body["output"].rpartition(".")[0]
        part["id"] = self.random.choice(
            (declared, whole, mutated(part["id"], self.random), odd_value(self.random))
        )
        return body

    def _link(self) -> Request:
        """A page's layout for an odd address."""
        path = self.random.choice(PAGES + RECORDINGS).format(quote(self._some(), safe="/"))
        names = self.random.sample(NAMES, 3)
        query = "&".join(f"{name}={quote(self._some())}" for name in names)
        body = page_request(self.app, path, f"?{query}")
        return self._posted(body)

    def _callback(self) -> Request:
        """Any callback with odd values for all that it asks for."""
        declared = self.random.choice(self.callbacks)
        body = body_of(self.app, declared, {})
        pattern = {key: self._some() for key in ("type", *KEYS)} | {"type": "rows"}
        for part in (*body["inputs"], *body["state"]):
            part["value"] = odd_value(self.random)
            part["id"] = pattern if part["id"].startswith("{") else part["id"]
        return self._posted(body)

    def _no_json(self) -> Request:
        content = json.dumps(self.random.choice(self.bodies)).encode()
        cut = self.random.randrange(len(content))
        odd: tuple[bytes, ...] = (
            content[:cut],
            content[:cut] + self.random.randbytes(4) + content[cut:],
            b"[" * 5000,
            b"[" * 900 + b"]" * 900,
            b'{"a":' * 5000,
            b"\xff\xfe\x00",
            b"9" * 5000,
            b'{"output": "a", "output": 5, "inputs": []}',
            json.dumps(odd_value(self.random)).encode(),
            content.decode().encode("utf-16"),
            b"",
        )
        path = self.random.choice((UPDATE, "/annotations", "/annotations/import"))
        type_ = self.random.choice(TYPES) if self.random.random() < 0.5 else TYPES[0]
        method = "POST" if self.random.random() < 0.9 else self.random.choice(METHODS)
        headers = {"Content-Type": type_}
        return Request(method, path.encode(), b"", self.random.choice(odd), headers)

    def _note(self) -> Request:
        note = {
            "subject": "experiment",
            "subject_id": self.random.choice(self.ids),
            "label": "note",
            "author": "A",
            "note": "text",
        }
        if self.random.random() < 0.5:
            content = json.dumps(mutated(note, self.random)).encode()
            headers = {"Content-Type": "application/json"}
            return Request("POST", b"/annotations", b"", content, headers)
        names = ",".join([*note, *self.random.sample(TEXTS, 2)])
        values = ",".join(str(self.random.choice(VALUES)) for _ in range(7))
        content = f"{names}\n{values}\n".encode("utf-8", "replace")
        headers = {"Content-Type": "text/csv"}
        return Request("POST", b"/annotations/import", b"", content, headers)


def unquoted(path: bytes) -> bytes:
    """The path as WSGI passes it: with the bytes instead of ``%`` and two digits."""
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path)


def _ids(value: Any) -> set[int]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return {id_ for part in value for id_ in _ids(part)}
    return {value} if isinstance(value, int) and value > 10**5 else set()


def recorded(app: Dash, cache: VisualBehaviorOphysProjectCache) -> list[dict[str, Any]]:
    """The requests that every kind of page sends when it is opened."""
    experiments = cache.get_ophys_experiment_table()
    here = sorted(cache.available("experiment"))
    row = experiments.loc[here[0]]
    cells = cache.get_ophys_cells_table()["cell_specimen_id"].dropna()
    recorder = Recorder(app, app.server.test_client())
    recorder.client.get("/")  # Dash adds its callback of pages at the first request
    for path in ("/qc", "/notes", "/nowhere"):
        recorder.open(path)
    recorder.open("/", later={"explore-highlight.data": {"kind": "experiment", "id": here[0]}})
    recorder.open("/compare", f"?ids={here[0]},{here[1]}")
    recorder.open(f"/mouse/{row['mouse_id']}")
    recorder.open(f"/container/{row['ophys_container_id']}")
    recorder.open(f"/cell/{int(cells.iloc[0])}")
    recorder.open(f"/experiment/{here[0]}", "?tab=events", NOTE_SUBMITTED)
    recorder.open(f"/experiment/{here[0]}", "?tab=cells", DATA_OPENED)
    recorder.open(f"/session/{row['ophys_session_id']}")
    recorder.open(f"/behavior/{row['behavior_session_id']}")
    return recorder.bodies


@contextmanager
def listening(judge: Judge) -> Any:
    """Give all that is logged to the judge."""
    root = logging.getLogger()
    root.addHandler(judge.complaints)
    try:
        yield
    finally:
        root.removeHandler(judge.complaints)


def send(server: Flask, request: Request) -> Answer:
    """The answer of the app, read to its end."""
    begin = time.perf_counter()
    parts, status, _ = run_wsgi_app(server, request.environ(), buffered=True)
    text = b"".join(parts).decode("utf-8", "replace")
    if request.method == "HEAD":
        text = text or "a HEAD request has no text"
    return Answer(int(status.split()[0]), text, time.perf_counter() - begin)


def run(
    cases: int, seed: int, *, release: Path | None = None, judge: Judge | None = None
) -> Outcomes:
    """Send hostile requests to an app over the small release, and count how they end.

    Args:
        cases: how many.
        seed: equal seeds send equal requests.
        release: a small release that is built already.
        judge: collects a description of every request that ended as none may.
    """
    judge = judge or Judge()
    with tempfile.TemporaryDirectory() as folder:
        if release is None:
            release = Path(folder) / "release"
            write_small_release(release)
        cache = VisualBehaviorOphysProjectCache.from_local_cache(release)
        app = create_app(cache, Settings(work_dir=Path(folder) / "work", prepare=0))
        hostile = Hostile(app, recorded(app, cache), Random(seed))
        with listening(judge):
            return _sent(hostile, cases, judge)


def _sent(hostile: Hostile, cases: int, judge: Judge) -> Outcomes:
    outcomes, before = Outcomes(), 0
    for number in range(cases):
        if number == cases // 5:
            before = resident()
        request = hostile.request()
        outcomes[judge.outcome(str(request), send(hostile.app.server, request))] += 1
    if before and resident() - before > MOST_MEMORY:
        judge.bad.append(f"memory grew from {before:,} to {resident():,} bytes")
        outcomes["hung"] += 1
    return outcomes


def resident() -> int:
    """The memory of this process (bytes); 0 where the system does not tell it."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 if status.exists() else 0
