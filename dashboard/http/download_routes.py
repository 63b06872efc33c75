"""The routes of downloads: what is on its way, what a choice of recordings needs, and the orders.

    GET  /downloads             {"downloads": [state, …]}
    POST /downloads/needed      {"kind": "experiment", "ids": [951980471, …]}: what is not here
    POST /downloads             the same: downloads it
    POST /downloads/order       {"id": 951980471, "do": "pause" | "resume" | "cancel" | "remove"}
    POST /downloads/clear       {}: takes all that have ended from the list

Bodies are JSON, which protects against cross-site requests as in ``annotation_routes``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any, Literal

from flask import Flask, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.arguments.routes import Answer, add_route
from dashboard.arguments.sentences import told
from dashboard.urls.routes import CLEAR_DOWNLOADS, DOWNLOADS, NEEDED_DOWNLOADS, ORDER_DOWNLOAD
from data_layer.errors import DataLayerError, UnknownId
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.online.downloads import Downloads

MOST = 10_000  # recordings of one request; the release has 4,782 behaviour sessions
NOT_FOR_ANYONE = (
    "This server is open to anyone, so downloads are not started from its pages. "
    "Use vbdash fetch on the machine itself."
)
Id = Annotated[int, Field(ge=0, lt=2**63, strict=True)]


class Wanted(BaseModel):
    """Some recordings of one kind."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["experiment", "session", "behavior"]
    ids: list[Id] = Field(min_length=1, max_length=MOST)


class Order(BaseModel):
    """What is to become of one download."""

    model_config = ConfigDict(extra="forbid")
    id: Id
    do: Literal["pause", "resume", "cancel", "remove"]


class Nothing(BaseModel):
    """No fields."""

    model_config = ConfigDict(extra="forbid")


def register(
    server: Flask, cache: VisualBehaviorOphysProjectCache, *, may_start: bool = True
) -> Downloads:
    """Add the routes for a cache with a source online; returns the queue that they serve."""
    downloads = Downloads(cache)

    def states() -> Answer:
        return _states(downloads)

    def needed() -> Answer:
        return _told(lambda: _needed(cache, Wanted(**_body())))

    def start() -> Answer:
        return _told(lambda: _start(cache, downloads, Wanted(**_body())), refused=not may_start)

    def order() -> Answer:
        return _told(lambda: _order(downloads, Order(**_body())), refused=not may_start)

    def clear() -> Answer:
        return _told(lambda: _clear(downloads, Nothing(**_body())), refused=not may_start)

    add_route(server, DOWNLOADS, "downloads", states)
    add_route(server, NEEDED_DOWNLOADS, "downloads_needed", needed, ["POST"])
    add_route(server, DOWNLOADS, "downloads_start", start, ["POST"])
    add_route(server, ORDER_DOWNLOAD, "downloads_order", order, ["POST"])
    add_route(server, CLEAR_DOWNLOADS, "downloads_clear", clear, ["POST"])
    return downloads


def _told(compute: Callable[[], Answer], *, refused: bool = False) -> Answer:
    if refused:
        return jsonify(problem=NOT_FOR_ANYONE), 403
    try:
        return compute()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "body"
        return jsonify(problem=f"{place}: {first['msg']}."), 400
    except DataLayerError as error:
        return jsonify(problem=told(error)), 404 if isinstance(error, UnknownId) else 503


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.mimetype == "application/json" else None
    return {str(name): value for name, value in body.items()} if isinstance(body, dict) else {}


def _states(downloads: Downloads) -> Response:
    answer = jsonify(downloads=[asdict(state) for state in downloads.states()])
    answer.cache_control.no_store = True
    return answer


def _needed(cache: VisualBehaviorOphysProjectCache, wanted: Wanted) -> Answer:
    """How many files can be had and are not here, and their size in bytes as far as known.

    ``lacking`` are those that the tables list and the store does not have: nothing downloads them.
    """
    kind, ids = _files(cache, wanted)
    with suppress(DataLayerError):  # without sizes it can be downloaded all the same
        cache.list_sizes()
    here, listed = cache.here(kind), cache.available(kind)
    missing = sorted((set(ids) & listed) - here)
    sizes = [cache.size_of(kind, id_) for id_ in missing]
    known = [size for size in sizes if size is not None]
    return jsonify(
        files=len(set(ids) & listed),
        missing=len(missing),
        bytes=sum(known),
        unknown=len(sizes) - len(known),
        lacking=len(set(ids) & cache.lacking(kind)),
    )


def _start(
    cache: VisualBehaviorOphysProjectCache, downloads: Downloads, wanted: Wanted
) -> Response:
    kind, ids = _files(cache, wanted)
    missing = cache.available(kind) - cache.here(kind)
    downloads.start(kind, [id_ for id_ in ids if id_ in missing])
    return _states(downloads)


def _order(downloads: Downloads, order: Order) -> Response:
    does = {
        "pause": downloads.pause,
        "resume": downloads.resume,
        "cancel": downloads.cancel,
        "remove": downloads.remove,
    }
    does[order.do](order.id)
    return _states(downloads)


def _clear(downloads: Downloads, _nothing: Nothing) -> Response:
    downloads.clear()
    return _states(downloads)


def _files(cache: VisualBehaviorOphysProjectCache, wanted: Wanted) -> tuple[FileKind, list[int]]:
    """The files of the recordings; an imaging session has one a plane.

    Raises:
        UnknownId: no table has one of the ids.
    """
    experiments = cache.get_ophys_experiment_table()
    if wanted.kind == "session":
        sessions = experiments["ophys_session_id"]
        _check(wanted.ids, sessions, "ophys_session_id")
        return "experiment", [int(i) for i in experiments.index[sessions.isin(wanted.ids)]]
    table = experiments if wanted.kind == "experiment" else cache.get_behavior_session_table()
    _check(wanted.ids, table.index, str(table.index.name))
    return wanted.kind, list(dict.fromkeys(wanted.ids))


def _check(ids: list[int], known: Iterable[int], name: str) -> None:
    unknown = set(ids) - set(known)
    if unknown:
        raise UnknownId(name, min(unknown))
