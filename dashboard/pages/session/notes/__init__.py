"""The notes of a session page: a button, and a drawer to read and write what people noticed."""

from __future__ import annotations

from dash import Dash

from dashboard.pages.session.notes import drawer, reading, writing
from data_layer.annotations.database import AnnotationDatabase


def register(app: Dash, annotations: AnnotationDatabase) -> None:
    """Let the drawer open, list the notes in ``annotations`` and write new ones there."""
    drawer.register(app)
    reading.register(app, annotations)
    writing.register(app, annotations)
