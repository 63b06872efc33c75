"""``GET /moment/<kind>/<id>?t=…``: all values at the cursor's time, as JSON."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id, Seconds, TraceName
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import Address, Kind
from dashboard.urls.routes import MOMENT
from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.moment import behavior_at, cell_value


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route; ``cell`` and ``activity`` in the query add one cell's sample."""

    def moment(
        kind: Kind, id_: Id, *, t: Seconds, cell: Id | None = None, activity: TraceName = "dff"
    ) -> Response:
        recording = open_recording(stores, Address(kind, id_))
        at_cell = _cell(recording, t, cell, activity)
        return jsonify(behavior_at(recording.behavior, t) | at_cell)

    add_route(server, MOMENT, "moment", moment)


def _cell(recording: Recording, t: float, cell: int | None, activity: str) -> dict[str, Any]:
    if cell is None:
        return {}
    read: dict[str, Any] = {"id": cell, "activity": activity, "value": None}
    try:
        found = recording.plane_of(cell)
        if found is None:
            return {}
        plane, roi_id = found
        read["value"] = cell_value(plane, activity, roi_id, t)
    except StreamDamaged:
        read["unreadable"] = True
    except StreamMissing:
        pass  # the plane has no such trace
    return {"cell": read}
