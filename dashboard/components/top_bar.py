"""The bar on top of every page, the list of keys, and the short message."""

from __future__ import annotations

from dash import dcc, html

from dashboard.theme import OUTCOME_LABELS
from dashboard.urls.pages import COMPARE, EXPLORE, NOTES, QC
from dashboard.urls.routes import LOGOUT
from dashboard.urls.templates import link
from dashboard.vocabulary.glossary import GLOSSARY, OUTCOMES
from dashboard.vocabulary.shortcuts import SHORTCUTS

CONTENT = "content"
"""The element with what a page shows; the skip link leads there."""


def skip_link() -> html.A:
    """The first stop of the keyboard, which leads past the bar (``assets/core/focus.js``)."""
    return html.A("Skip to the content", href=f"#{CONTENT}", className="skip-link")


def top_bar(*, with_logout: bool = False, with_downloads: bool = False) -> html.Header:
    """The name, links to the pages, and the buttons for downloads, keys, theme and logout."""
    return html.Header(
        [
            dcc.Link("Visual Behavior Dashboard", href=link(EXPLORE), className="brand"),
            html.Nav(
                [
                    dcc.Link("Explore", href=link(EXPLORE), className="nav-link"),
                    dcc.Link("QC", href=link(QC), className="nav-link"),
                    dcc.Link("Notes", href=link(NOTES), className="nav-link"),
                    html.A("Compare", id="compare-link", href=link(COMPARE), className="nav-link"),
                ]
            ),
            html.Button(
                "Preparing",
                id="preparing-button",
                className="quiet-button",
                title="Recordings that are being prepared for fast viewing",
                hidden=True,
            ),
            *([_downloads()] if with_downloads else []),
            html.Button(
                "Help ?", id="help-button", className="quiet-button", title="Keys and words (?)"
            ),
            html.Button(
                "Theme",
                id="theme-button",
                className="quiet-button",
                title="Theme and text size",
                **{"aria-haspopup": "menu", "aria-expanded": "false"},
            ),
            *([_logout()] if with_logout else []),
        ],
        className="top-bar",
    )


def _downloads() -> html.Button:
    title = "Whole files on their way to this machine"
    return html.Button("Downloads", id="downloads-button", className="quiet-button", title=title)


def _logout() -> html.Form:
    button = html.Button("Log out", type="submit", className="quiet-button")
    return html.Form(button, action=link(LOGOUT), method="POST")


def keys_dialog() -> html.Dialog:
    """The lists of keys and words; the button and ``?`` open it (assets/core/keyboard.js)."""
    rows = [html.Tr([html.Td(html.Kbd(line.keys)), html.Td(line.text)]) for line in SHORTCUTS]
    outcomes = {OUTCOME_LABELS.get(name, name): text for name, text in OUTCOMES.items()}
    words = [
        html.Tr([html.Th(word, scope="row"), html.Td(text)])
        for word, text in (outcomes | dict(GLOSSARY)).items()
    ]
    close = html.Button("Close", id="help-close", className="quiet-button")
    return html.Dialog(
        [
            html.H2("Keyboard"),
            html.Table(html.Tbody(rows)),
            html.H2("Words"),
            html.Table(html.Tbody(words), id="glossary"),
            close,
        ],
        id="help",
        **{"aria-label": "Keyboard and words"},
    )


def downloads_dialog() -> html.Dialog:
    """The downloads of whole files; assets/downloads fills it."""
    nothing = "Nothing is being downloaded. Recordings are streamed until their file is here."
    clear = {
        "id": "downloads-clear",
        "className": "quiet-button",
        "title": "Take what is done, failed or cancelled from this list; files stay where they are",
        "hidden": True,
    }
    return html.Dialog(
        [
            html.H2("Downloads"),
            html.Div(id="downloads-question", role="status"),
            html.P(nothing, id="downloads-nothing"),
            html.Ul(id="downloads-list"),
            html.P(id="downloads-problem", role="status"),
            html.Div(
                [
                    html.Button("Close", id="downloads-close", className="quiet-button"),
                    html.Button("Clear the ended", **clear),
                ],
                className="downloads-buttons",
            ),
        ],
        id="downloads",
        **{"aria-label": "Downloads"},
    )


def preparing_dialog() -> html.Dialog:
    """The preparations that people have asked for; assets/preparing fills it."""
    nothing = "Nobody has asked for a preparation. What is opened is prepared by itself."
    buttons = {"close": "Close", "cancel": "Cancel all", "clear": "Clear the ended"}
    return html.Dialog(
        [
            html.H2("Preparing"),
            html.Div(id="preparing-question", role="status"),
            html.P(nothing, id="preparing-nothing"),
            html.Ul(id="preparing-list"),
            html.P(id="preparing-problem", role="status"),
            html.Div(
                [
                    html.Button(text, id=f"preparing-{name}", className="quiet-button")
                    for name, text in buttons.items()
                ],
                className="downloads-buttons",
            ),
        ],
        id="preparing",
        **{"aria-label": "Preparing"},
    )


def notice() -> html.Div:
    """The box for short messages at the bottom of the page (``vbd.notify`` fills it)."""
    return html.Div(id="notice", role="status")
