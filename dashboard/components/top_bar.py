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
            html.Section([html.H2("Keyboard"), html.Table(html.Tbody(rows))]),
            html.Section([html.H2("Words"), html.Table(html.Tbody(words), id="glossary")]),
            close,
        ],
        id="help",
        **{"aria-label": "Keyboard and words"},
    )


def downloads_dialog() -> html.Dialog:
    """The downloads of whole files; assets/downloads fills it."""
    nothing = "Nothing is being downloaded. Recordings are streamed until their file is here."
    title = "Take what is done, failed or cancelled from this list; files stay where they are"
    clear = _button("downloads-clear", "Clear the ended", title=title, hidden=True)
    return _job_dialog("downloads", "Downloads", nothing, [clear])


def preparing_dialog() -> html.Dialog:
    """The preparations that people have asked for; assets/preparing fills it."""
    nothing = "Nobody has asked for a preparation. What is opened is prepared by itself."
    buttons = {"cancel": "Cancel all", "clear": "Clear the ended"}
    named = [_button(f"preparing-{name}", text) for name, text in buttons.items()]
    return _job_dialog("preparing", "Preparing", nothing, named)


def _job_dialog(name: str, title: str, nothing: str, buttons: list[html.Button]) -> html.Dialog:
    """A row for each job of the server; ``nothing`` is said while there is none."""
    return html.Dialog(
        [
            html.H2(title),
            html.Div(id=f"{name}-question", role="status"),
            html.P(nothing, id=f"{name}-nothing"),
            html.Ul(id=f"{name}-list"),
            html.P(id=f"{name}-problem", role="status"),
            html.Div([_button(f"{name}-close", "Close"), *buttons], className="downloads-buttons"),
        ],
        id=name,
        **{"aria-label": title},
    )


def _button(id_: str, text: str, **properties: str | bool) -> html.Button:
    return html.Button(text, id=id_, className="quiet-button", **properties)


def notice() -> html.Div:
    """The box for short messages at the bottom of the page (``vbd.notify`` fills it)."""
    return html.Div(id="notice", role="status")
