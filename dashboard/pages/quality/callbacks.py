"""The route of the QC page's matrix, and the callbacks of its controls."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from flask import jsonify, request
from werkzeug import Response

from dashboard.arguments.routes import add_route
from dashboard.arguments.sentences import told
from dashboard.components.choices.kept import keep_choices
from dashboard.http.documents import Documents, answer
from dashboard.pages.quality.ids import Ids
from dashboard.pages.quality.matrix import matrix_of
from dashboard.urls.routes import QUALITY
from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import ID_NAMES
from data_layer.project_cache.protocol import Cache


def register_callbacks(app: Dash, cache: Cache, shelf: Shelf) -> None:
    """Add the route and the callbacks."""
    documents: Documents[str, Any] = Documents(
        lambda _name: (
            shelf.summaries_state(),
            shelf.hashes.state(),
            *(ids(kind) for ids in (cache.here, cache.available) for kind in ID_NAMES),
        ),
        lambda _name, _state: matrix_of(cache, shelf).to_json(),
    )

    def document() -> Response:
        return _document(documents)

    add_route(app.server, QUALITY, "quality", document)
    keep_choices(app, Ids.SHOWN, Ids.SEARCH, Ids.FAMILY, Ids.REVIEW)
    app.clientside_callback(
        ClientsideFunction("quality", "load"), Output(Ids.GRID, "rowData"), Input(Ids.START, "data")
    )
    app.clientside_callback(
        ClientsideFunction("quality", "filter"),
        *(Input(id_, "value") for id_ in (Ids.SHOWN, Ids.SEARCH, Ids.FAMILY, Ids.REVIEW)),
        Input(Ids.GRID, "rowData"),
    )


def _document(documents: Documents[str, Any]) -> Response:
    try:
        return answer(documents.of(QUALITY), request)
    except DataLayerError as error:
        return jsonify(problem=told(error))
