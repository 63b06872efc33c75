"""``GET /replay/<kind>/<id>?start=…&activity=…``: a block of the session for the replay, as JSON.

Arrays are encoded as those of figures; ``assets/session/replay`` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, jsonify
from numpy.typing import NDArray

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id, Seconds, TraceName
from dashboard.figures.plain import encoded
from dashboard.pages.session.recording import LostPlane, Recording, open_recording
from dashboard.urls import Address, Kind
from dashboard.urls.routes import REPLAY
from data_layer.project_cache.open_stores import OpenStores
from data_layer.replay.activity import activity_frames
from data_layer.replay.behavior import behavior_block
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window

BLOCK = 20.0
"""s of the session in an answer."""


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route; ``activity`` is the kind of trace of the cells."""

    def block(kind: Kind, id_: Id, *, start: Seconds, activity: TraceName = "dff") -> Response:
        recording = open_recording(stores, Address(kind, id_))
        return jsonify(_block(recording, Window(start, start + BLOCK), activity))

    add_route(server, REPLAY, "replay", block)


def _block(recording: Recording, window: Window, activity: str) -> dict[str, Any]:
    behavior = {
        name: _encoded(part) if isinstance(part, Mapping) else part
        for name, part in behavior_block(recording.behavior, window).items()
    }
    planes = _planes(recording, window, activity) if recording.planes else []
    return {"start": window.start, "stop": window.stop, "planes": planes, **behavior}


def _planes(recording: Recording, window: Window, activity: str) -> list[dict[str, Any]]:
    """The frames of each plane that can be read, and what is wrong with the others."""

    def read(plane: SessionStore) -> dict[str, Any]:
        frames = activity_frames(plane, activity, window)
        arrays = {"time": frames.times, "level": frames.levels}
        facts = {"experiment": plane.ophys_experiment_id, "top": frames.top, "unit": frames.unit}
        return facts | _encoded(arrays)

    return [
        {"experiment": one.id, "problem": one.sentence} if isinstance(one, LostPlane) else one
        for one in recording.each_plane(read)
    ]


def _encoded(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    return {name: encoded(values) for name, values in arrays.items()}
