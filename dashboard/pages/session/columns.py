"""The two columns of a session's page, and the separator that divides the page between them."""

from __future__ import annotations

from typing import Any

from dash import html

LEFT, RIGHT, USUAL = 25, 80, 62  # % of the page that the left column takes: least, most, usual
WIDTHS = tuple(map(str, range(LEFT, RIGHT + 1)))
"""What the option ``columns`` may say."""
TITLE = "Drag, or press ← →, to move; double-click, or press Enter, for the usual width"


def columns(left: Any, right: Any, width: str, *, with_planes: bool) -> html.Div:
    """Both columns; ``width`` is the left one's in percent of the page, empty for the usual one.

    ``assets/panels/columns.js`` moves the separator.
    """
    return html.Div(
        [left, _separator(int(width or USUAL)), right],
        id="columns",
        className="columns" + ("" if with_planes else " no-planes"),
        style={"--left": width or USUAL},
    )


def _separator(width: int) -> html.Div:
    return html.Div(
        className="column-separator",
        role="separator",
        tabIndex=0,
        title=TITLE,
        **{
            "data-usual": str(USUAL),
            "aria-orientation": "vertical",
            "aria-label": "Width of the left column, percent of the page",
            "aria-valuemin": str(LEFT),
            "aria-valuemax": str(RIGHT),
            "aria-valuenow": str(width),
        },
    )
