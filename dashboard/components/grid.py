"""The look of every AG Grid table."""

from __future__ import annotations

from typing import Any

from dashboard.theme import ACCENT, FONT, INK, MUTED, PAPER, RULE


def grid_options(
    *, row_height: int = 24, header_height: int = 28, padding: int = 8, **more: Any
) -> dict[str, Any]:
    """Options of a grid (``dashGridOptions``); sizes in pixels, ``more`` are AG Grid's own.

    The heights are not in the theme: a grid that is made behind a closed tab cannot measure it.
    """
    theme = (
        "themeQuartz.withParams({"
        f"accentColor: '{ACCENT}', foregroundColor: '{INK}', backgroundColor: '{PAPER}', "
        f"headerTextColor: '{MUTED}', borderColor: '{RULE}', fontFamily: \"{FONT}\", "
        "fontSize: 12, headerFontSize: 12, headerFontWeight: 600, "
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
