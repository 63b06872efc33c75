"""QC's route (the matrix) and what links its controls to the grid."""

from __future__ import annotations

import gzip
import json

from dash import ClientsideFunction, Dash, Input, Output
from flask import Response, jsonify, request

from dashboard.pages.qc.ids import Ids
from dashboard.pages.qc.matrix import matrix_of
from data_layer.errors import DataLayerError
from data_layer.project_cache.open_stores import Cache
from data_layer.store.shelf import Shelf


def register_callbacks(app: Dash, cache: Cache, shelf: Shelf) -> None:
    """Add what the page asks of the server."""
    app.server.add_url_rule("/quality.json", "quality", lambda: _document(cache, shelf))
    app.clientside_callback(
        ClientsideFunction("quality", "load"), Output(Ids.GRID, "rowData"), Input(Ids.START, "data")
    )
    app.clientside_callback(
        ClientsideFunction("quality", "filter"),
        *(Input(id_, "value") for id_ in (Ids.SHOWN, Ids.SEARCH, Ids.FAMILY)),
        Input(Ids.GRID, "rowData"),
    )


def _document(cache: Cache, shelf: Shelf) -> Response:
    try:
        content = matrix_of(cache, shelf).to_json()
    except DataLayerError as error:
        return jsonify(problem=str(error))
    body = json.dumps(content, separators=(",", ":"), allow_nan=False).encode()
    answer = Response(body, mimetype="application/json")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.set_data(gzip.compress(body, compresslevel=3))
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.cache_control.no_store = True  # what is prepared changes
    return answer
