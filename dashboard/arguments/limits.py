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


def settings_here() -> Settings | None:
    """The settings of the app that answers the current request; None outside requests."""
    return cast(Settings, current_app.extensions.get(NAME)) if has_app_context() else None


def limit(name: str) -> int:
    """A setting that is a number; its default outside requests."""
    settings = settings_here()
    return int(getattr(settings, name) if settings else Settings.model_fields[name].default)


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
