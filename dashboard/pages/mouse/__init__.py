"""Mouse pages: ``/mouse/<mouse_id>``, all sessions of a mouse from training to imaging."""

from __future__ import annotations

from typing import Any

import dash
from dash import Dash

from dashboard.arguments.pages import page_layout, title_with
from dashboard.http.current_stores import current_stores
from dashboard.pages.mouse.callbacks import register_callbacks
from dashboard.pages.mouse.layout import mouse_page
from dashboard.urls.pages import MOUSE
from dashboard.urls.templates import dash_template
from data_layer.project_cache.behavior_history import BehaviorHistory


def register(app: Dash, history: BehaviorHistory) -> None:
    """Add the page and its callback to an app."""

    def layout(mouse_id: str = "", **query: Any) -> Any:
        return mouse_page(current_stores().cache, mouse_id, query)

    dash.register_page(
        "mouse",
        path_template=dash_template(MOUSE),
        title=title_with("Mouse", "mouse_id"),
        layout=page_layout(layout),
    )
    register_callbacks(app, history)
