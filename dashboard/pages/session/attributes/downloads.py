"""``GET /data/<kind>/<id>/<attribute>.csv``: any attribute of a file as CSV, streamed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

from flask import Flask, Response, abort, request

from dashboard.limits.turns import download_turn
from dashboard.pages.session.attributes.records import csv_text
from dashboard.pages.session.recording import open_recording
from dashboard.urls import ID_NAMES, Address
from dashboard.urls.routes import DATA
from dashboard.urls.templates import flask_rule
from data_layer.errors import DataLayerError
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.attribute_rows import Rows, blocks
from data_layer.store.attributes import rows_of

VALUES_AT_ONCE = 20_000
WRITING = threading.Lock()
"""Pandas writes CSV without letting other threads run: downloads take turns, in small pieces."""


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route; ``cell`` (a cell_roi_id) in the query selects one cell's trace."""

    def data(kind: str, id_: int, attribute: str) -> Response:
        if kind not in ID_NAMES:
            abort(404, description="Ask for /data/<experiment|behavior>/<id>/<attribute>.csv.")
        cell = request.args.get("cell", type=int)
        try:
            address = Address(kind, id_)
            rows = rows_of(open_recording(stores, address).behavior, attribute, cell)
        except DataLayerError as error:
            abort(404, description=str(error))
        except (KeyError, AttributeError):
            abort(404, description=f"A session has no attribute {attribute} for cell {cell}.")
        name = f"{kind}_{id_}_{attribute}" + (f"_{cell}" if cell is not None else "")
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        with ExitStack() as holding:
            holding.enter_context(download_turn())
            answer = Response(_lines(rows), mimetype="text/csv", headers=headers)
            answer.call_on_close(holding.pop_all().close)
            return answer

    server.add_url_rule(flask_rule(DATA), "data", data)


def _lines(rows: Rows) -> Iterator[str]:
    yield csv_text(rows.read(0, 0), header=True)
    for block in blocks(rows):
        n = max(VALUES_AT_ONCE // max(block.shape[1], 1), 1)
        for start in range(0, len(block), n):
            with WRITING:
                text = csv_text(block.iloc[start : start + n], header=False)
            yield text
