"""Chips: short facts about a recording in a page's header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard import theme
from dashboard.theme.stylesheet import css
from data_layer.values.known import known


def chip(
    text: Any, title: str, color: str | None = None, href: str | None = None
) -> html.Span | None:
    """One fact with the tooltip ``title``, a coloured mark and a link; None without a value."""
    text = known(text)
    if not text:
        return None
    mark = [html.Span(className="chip-mark", style={"background": css(color)})] if color else []
    words = dcc.Link(str(text), href=href) if href else str(text)
    return html.Span([*mark, words], className="fact", title=title)


def cre_line_chip(cre_line: Any) -> html.Span | None:
    """The Cre line with its colour."""
    return chip(cre_line, "cre line", theme.CRE_LINE_COLORS.get(str(cre_line)))


def experience_chip(level: Any) -> html.Span | None:
    """The experience level with its colour."""
    return chip(level, "experience level", theme.EXPERIENCE_COLORS.get(str(level)))


def plane_name(facts: Mapping[str, Any]) -> str:
    """Area and depth as text, such as ``VISp 175 µm``; says so where both are unknown.

    Args:
        facts: the metadata of an experiment or its row in the tables; any value may be missing.
    """
    return theme.place(facts) or "unknown area, unknown depth"


def counted(n: int, noun: str) -> str:
    """A number with its noun: ``1 day``, ``6 days``."""
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def page_header(
    id_name: str, id_: Any, chips: Sequence[Any], links: Sequence[Any] = ()
) -> html.Div:
    """A page's header: the id with AllenSDK's name for it, chips, and links."""
    return html.Div(
        [
            html.H1([html.Span(id_name, className="id-name"), f" {id_}"]),
            html.Div([one for one in chips if one is not None], className="facts"),
            html.Div(list(links), className="neighbours"),
        ],
        className="session-header",
    )
