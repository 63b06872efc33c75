"""Names for controls and boxes whose purpose is plain to the eye alone."""

from __future__ import annotations

from typing import Any

from dash import html


def hidden_words(text: str) -> html.Span:
    """Words that a screen reader says and nobody sees."""
    return html.Span(text, className="visually-hidden")


def named(name: str, control: Any) -> html.Label:
    """A control with a name that is not shown, where its content tells the eye what it is."""
    return html.Label([hidden_words(name), control], className="named")


def page_title(text: str) -> html.H1:
    """The heading of a page whose panels fill it; screen readers list pages by it."""
    return html.H1(text, className="visually-hidden")


def scrolled(name: str, id_: str = "", class_name: str = "", content: Any = None) -> html.Div:
    """A box whose text may be longer than it is high: the keyboard can reach and scroll it."""
    more = {"id": id_} if id_ else {}
    return html.Div(
        content,
        className=class_name,
        tabIndex=0,
        role="group",
        **{"aria-label": name},
        **more,
    )
