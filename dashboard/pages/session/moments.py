"""``GET /moment/<kind>/<id>?t=…``: all values at the cursor's time, as JSON."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, jsonify, request

from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import ID_NAMES, Address, Kind
from dashboard.urls.routes import MOMENT
from dashboard.urls.templates import flask_rule
from data_layer.errors import DataLayerError
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.moment import behavior_at, cell_value


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route; ``cell`` and ``activity`` in the query add one cell's sample."""

    def moment(kind: Kind, id_: int) -> Response:
        t = request.args.get("t", type=float)
        if kind not in ID_NAMES or t is None:
            abort(404, description="Ask for /moment/<kind>/<id>?t=<seconds>.")
        try:
            recording = open_recording(stores, Address(kind, id_))
            return jsonify(behavior_at(recording.behavior, t) | _cell(recording, t))
        except DataLayerError as error:
            abort(404, description=str(error))

    server.add_url_rule(flask_rule(MOMENT), "moment", moment)


def _cell(recording: Recording, t: float) -> dict[str, Any]:
    cell, activity = request.args.get("cell", type=int), request.args.get("activity", "dff")
    found = recording.plane_of(cell) if cell is not None else None
    if found is None:
        return {}
    plane, roi_id = found
    value = cell_value(plane, activity, roi_id, t)
    return {"cell": {"id": cell, "activity": activity, "value": value}}
