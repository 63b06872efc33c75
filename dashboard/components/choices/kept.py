"""Writes the choices of a page to its address."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, State


def keep_choices(app: Dash, *controls: str) -> None:
    """Let the browser write the values of controls; see ``dashboard/urls/kept_choices.py``."""
    for control in controls:
        app.clientside_callback(
            ClientsideFunction("address", "keep"),
            Input(control, "value"),
            State(control, "id"),
            prevent_initial_call=True,
        )
