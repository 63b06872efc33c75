"""The stores of the app that answers the current request.

Dash has one registry of pages per process (plotly/dash#2398), so the layouts of the app created
last answer for all apps. They must look up the stores instead of holding them.
"""

from __future__ import annotations

from typing import cast

from dash import Dash
from flask import current_app

from data_layer.project_cache.open_stores import OpenStores

NAME = "visual_behavior_stores"


def remember(app: Dash, stores: OpenStores) -> None:
    """Attach ``stores`` to an app's Flask server."""
    app.server.extensions[NAME] = stores


def current_stores() -> OpenStores:
    """The stores of the app that answers the current request."""
    return cast(OpenStores, current_app.extensions[NAME])
