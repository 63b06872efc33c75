"""Callbacks that run in the browser when the view changes; their code is in ``assets``."""

from __future__ import annotations

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State

from dashboard.components.choices.kept import on_choice
from dashboard.pages.session import window_bar
from dashboard.pages.session.ids import Ids, tab_body, tab_content
from dashboard.urls.view_state import PANEL_OPTIONS


def register(app: Dash) -> None:
    """Link the stores of the view to the elements that show them."""
    app.clientside_callback(
        ClientsideFunction("view", "arrived"),
        # Without an output Dash would not call it when the page is inserted.
        Output(Ids.ARRIVED, "data"),
        *(Input(id_, "data") for id_ in (Ids.ADDRESS, Ids.BOUNDS, Ids.LANDMARKS, Ids.DEFAULTS)),
        *(State(id_, "data") for id_ in (Ids.WINDOW, Ids.SELECTION, Ids.OPTIONS)),
    )
    app.clientside_callback(ClientsideFunction("view", "windowChanged"), Input(Ids.WINDOW, "data"))
    app.clientside_callback(ClientsideFunction("view", "answered"), Input(Ids.ANSWERED, "data"))
    app.clientside_callback(
        ClientsideFunction("view", "selectionChanged"), Input(Ids.SELECTION, "data")
    )
    app.clientside_callback(
        ClientsideFunction("view", "optionsChanged"), Input(Ids.OPTIONS, "data")
    )
    app.clientside_callback(ClientsideFunction("view", "tabChanged"), Input(Ids.TABS, "active_tab"))
    app.clientside_callback(
        ClientsideFunction("tabs", "open"),
        Output(tab_body(MATCH), "children"),
        Input(Ids.TABS, "active_tab"),
        State(tab_content(MATCH), "data"),
        State(tab_content(MATCH), "id"),
        State(tab_body(MATCH), "children"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("window_bar", "typed"),
        Input(window_bar.START, "value"),
        Input(window_bar.LENGTH, "value"),
        prevent_initial_call=True,
    )
    on_choice(app, ClientsideFunction("view", "optionKept"), *PANEL_OPTIONS)
    chosen = [f"option-{name}" for name in ("rows", "activity", "sort", "traces")]
    on_choice(app, ClientsideFunction("view", "optionChosen"), *chosen)
