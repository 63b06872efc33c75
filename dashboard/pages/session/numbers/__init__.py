"""``GET /numbers/<kind>/<id>/<panel>.<format>``: the numbers of a panel as it shows them.

The query is that of the page; the same functions answer it as for the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, Response, abort

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Id, Pixels, Word
from dashboard.components.answering import EmptyPanel
from dashboard.components.numbers.numbers import MIMETYPES, Format, Numbers, written
from dashboard.limits.turns import costly_turn
from dashboard.pages.session.numbers import events, panels, single_events, timeline
from dashboard.pages.session.numbers.asked import Asked, OfPanel, asked_of
from dashboard.urls import Address, Kind
from dashboard.urls.routes import NUMBERS
from data_layer.project_cache.open_stores import OpenStores

OF_PANELS: Mapping[str, Callable[[Asked], Numbers]] = {
    "timeline": timeline.numbers,
    "events": events.numbers,
    "single-events": single_events.numbers,
    "navigator": panels.navigator,
    "field-of-view": panels.field_of_view,
    "performance": panels.performance,
    "trials": panels.trials,
    "eye": panels.eye,
    "stimuli": panels.stimuli,
    "qc": panels.quality,
}


def register(server: Flask, stores: OpenStores) -> None:
    """Add the route."""

    def numbers(  # noqa: PLR0913 - what a panel knows
        kind: Kind,
        id_: Id,
        panel: Word,
        format: Format,  # noqa: A002 - as the path names it
        *,
        pixels: Pixels = 1000,
        rows_by: Word = "time",
        outcomes: Word | None = None,
        frame: Id | None = None,
    ) -> Response:
        if panel not in OF_PANELS:
            abort(404, description="A session has no such panel with numbers.")
        own = OfPanel(pixels, rows_by, outcomes, frame)
        try:
            with costly_turn(f"numbers of {panel}"):
                found = OF_PANELS[panel](asked_of(stores, Address(kind, id_), own))
                return Response(written(found, format), mimetype=MIMETYPES[format])
        except EmptyPanel as error:
            abort(404, description=str(error))

    add_route(server, NUMBERS, "numbers", numbers)
