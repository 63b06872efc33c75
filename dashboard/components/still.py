"""Large content that never changes after it was drawn, as plain elements of the browser.

Each component of Dash listens to the state of the whole page, and hears of every change: a table of
two thousand of them takes many seconds. So the tree of components is sent as data, and
``assets/core/still.js`` makes elements of it.
"""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State, dcc


def still(id_: str) -> dcc.Store:
    """The store of the content of the element with an id; it belongs into the layout beside it."""
    return dcc.Store(id=_store(id_))


def still_content(app: Dash, id_: str) -> Output:
    """The output that takes an element's content: components of ``html``, and ``dcc.Link``."""
    draw = ClientsideFunction("still", "draw")
    app.clientside_callback(draw, Input(_store(id_), "data"), State(id_, "id"))
    return Output(_store(id_), "data")


def _store(id_: str) -> str:
    return f"{id_}-content"
