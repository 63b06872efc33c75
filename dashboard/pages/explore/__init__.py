"""The Explore page: search, filter and group the recordings of the release."""

from __future__ import annotations

import dash

from dashboard.arguments.pages import page_layout
from dashboard.pages.explore.callbacks import register_callbacks
from dashboard.pages.explore.layout import layout
from dashboard.pages.explore.measures import Summaries
from dashboard.urls.pages import EXPLORE
from data_layer.project_cache.protocol import Cache


def register(app: dash.Dash, cache: Cache, summaries: Summaries | None = None) -> None:
    """Add the page, its routes and its callbacks; ``summaries`` give measures of prepared files."""
    title = "Explore – Visual Behavior Dashboard"
    dash.register_page(
        "explore", path=EXPLORE, name="Explore", title=title, layout=page_layout(layout)
    )
    register_callbacks(app, cache, summaries)
