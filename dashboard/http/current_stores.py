"""The stores of the app that answers the current request.

Dash keeps one registry of pages per process, so a page's layout must not hold those of the app
that it was registered with.
"""

from __future__ import annotations

from typing import cast

from dash import Dash
from flask import current_app

from data_layer.project_cache.open_stores import OpenStores

NAME = "visual_behavior_stores"


def remember(app: Dash, stores: OpenStores) -> None:
    """Make ``stores`` those of an app."""
    app.server.extensions[NAME] = stores


def current_stores() -> OpenStores:
    """The stores of the app that answers the current request."""
    return cast(OpenStores, current_app.extensions[NAME])
