"""Panels and pages that say why something cannot be shown."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.answering import state_of
from dashboard.components.panel import EMPTY
from dashboard.urls.pages import EXPLORE
from data_layer.errors import DataLayerError


def unavailable_page(title: str, error: DataLayerError, name: str) -> html.Div:
    """A page that consists of the panel of :func:`unavailable`."""
    return html.Div(unavailable(title, error, name), className="session-page")


def unavailable(title: str, error: DataLayerError, name: str) -> html.Section:
    """A panel ``panel-<name>`` with the error's message and a link to Explore."""
    state, sentence = state_of(error)
    return instead(name, title, sentence, dcc.Link("Back to Explore", href=EXPLORE), state=state)


def instead(name: str, title: str, sentence: str, *more: Any, state: str = EMPTY) -> html.Section:
    """A panel ``panel-<name>`` with a message; ``more`` are elements below it, such as links."""
    return html.Section(
        [html.H2(title), html.P(sentence), *more],
        id=f"panel-{name}",
        className="panel unavailable",
        **{"data-state": state},
    )
