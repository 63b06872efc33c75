"""QC's route (the matrix) and what links its controls to the grid."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output
from flask import jsonify, request
from werkzeug import Response

from dashboard.pages.qc.document import Documents, answer
from dashboard.pages.qc.ids import Ids
from dashboard.urls.routes import QUALITY
from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.protocol import Cache


def register_callbacks(app: Dash, cache: Cache, shelf: Shelf) -> None:
    """Add what the page asks of the server."""
    documents = Documents(cache, shelf)
    app.server.add_url_rule(QUALITY, "quality", lambda: _document(documents))
    app.clientside_callback(
        ClientsideFunction("quality", "load"), Output(Ids.GRID, "rowData"), Input(Ids.START, "data")
    )
    app.clientside_callback(
        ClientsideFunction("quality", "filter"),
        *(Input(id_, "value") for id_ in (Ids.SHOWN, Ids.SEARCH, Ids.FAMILY)),
        Input(Ids.GRID, "rowData"),
    )


def _document(documents: Documents) -> Response:
    try:
        return answer(documents.newest(), request)
    except DataLayerError as error:
        return jsonify(problem=str(error))
