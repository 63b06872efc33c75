"""A panel: a titled box with an explanation, a body and a state that tests and users can see."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

LOADING, READY, EMPTY, ERROR = "loading", "ready", "empty", "error"


def panel(
    name: str, title: str, info: str, body: Any, *, tools: Any = None, state: str = LOADING
) -> html.Section:
    """A box with id ``panel-<name>``: title, info button, ``tools`` at the right, body, message."""
    info_id = f"info-{name}"
    header = html.Header(
        [
            html.H2(title, className="panel-title"),
            html.Button(
                "i", id=info_id, className="info-button", **{"aria-label": f"About {title}"}
            ),
            dbc.Popover(
                dbc.PopoverBody(info), target=info_id, trigger="legacy", placement="bottom"
            ),
            html.Div(tools, className="panel-tools"),
        ],
        className="panel-header",
    )
    return html.Section(
        [header, message(name), html.Div(body, className="panel-body")],
        id=f"panel-{name}",
        className="panel",
        **{"data-state": state, "aria-label": title},
    )


def message(name: str) -> html.Div:
    """The line that says why a panel is empty or what went wrong; hidden while there is none."""
    return html.Div(id=f"message-{name}", className="panel-message", role="status")
