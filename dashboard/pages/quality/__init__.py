"""The QC page: the checks of all prepared sessions as a matrix, worst sessions on top."""

from __future__ import annotations

import dash

from dashboard.arguments.pages import page_layout
from dashboard.pages.quality.callbacks import register_callbacks
from dashboard.pages.quality.layout import layout
from dashboard.urls.pages import QC
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.protocol import Cache


def register(app: dash.Dash, cache: Cache, shelf: Shelf) -> None:
    """Add the page, its route and its callbacks; summaries are read from ``shelf``."""
    title = "QC – Visual Behavior Dashboard"
    dash.register_page("qc", path=QC, name="QC", title=title, layout=page_layout(layout))
    register_callbacks(app, cache, shelf)
