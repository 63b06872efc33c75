"""The routes of downloads: what is on its way, what a choice of recordings needs, and the orders.

    GET  /downloads             {"downloads": [state, …]}
    POST /downloads/needed      {"kind": "experiment", "ids": [951980471, …]}: what is not here
    POST /downloads             the same: downloads it
    POST /downloads/order       {"id": 951980471, "do": "pause" | "resume" | "cancel" | "remove"}
    POST /downloads/clear       {}: takes all that have ended from the list

Bodies are JSON, which protects against cross-site requests as in ``annotation_routes``.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Literal

from flask import Flask, Response, jsonify
from pydantic import BaseModel, ConfigDict

from dashboard.arguments.routes import Answer, add_route
from dashboard.http.wanted import Id, Nothing, Wanted, answered, body, files_wanted
from dashboard.urls.routes import CLEAR_DOWNLOADS, DOWNLOADS, NEEDED_DOWNLOADS, ORDER_DOWNLOAD
from data_layer.errors import DataLayerError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.online.downloads import Downloads

NOT_FOR_ANYONE = (
    "This server is open to anyone, so downloads are not started from its pages. "
    "Use vbdash fetch on the machine itself."
)


class Order(BaseModel):
    """What is to become of one download."""

    model_config = ConfigDict(extra="forbid")
    id: Id
    do: Literal["pause", "resume", "cancel", "remove"]


def register(
    server: Flask, cache: VisualBehaviorOphysProjectCache, *, may_start: bool = True
) -> Downloads:
    """Add the routes for a cache with a source online; returns the queue that they serve."""
    downloads = Downloads(cache)
    refused = "" if may_start else NOT_FOR_ANYONE

    def states() -> Answer:
        return _states(downloads)

    def needed() -> Answer:
        return answered(lambda: _needed(cache, Wanted(**body())))

    def start() -> Answer:
        return answered(lambda: _start(cache, downloads, Wanted(**body())), refused)

    def order() -> Answer:
        return answered(lambda: _order(downloads, Order(**body())), refused)

    def clear() -> Answer:
        return answered(lambda: _clear(downloads, Nothing(**body())), refused)

    add_route(server, DOWNLOADS, "downloads", states)
    add_route(server, NEEDED_DOWNLOADS, "downloads_needed", needed, ["POST"])
    add_route(server, DOWNLOADS, "downloads_start", start, ["POST"])
    add_route(server, ORDER_DOWNLOAD, "downloads_order", order, ["POST"])
    add_route(server, CLEAR_DOWNLOADS, "downloads_clear", clear, ["POST"])
    return downloads


def _states(downloads: Downloads) -> Response:
    answer = jsonify(downloads=[asdict(state) for state in downloads.states()])
    answer.cache_control.no_store = True
    return answer


def _needed(cache: VisualBehaviorOphysProjectCache, wanted: Wanted) -> Answer:
    """How many files can be had and are not here, and their size in bytes as far as known.

    ``lacking`` are those that the tables list and the store does not have: nothing downloads them.
    """
    kind, ids = files_wanted(cache, wanted)
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
    kind, ids = files_wanted(cache, wanted)
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
