"""The bar on top of every page."""

from __future__ import annotations

from dash import dcc, html


def top_bar() -> html.Header:
    """Brand, pages, and where to get help."""
    return html.Header(
        [
            dcc.Link("Visual Behavior Dashboard", href="/", className="brand"),
            html.Nav(
                [
                    dcc.Link("Explore", href="/", className="nav-link"),
                    dcc.Link("QC", href="/qc", className="nav-link"),
                    dcc.Link("Notes", href="/notes", className="nav-link"),
                    html.A("Compare", id="compare-link", href="/compare", className="nav-link"),
                ]
            ),
            html.Button(
                "Keys ?", id="help-button", className="quiet-button", title="Keyboard shortcuts (?)"
            ),
        ],
        className="top-bar",
    )


KEYS = {
    "← →": "move the time window",
    "+ −": "zoom in, zoom out",
    "a": "whole session",
    "t c o r": "next trial, change, omission, reward; with shift the previous",
    "j k": "next, previous cell",
    "n": "notes on this recording",
    "/": "search on Explore",
    "?": "this list",
}


def keys_dialog() -> html.Dialog:
    """The list of keys, opened by the button or by ``?`` (assets/core/keyboard.js)."""
    rows = [html.Tr([html.Td(html.Kbd(keys)), html.Td(text)]) for keys, text in KEYS.items()]
    close = html.Button("Close", id="help-close", className="quiet-button")
    return html.Dialog([html.H2("Keyboard"), html.Table(rows), close], id="help")


def notice() -> html.Div:
    """The short message at the foot of the page (``vbd.notify``)."""
    return html.Div(id="notice", role="status")
