"""Explore's routes (tables, cells) and callbacks (start, preview)."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from flask import Response, jsonify, request
from werkzeug import Response as AnyResponse

from dashboard.arguments.routes import add_route
from dashboard.arguments.sentences import told
from dashboard.arguments.values import Id, Row
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.buttons.fetch_button import fetch_button, files_of
from dashboard.figures.plain import TEMPLATE
from dashboard.http.documents import answer
from dashboard.pages.explore.documents import table_documents
from dashboard.pages.explore.ids import Ids
from dashboard.pages.explore.measures import Summaries, measures_of
from dashboard.pages.explore.preview import highlighted, preview
from dashboard.urls.routes import EXPERIMENTS_OF_CELL, MEASURES, TABLE
from data_layer.errors import TableDamaged
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache

CHOOSE_A_ROW = "Click a row or a point, or use the arrow keys, to see its planes and days here."


def register_callbacks(app: Dash, cache: Cache, summaries: Summaries | None = None) -> None:
    """Add the routes and the callbacks."""
    documents = table_documents(cache, summaries.read if summaries else None)

    def table(kind: Kind) -> AnyResponse:
        return answer(documents.of(kind), request)

    def measures(kind: Kind) -> AnyResponse:
        return _measures(cache, kind, summaries)

    def experiments_of_cell(id_: Id) -> AnyResponse:
        return _experiments_of(cache, id_)

    add_route(app.server, TABLE, TABLE, table)
    add_route(app.server, MEASURES, MEASURES, measures)
    add_route(app.server, EXPERIMENTS_OF_CELL, EXPERIMENTS_OF_CELL, experiments_of_cell)
    # Without an output Dash would not call it for a page that is inserted after the start.
    app.clientside_callback(
        ClientsideFunction("explore", "start"),
        Output(Ids.STARTED, "data"),
        Input(Ids.START, "data"),
    )

    @panel_callback(app, "preview", Output(Ids.PREVIEW, "children"), Input(Ids.HIGHLIGHT, "data"))
    def show_preview(row: Row | None) -> list[Any]:
        if not row:
            raise EmptyPanel(CHOOSE_A_ROW)
        found = highlighted(cache, row["kind"], row["id"])
        return preview(
            found, fetch_button(cache, *files_of(found.kind, found.id, found.facts.to_dict()))
        )


def _measures(cache: Cache, kind: Kind, summaries: Summaries | None) -> Response:
    """The measures of the group view, requested when it is first opened."""
    measures = jsonify(measures_of(cache, kind, summaries) | {"template": TEMPLATE})
    measures.cache_control.no_store = True
    return measures


def _experiments_of(cache: Cache, cell: int) -> Response:
    """The experiments of a cell, given its cell_specimen_id or cell_roi_id."""
    try:
        cells = cache.get_ophys_cells_table()
    except TableDamaged as error:
        return jsonify(ophys_experiment_id=[], problem=told(error))
    found = cells["ophys_experiment_id"][(cells["cell_specimen_id"] == cell).fillna(False)]
    if found.empty and cell in cells.index:
        found = cells.loc[[cell], "ophys_experiment_id"]
    return jsonify(ophys_experiment_id=[int(id_) for id_ in found.dropna()])
