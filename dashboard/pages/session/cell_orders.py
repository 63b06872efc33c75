"""``GET /cells/<kind>/<id>/<order>.json``: the ids of a recording's cells in an order.

The keys that go from cell to cell ask it where the timeline shows no heatmap, and for brightness.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from flask import Flask, Response, abort, jsonify

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id, Word, one_of
from dashboard.pages.session.recording import Recording, open_recording, readable
from dashboard.urls import Address, Kind
from dashboard.urls.routes import CELLS_BY
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.cell_order import ORDERS, cell_order
from data_layer.store.plane import brightness
from data_layer.store.session_store import SessionStore

BRIGHTNESS = "brightness"


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route."""

    def cells_by(kind: Kind, id_: Id, order: Annotated[Word, one_of(ORDERS)]) -> Response:
        recording = open_recording(stores, Address(kind, id_))
        if not recording.planes:
            abort(404, description="This session has no cells.")
        return jsonify(brightest(recording) if order == BRIGHTNESS else ordered(recording, order))

    add_route(server, CELLS_BY, "cells_by", cells_by)


def ordered(recording: Recording, order: str) -> list[int]:
    """The page's ids of the cells, plane by plane, in one of ``cell_order.ORDERS``."""

    def of(plane: SessionStore) -> list[int]:
        return [plane.cell_names[roi_id] for roi_id in cell_order(plane, order)]

    planes, _ = readable(recording.of_planes(of))
    return [cell for plane in planes for cell in plane]


def brightest(recording: Recording) -> list[int]:
    """The page's ids of the cells of all planes, the brightest first."""

    def of(plane: SessionStore) -> list[tuple[float, int]]:
        levels = np.nan_to_num(brightness(plane), nan=-np.inf)
        names = [plane.cell_names[roi_id] for roi_id in plane.cells["cell_roi_id"].tolist()]
        return list(zip(levels.tolist(), names, strict=True))

    planes, _ = readable(recording.of_planes(of))
    cells = [cell for plane in planes for cell in plane]
    return [name for _, name in sorted(cells, key=lambda cell: -cell[0])]
