"""A panel: a box with a title, an explanation, a body and a state (``data-state``)."""

from __future__ import annotations

from typing import Any

from dash import html

LOADING, READY, EMPTY, ERROR = "loading", "ready", "empty", "error"


def panel(
    name: str,
    title: str,
    info: str,
    body: Any,
    *,
    tools: Any = None,
    state: str = LOADING,
    offers: str = "",
) -> html.Section:
    """A box with the id ``panel-<name>``.

    Args:
        name: the panel's name.
        title: the heading.
        info: the explanation that the button ``i`` shows (assets/panels/info.js).
        body: the content.
        tools: controls at the right of the heading.
        state: ``loading``, ``ready``, ``empty`` or ``error``.
        offers: what the server answers for its menu: ``numbers``, ``code``, or both.
    """
    header = html.Header(
        [
            html.H2(title, className="panel-title"),
            html.Button(
                "i",
                id=f"info-{name}",
                type="button",
                className="info-button",
                **{"aria-label": f"About {title}", "aria-description": info},
            ),
            html.Div(tools, className="panel-tools"),
            *([_code_button(title)] if "code" in offers.split() else []),
            _menu_button(title, offers),
            _maximise_button(title),
        ],
        className="panel-header",
    )
    return html.Section(
        [header, _told(name), html.Div(body, className="panel-body"), _working()],
        id=f"panel-{name}",
        className="panel",
        **{"data-state": state, "aria-label": title},
    )


def _code_button(title: str) -> html.Button:
    """The button that copies the code which makes the same selection (assets/panels/code.js)."""
    return html.Button(
        "</>",
        type="button",
        className="panel-button code-button",
        title="Copy the Python code that makes the same selection; the menu has AllenSDK's too",
        **{"aria-label": f"Copy the code of {title}"},
    )


def _menu_button(title: str, offers: str) -> html.Button:
    """The button of the menu with what can be taken along (assets/panels/menu.js)."""
    return html.Button(
        "⋯",
        type="button",
        className="panel-button panel-menu-button",
        title="Pictures, numbers, link and code",
        **{
            "aria-label": f"Take along {title}",
            "aria-haspopup": "menu",
            "aria-expanded": "false",
            "data-offers": offers,
        },
    )


def _maximise_button(title: str) -> html.Button:
    """The button with which a panel fills the page, and leaves it (assets/panels/maximise.js)."""
    return html.Button(
        "⤢",
        type="button",
        className="panel-button maximise-button",
        title=f"{title} fills the page (m)",
        **{"aria-label": f"Maximise {title}", "aria-pressed": "false"},
    )


def message(name: str) -> html.Div:
    """The line for the message why a panel is empty or what failed; hidden while it is empty."""
    return html.Div(id=f"message-{name}", className="panel-message", role="status")


def _told(name: str) -> html.Div:
    """The message, and a button for an answer that was lost (assets/core/connection)."""
    return html.Div([message(name), try_again()], className="panel-told")


def try_again() -> html.Button:
    """A button that asks anew for the panel in which it is, or for a part of it."""
    return html.Button("Try again", className="quiet-button try-again", type="button")


def _working() -> html.Div:
    """The line that the stylesheet shows once the panel has been loading for half a second."""
    return html.Div("Still working …", className="panel-working", role="status")
