"""The look of every AG Grid table."""

from __future__ import annotations

from typing import Any

from dashboard.theme import ACCENT, FONT, INK, MUTED, PAPER, RULE

GRID_THEME = (
    "themeQuartz.withParams({"
    f"accentColor: '{ACCENT}', foregroundColor: '{INK}', backgroundColor: '{PAPER}', "
    f"headerTextColor: '{MUTED}', borderColor: '{RULE}', fontFamily: \"{FONT}\", "
    "fontSize: 12, headerFontSize: 12, headerFontWeight: 600, "
    "cellHorizontalPadding: 8, wrapperBorder: false, wrapperBorderRadius: 0, "
    "headerColumnResizeHandleHeight: '60%'})"
)
GRID_OPTIONS: dict[str, Any] = {
    "theme": {"function": GRID_THEME},
    # not in the theme: a grid that is made behind a closed tab cannot measure its theme's heights
    "rowHeight": 24,
    "headerHeight": 28,
    "animateRows": False,
    "suppressColumnMoveAnimation": True,
    "suppressNoRowsOverlay": True,
    "tooltipShowDelay": 400,
}
