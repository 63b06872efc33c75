"""Tells the browser of choices, and writes those of a page to its address."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, State


def keep_choices(app: Dash, *controls: str) -> None:
    """Let the browser write the values of controls; see ``dashboard/urls/kept_choices.py``."""
    on_choice(app, ClientsideFunction("address", "keep"), *controls)


def on_choice(app: Dash, function: ClientsideFunction, *controls: str) -> None:
    """Call a function of the browser with the value and the id of a control that changes."""
    for control in controls:
        app.clientside_callback(
            function,
            Input(control, "value"),
            State(control, "id"),
            prevent_initial_call=True,
        )
