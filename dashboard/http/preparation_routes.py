"""The routes of preparations that people ask for, as those of ``download_routes``.

GET  /preparations          {"preparations": [state, …]}
POST /preparations/needed   {"kind": "experiment", "ids": [951980471, …]}: what is not prepared
POST /preparations          the same: prepares it
POST /preparations/order    {"do": "cancel", "id": 951980471}, or without an id: all
POST /preparations/clear    {}: takes all that have ended from the list
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Literal

import pandas as pd
from flask import Flask, Response, jsonify
from pydantic import BaseModel, ConfigDict

from dashboard.arguments.routes import Answer, add_route
from dashboard.http.wanted import Id, Nothing, Wanted, answered, body, files_wanted
from dashboard.urls.routes import (
    CLEAR_PREPARATIONS,
    NEEDED_PREPARATIONS,
    ORDER_PREPARATION,
    PREPARATIONS,
)
from data_layer.batch.background import Preparations
from data_layer.project_cache.cache import ID_NAMES
from data_layer.project_cache.protocol import Cache

NOT_FOR_ANYONE = (
    "This server is open to anyone, so its pages start no preparation. "
    "Use vbdash prepare on the machine itself."
)


class Order(BaseModel):
    """What is to become of one preparation, or of all."""

    model_config = ConfigDict(extra="forbid")
    id: Id | None = None
    do: Literal["cancel"]


def register(
    server: Flask,
    cache: Cache,
    preparations: Preparations,
    prepared: Callable[[], pd.DataFrame],
    *,
    may_start: bool = True,
) -> None:
    """Add the routes; ``prepared`` gives the summaries of the files that are prepared."""
    refused = "" if may_start else NOT_FOR_ANYONE

    def states() -> Answer:
        return _states(preparations)

    def needed() -> Answer:
        return answered(lambda: _needed(cache, prepared(), Wanted(**body())))

    def start() -> Answer:
        return answered(lambda: _start(cache, preparations, Wanted(**body())), refused)

    def order() -> Answer:
        return answered(lambda: _order(preparations, Order(**body())), refused)

    def clear() -> Answer:
        return answered(lambda: _clear(preparations, Nothing(**body())), refused)

    add_route(server, PREPARATIONS, "preparations", states)
    add_route(server, NEEDED_PREPARATIONS, "preparations_needed", needed, ["POST"])
    add_route(server, PREPARATIONS, "preparations_start", start, ["POST"])
    add_route(server, ORDER_PREPARATION, "preparations_order", order, ["POST"])
    add_route(server, CLEAR_PREPARATIONS, "preparations_clear", clear, ["POST"])


def _states(preparations: Preparations) -> Response:
    answer = jsonify(preparations=[asdict(state) for state in preparations.states()])
    answer.cache_control.no_store = True
    return answer


def _needed(cache: Cache, prepared: pd.DataFrame, wanted: Wanted) -> Answer:
    """How many files open, and how many of those are not prepared: here, and to be streamed."""
    kind, ids = files_wanted(cache, wanted)
    current = prepared[prepared["is_current"].astype(bool) & (prepared["kind"] == kind)]
    opens = set(ids) & cache.available(kind)
    missing = opens - set(current[ID_NAMES[kind]].dropna().astype(int))
    here = missing & cache.here(kind)
    return jsonify(files=len(opens), missing=len(missing), streamed=len(missing - here))


def _start(cache: Cache, preparations: Preparations, wanted: Wanted) -> Response:
    kind, ids = files_wanted(cache, wanted)
    opens = cache.available(kind)
    preparations.start(kind, [id_ for id_ in ids if id_ in opens])
    return _states(preparations)


def _order(preparations: Preparations, order: Order) -> Response:
    if order.id is None:
        preparations.cancel_all()
    else:
        preparations.cancel(order.id)
    return _states(preparations)


def _clear(preparations: Preparations, _nothing: Nothing) -> Response:
    preparations.clear()
    return _states(preparations)
