"""``GET /code/<kind>/<id>/<panel>.json``: the code that makes the selection of a panel.

The answer has a program for the data layer and one for AllenSDK. Both have the same names, so that
only the import differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, Response, abort, jsonify

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id, Pixels, Word
from dashboard.components.answering import EmptyPanel
from dashboard.pages.session.code import events, panels, timeline
from dashboard.pages.session.code.program import LIBRARIES, program
from dashboard.pages.session.numbers.asked import Asked, OfPanel, asked_of
from dashboard.urls import Address, Kind
from dashboard.urls.routes import CODE
from data_layer.project_cache.open_stores import OpenStores

OF_PANELS: Mapping[str, Callable[[Asked], str]] = {
    "timeline": timeline.code,
    "events": events.code,
    "navigator": panels.navigator,
    "field-of-view": panels.field_of_view,
    "performance": panels.performance,
    "trials": panels.trials,
    "eye": panels.eye,
    "stimuli": panels.stimuli,
    "cells": panels.cells,
    "details": panels.details,
}


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route."""

    def code(
        kind: Kind,
        id_: Id,
        panel: Word,
        *,
        pixels: Pixels = 1000,
        rows_by: Word = "time",
        outcomes: Word | None = None,
        frame: Id | None = None,
    ) -> Response:
        if panel not in OF_PANELS:
            abort(404, description="A session has no such panel with code.")
        own = OfPanel(pixels, rows_by, outcomes, frame)
        asked = asked_of(stores, Address(kind, id_), own)
        try:
            body = OF_PANELS[panel](asked)
        except EmptyPanel as error:
            abort(404, description=str(error))
        return jsonify([[name, program(asked, name, body)] for name in LIBRARIES])

    add_route(server, CODE, "code", code)
