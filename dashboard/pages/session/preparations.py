"""``GET /prepared/<kind>/<id>``: the progress of preparing a session, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from flask import Flask, Response, abort, jsonify

from dashboard.pages.session.recording import open_recording
from dashboard.urls import ID_NAMES, Address, Kind
from dashboard.urls.routes import PREPARED
from dashboard.urls.templates import flask_rule
from data_layer.errors import DataLayerError
from data_layer.preparing.queue import together
from data_layer.project_cache.open_stores import OpenStores


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route; the answer has ``state``, ``part`` (0 to 1) and ``sentence``."""

    def prepared(kind: Kind, id_: int) -> Response:
        if kind not in ID_NAMES:
            abort(404, description="Ask for /prepared/<kind>/<id>.")
        try:
            recording = open_recording(stores, Address(kind, id_))
        except DataLayerError as error:
            abort(404, description=str(error))
        files = recording.planes or (recording.behavior,)
        answer = jsonify(asdict(together([stores.preparation(store) for store in files])))
        answer.cache_control.no_store = True
        return answer

    server.add_url_rule(flask_rule(PREPARED), "prepared", prepared)
