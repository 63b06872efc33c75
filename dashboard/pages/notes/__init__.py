"""The Notes page: all notes on recordings, and the recordings that nobody has reviewed yet."""

from __future__ import annotations

import dash

from dashboard.arguments.pages import page_layout
from dashboard.pages.notes.callbacks import register_callbacks
from dashboard.pages.notes.layout import layout
from dashboard.urls.pages import NOTES
from data_layer.annotations.database import AnnotationDatabase
from data_layer.project_cache.protocol import Cache


def register(app: dash.Dash, cache: Cache, database: AnnotationDatabase) -> None:
    """Add the page and its callbacks."""
    title = "Notes – Visual Behavior Dashboard"
    dash.register_page("notes", path=NOTES, name="Notes", title=title, layout=page_layout(layout))
    register_callbacks(app, cache, database)
