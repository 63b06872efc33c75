"""Session pages: ``/experiment/<id>``, ``/behavior/<id>`` and ``/session/<id>``."""

from __future__ import annotations

from typing import Any, get_args

import dash
from dash import Dash

from dashboard.arguments.pages import page_layout, title_with
from dashboard.components.unavailable import page_of_id
from dashboard.http.current_stores import current_stores
from dashboard.pages.session import (
    cell_orders,
    code,
    links,
    moments,
    notes,
    numbers,
    preparations,
    replay,
)
from dashboard.pages.session.layout import session_page
from dashboard.pages.session.panels import ALL
from dashboard.urls import ID_NAMES, RECORDING, Address, Kind
from dashboard.urls.templates import dash_template
from data_layer.annotations.database import AnnotationDatabase
from data_layer.batch.background import Preparations
from data_layer.project_cache.open_stores import OpenStores

TITLES: dict[Kind, str] = {
    "experiment": "Experiment",
    "behavior": "Behaviour",
    "session": "Session",
}


def register(
    app: Dash, stores: OpenStores, annotations: AnnotationDatabase, asked: Preparations
) -> None:
    """Add the three pages, their routes and their callbacks to an app.

    ``asked`` are the preparations that people have asked for.
    """
    for kind in get_args(Kind):
        dash.register_page(
            f"session.{kind}",
            path_template=dash_template(RECORDING, kind=kind),
            title=title_with(TITLES[kind], "id_"),
            layout=_layout(kind),
        )
    moments.register(app.server, stores)
    cell_orders.register(app.server, stores)
    replay.register(app.server, stores)
    preparations.register(app.server, stores, asked)
    numbers.register(app.server, stores)
    code.register(app.server, stores)
    links.register(app)
    notes.register(app, annotations)
    for panel in ALL:
        panel.register(app, stores)


def _layout(kind: Kind) -> Any:
    def layout(id_: str = "", **query: Any) -> Any:
        def page(number: int) -> Any:
            return session_page(current_stores(), Address(kind, number), query)

        return page_of_id(id_, ID_NAMES[kind], page)

    return page_layout(layout)
