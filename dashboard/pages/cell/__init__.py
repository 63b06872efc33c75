"""Cell pages: ``/cell/<cell_specimen_id>``, one cell on all days of its container."""

from __future__ import annotations

from typing import Any

import dash
from dash import Dash

from dashboard.arguments.pages import page_layout, title_with
from dashboard.components.buttons.stream_link import YES
from dashboard.components.unavailable import page_of_id
from dashboard.http.current_stores import current_stores
from dashboard.pages.cell.callbacks import register_callbacks
from dashboard.pages.cell.layout import cell_page
from dashboard.urls.pages import CELL
from dashboard.urls.templates import dash_template
from data_layer.project_cache.open_stores import OpenStores


def register(app: Dash, stores: OpenStores) -> None:
    """Add the page and its callbacks to an app."""

    def layout(cell_specimen_id: str = "", streamed: str = "", **query: Any) -> Any:
        cache = current_stores().cache
        return page_of_id(
            cell_specimen_id,
            "cell_specimen_id",
            lambda id_: cell_page(cache, id_, query, streamed=streamed == YES),
        )

    dash.register_page(
        "cell",
        path_template=dash_template(CELL),
        layout=page_layout(layout),
        title=title_with("Cell", "cell_specimen_id"),
    )
    register_callbacks(app, stores)
