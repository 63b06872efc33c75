"""The options that all AG Grid tables share."""

from __future__ import annotations

from typing import Any

from dashboard.theme import FONT

KEEPING = ("modelUpdated", "displayedColumnsChanged", "sortChanged", "filterChanged")
"""The events of AG Grid after which ``assets/core/kept_rows.js`` looks at a table."""


def grid_options(
    *, row_height: int = 24, header_height: int = 28, padding: int = 8, **more: Any
) -> dict[str, Any]:
    """The ``dashGridOptions`` of a table; sizes in pixels, ``more`` are further options.

    Heights are options and not part of the theme: AG Grid measures the theme's heights in the
    page, which gives nothing for a table that is made in a tab that is not shown.
    """
    theme = (
        "themeQuartz.withParams({"
        "accentColor: 'var(--accent)', foregroundColor: 'var(--ink)', "
        "backgroundColor: 'var(--paper)', headerTextColor: 'var(--muted)', "
        f"borderColor: 'var(--rule)', browserColorScheme: 'inherit', fontFamily: \"{FONT}\", "
        "fontSize: 'var(--text-s)', headerFontSize: 'var(--text-s)', headerFontWeight: 600, "
        f"cellHorizontalPadding: {padding}, wrapperBorder: false, wrapperBorderRadius: 0, "
        "headerColumnResizeHandleHeight: '60%'})"
    )
    return {
        "theme": {"function": theme},
        "rowHeight": row_height,
        "headerHeight": header_height,
        "animateRows": False,
        "suppressColumnMoveAnimation": True,
        "suppressNoRowsOverlay": True,
        "tooltipShowDelay": 400,
    } | more


def kept_rows(name: str, rows: str = "") -> dict[str, list[str]]:
    """The ``eventListeners`` that keep how a table is sorted and filtered in the address.

    Args:
        name: that of the table in the query.
        rows: names the rows where one place shows several tables; a new one begins as stored.
    """
    call = f"vbdKeepRows(params, '{name}', '{rows}')"
    return {event: [call] for event in KEEPING}
