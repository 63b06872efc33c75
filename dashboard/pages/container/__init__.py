"""Container pages: ``/container/<ophys_container_id>``, one imaging plane on all its days."""

from __future__ import annotations

from typing import Any

import dash
from dash import Dash

from dashboard.arguments.pages import page_layout, title_with
from dashboard.components.buttons.stream_link import YES
from dashboard.components.unavailable import page_of_id
from dashboard.http.current_stores import current_stores
from dashboard.pages.container.callbacks import register_callbacks
from dashboard.pages.container.layout import container_page
from dashboard.urls.pages import CONTAINER
from dashboard.urls.templates import dash_template
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.open_stores import OpenStores


def register(app: Dash, stores: OpenStores, history: BehaviorHistory) -> None:
    """Add the page and its callbacks to an app."""

    def layout(ophys_container_id: str = "", streamed: str = "", **query: Any) -> Any:
        cache = current_stores().cache
        return page_of_id(
            ophys_container_id,
            "ophys_container_id",
            lambda id_: container_page(cache, id_, query, streamed=streamed == YES),
        )

    dash.register_page(
        "container",
        path_template=dash_template(CONTAINER),
        layout=page_layout(layout),
        title=title_with("Container", "ophys_container_id"),
    )
    register_callbacks(app, stores, history)
