"""Limits of arguments, as the settings of the app that answers the current request have them."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, has_app_context

from data_layer.errors import OverLimit
from data_layer.settings import Settings

NAME = "visual_behavior_settings"


def remember(server: Flask, settings: Settings) -> None:
    """Attach the settings to a Flask server."""
    server.extensions[NAME] = settings


def limit(name: str) -> int:
    """A setting that is a number; its default outside requests."""
    if has_app_context() and NAME in current_app.extensions:
        return int(getattr(cast(Settings, current_app.extensions[NAME]), name))
    return int(Settings.model_fields[name].default)


def within(name: str, number: int, what: str, *, scale: int = 1) -> None:
    """Check a number of things against a setting.

    Args:
        name: the setting.
        number: how many are asked for.
        what: what they are, in the plural.
        scale: what the setting counts in, such as a million.

    Raises:
        OverLimit: there are more.
    """
    most = limit(name) * scale
    if number > most:
        raise OverLimit(name, number, most, what)
