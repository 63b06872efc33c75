"""What a page shows when what it is about cannot be shown."""

from __future__ import annotations

from dash import dcc, html

from dashboard.components.answering import state_of
from dashboard.urls.pages import EXPLORE
from data_layer.errors import DataLayerError


def unavailable_page(title: str, error: DataLayerError, name: str) -> html.Div:
    """A whole page that says nothing else."""
    return html.Div(unavailable(title, error, name), className="session-page")


def unavailable(title: str, error: DataLayerError, name: str) -> html.Section:
    """A panel ``panel-<name>`` with the error's sentence and a way back."""
    state, sentence = state_of(error)
    return html.Section(
        [html.H2(title), html.P(sentence), dcc.Link("Back to Explore", href=EXPLORE)],
        id=f"panel-{name}",
        className="panel unavailable",
        **{"data-state": state},
    )
