"""The notes of a session page: a button, and a drawer in which notes are read and written."""

from __future__ import annotations

from dash import Dash

from dashboard.pages.session.notes import drawer, reading, writing
from data_layer.annotations.database import AnnotationDatabase


def register(app: Dash, annotations: AnnotationDatabase) -> None:
    """Add the callbacks that open the drawer, list ``annotations`` and write new ones."""
    drawer.register(app)
    reading.register(app, annotations)
    writing.register(app, annotations)
