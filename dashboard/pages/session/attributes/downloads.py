"""``GET /data/<kind>/<id>/<attribute>.csv``: any attribute of a file as CSV, streamed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

from flask import Flask, Response, abort

from dashboard.arguments.checks import shortened
from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id, Word
from dashboard.components.numbers.csv_text import csv_text
from dashboard.limits.turns import download_turn
from dashboard.pages.session.recording import open_recording
from dashboard.urls import Address, Kind
from dashboard.urls.routes import DATA
from dashboard.vocabulary import ATTRIBUTES
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.attribute_rows import Rows, blocks
from data_layer.store.attributes import rows_of

VALUES_AT_ONCE = 20_000
WRITING = threading.Lock()
"""Pandas writes CSV without letting other threads run: downloads take turns, in small pieces."""


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route; ``cell`` (a cell_roi_id) in the query selects one cell's trace."""

    def data(kind: Kind, id_: Id, attribute: Word, *, cell: Id | None = None) -> Response:
        absent = f"A session has no attribute {shortened(attribute)} for cell {cell}."
        if attribute not in ATTRIBUTES:
            abort(404, description=absent)
        try:
            store = open_recording(stores, Address(kind, id_)).behavior
            rows = rows_of(store, attribute, cell)
        except (KeyError, AttributeError):
            abort(404, description=absent)
        name = f"{kind}_{id_}_{attribute}" + (f"_{cell}" if cell is not None else "")
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        with ExitStack() as holding:
            holding.enter_context(download_turn())
            answer = Response(_lines(rows), mimetype="text/csv", headers=headers)
            answer.call_on_close(holding.pop_all().close)
            return answer

    add_route(server, DATA, "data", data)


def _lines(rows: Rows) -> Iterator[str]:
    yield csv_text(rows.read(0, 0), header=True)
    for block in blocks(rows):
        n = max(VALUES_AT_ONCE // max(block.shape[1], 1), 1)
        for start in range(0, len(block), n):
            with WRITING:
                text = csv_text(block.iloc[start : start + n], header=False)
            yield text
