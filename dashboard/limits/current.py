"""The settings of the app that answers the current request, for callbacks that keep to limits."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from data_layer.settings import Settings

NAME = "visual_behavior_settings"


def remember(server: Flask, settings: Settings) -> None:
    """Attach the settings to an app's Flask server."""
    server.extensions[NAME] = settings


def current_settings() -> Settings:
    """The settings of the app that answers the current request."""
    return cast(Settings, current_app.extensions[NAME])
