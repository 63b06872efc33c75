"""The comparison page: ``/compare?ids=…``, up to six experiments on common axes."""

from __future__ import annotations

from typing import Any

import dash
from dash import Dash

from dashboard.arguments.limits import limit
from dashboard.arguments.pages import page_layout
from dashboard.http.current_stores import current_stores
from dashboard.pages.compare.callbacks import register_callbacks
from dashboard.pages.compare.layout import compare_page
from dashboard.urls.comparison import Comparison
from dashboard.urls.pages import COMPARE
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.open_stores import OpenStores


def register(app: Dash, stores: OpenStores, history: BehaviorHistory) -> None:
    """Add the page and its callbacks to an app."""

    def layout(**query: Any) -> Any:
        return compare_page(
            current_stores().cache, Comparison.from_query(query, limit("max_compared"))
        )

    dash.register_page(
        "compare",
        path=COMPARE,
        title="Compare – Visual Behavior Dashboard",
        layout=page_layout(layout),
    )
    register_callbacks(app, stores, history)
