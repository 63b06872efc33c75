"""``GET /prepared/<kind>/<id>``: the progress of preparing a session, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from flask import Flask, Response, jsonify

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id
from dashboard.pages.session.recording import open_recording
from dashboard.urls import Address, Kind
from dashboard.urls.routes import PREPARED
from data_layer.batch.background import Preparations
from data_layer.preparing.queue import Preparation, together
from data_layer.project_cache.open_stores import OpenStores
from data_layer.remote.streamed import arrived_of_all
from data_layer.store.session_store import SessionStore


def register(server: Flask, stores: OpenStores, asked: Preparations) -> None:
    """Add the route; the answer has ``state``, ``part`` (0 to 1) and ``sentence``.

    ``arrived`` and ``size`` are the bytes of its streamed files that are here, and of all of them;
    both are 0 where none is streamed.
    """

    def prepared(kind: Kind, id_: Id) -> Response:
        recording = open_recording(stores, Address(kind, id_))
        files = recording.planes or (recording.behavior,)
        arrived, size = arrived_of_all([store.session.path for store in files])
        progress = asdict(together([_of(store, stores, asked) for store in files]))
        answer = jsonify(progress | {"arrived": arrived, "size": size})
        answer.cache_control.no_store = True
        return answer

    add_route(server, PREPARED, "prepared", prepared)


def _of(store: SessionStore, stores: OpenStores, asked: Preparations) -> Preparation:
    """The progress of a file, which the server or a person may have asked for."""
    by_person = asked.state_of(
        store.ophys_experiment_id if store.has_cells else store.behavior_session_id
    )
    if by_person and by_person.stage == "running":
        return Preparation("building", by_person.part)
    if by_person and by_person.stage == "waiting":
        return Preparation("waiting")
    by_server = stores.preparation(store)
    if by_person and by_person.sentence and by_server.state == "off":
        return Preparation("failed", sentence=by_person.sentence)
    return by_server
