"""Panels and pages that say why something cannot be shown."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from dash import dcc, html

from dashboard.components.answering import state_of
from dashboard.components.panel import EMPTY, ERROR
from dashboard.urls.pages import EXPLORE
from dashboard.urls.templates import link, whole_number
from data_layer.errors import DataLayerError

log = logging.getLogger(__name__)

NO_SUCH_PAGE = "No page of the dashboard has this address. Check it, or start from Explore."


def always_a_page(layout: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The layout of a page, or a page with a sentence where it fails; the log has the details."""

    @functools.wraps(layout)
    def page(**parameters: Any) -> Any:
        try:
            return layout(**parameters)
        except Exception as error:
            if not isinstance(error, DataLayerError):
                log.exception("page %s", name)
            return unavailable_page("This page cannot be shown", error, "page")

    return page


def page_of_id(text: str, id_name: str, page: Callable[[int], Any]) -> Any:
    """The page of the id in an address, or one that says that something else stands there.

    Args:
        text: what stands in the address.
        id_name: what it should be.
        page: makes the page of an id.
    """
    number = whole_number(text)
    return _not_an_id(text, id_name) if number is None else page(number)


def _not_an_id(text: str, id_name: str) -> html.Div:
    sentence = f"{text} is not an {id_name}: a number is meant."
    return _page("page", "This page cannot be shown", sentence, ERROR)


def no_such_page(**_query: Any) -> html.Div:
    """The page for addresses that no page has."""
    return _page("page", "There is no such page", NO_SUCH_PAGE, ERROR)


def _page(name: str, title: str, sentence: str, state: str) -> html.Div:
    panel = instead(name, title, sentence, _back(), state=state, heading=html.H1)
    return html.Div(panel, className="session-page")


def _back() -> dcc.Link:
    return dcc.Link("Back to Explore", href=link(EXPLORE))


def unavailable_page(title: str, error: Exception, name: str) -> html.Div:
    """A page that consists of the panel of :func:`unavailable`."""
    state, sentence = state_of(error)
    return _page(name, title, sentence, state)


def unavailable(title: str, error: Exception, name: str, *more: Any) -> html.Section:
    """A panel ``panel-<name>`` with the error's message, other links, and one to Explore."""
    state, sentence = state_of(error)
    # An empty address is the page's own: it is asked for anew, with its view.
    again = [html.A("Try again", href="", className="again")] if state == ERROR else []
    return instead(name, title, sentence, *again, *more, _back(), state=state)


def instead(
    name: str,
    title: str,
    sentence: str,
    *more: Any,
    state: str = EMPTY,
    heading: type[html.H1 | html.H2] = html.H2,
) -> html.Section:
    """A panel ``panel-<name>`` with a message; ``more`` are elements below it, such as links.

    ``heading`` is ``html.H1`` where the panel is the whole page.
    """
    return html.Section(
        [heading(title), html.P(sentence), *more],
        id=f"panel-{name}",
        className="panel unavailable",
        **{"data-state": state},
    )
