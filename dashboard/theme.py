"""Colours, the Plotly template and number formats of all pages.

Colours follow the conventions of the field. A symbol, shape or text always says the same, so that
no colour has to be told apart.
``assets/core/tokens.css`` holds the page's neutral colours, spacing and type sizes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data_layer.values.known import known

INK = "#1d2733"
MUTED = "#5c6a79"
RULE = "#dfe4ea"
PAPER = "#ffffff"
ACCENT = "#1f5fbf"
FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

GRAPH_CONFIG: dict[str, Any] = {"displaylogo": False, "showSendToCloud": False}
"""Plotly's settings of every graph: no button sends data anywhere, none leads to another site."""

OUTCOME_COLORS = {
    "hit": "#55a868",
    "miss": "#ccb974",
    "false_alarm": "#c44e52",
    "correct_reject": "#4c72b0",
    "aborted": "#d3d3d3",
    "auto_rewarded": "#00008b",
}
OUTCOME_LABELS = {
    "hit": "hit",
    "miss": "miss",
    "false_alarm": "false alarm",
    "correct_reject": "correct reject",
    "aborted": "aborted",
    "auto_rewarded": "auto-rewarded",
}
OUTCOME_SYMBOLS = {
    "hit": "circle",
    "miss": "x",
    "false_alarm": "triangle-up",
    "correct_reject": "square",
    "aborted": "line-ns",
    "auto_rewarded": "diamond",
}
OUTCOME_GLYPHS = {
    "hit": "●",
    "miss": "✕",
    "false_alarm": "▲",
    "correct_reject": "■",
    "auto_rewarded": "◆",
    "aborted": "❘",
    "unknown": "?",
}
"""``OUTCOME_SYMBOLS`` as characters, for HTML text."""
CHANGE_COLOR, FLASH_COLOR, OMISSION_COLOR = "#4c72b0", "#808080", "#64b5cd"
IMAGE_COLORS = (
    "#db5f57",
    "#dbc257",
    "#91db57",
    "#57db80",
    "#57d3db",
    "#5770db",
    "#a157db",
    "#db57b2",
)
EXPERIENCE_COLORS = {
    "Familiar": "#0b559f",
    "Novel 1": "#aa1016",
    "Novel >1": "#572c92",
    "Training": "#b6cce2",
}
CRE_LINE_COLORS = {
    "Slc17a7-IRES2-Cre": "#ff9896",
    "Sst-IRES-Cre": "#9edae5",
    "Vip-IRES-Cre": "#c5b0d5",
}
ELLIPSE_COLORS = {"pupil": "rgb(0,255,247)", "eye": "rgb(255,107,66)", "cr": "rgb(0,255,0)"}
MOTION_COLORS = {"x": "#c44e52", "y": "#55a868"}
ROI_COLOR, SELECTED_ROI_COLOR = "#ff3b30", "#ffe066"
HIT_RATE_COLOR, FALSE_ALARM_RATE_COLOR, DPRIME_COLOR, REWARD_RATE_COLOR = (
    "#55a868",
    "#c44e52",
    "#8172b3",
    "#4c72b0",
)
LICK_COLOR, REWARD_COLOR, AUTO_REWARD_COLOR = INK, "#1f77b4", "#00008b"
RUNNING_COLOR, PUPIL_COLOR = "#3b4754", "#8c6d31"
CELL_COLORS = (
    "#1f5fbf",
    "#c44e52",
    "#2f8f5b",
    "#8172b3",
    "#b8742a",
    "#2a9db0",
    "#a3457f",
    "#6b7a1f",
)
ACTIVITY_COLORSCALE = "Magma"


def image_color(image_name: str, image_names: list[str]) -> str:
    """The colour of an image, chosen by its index among the session's sorted image names."""
    names = sorted(name for name in image_names if name != "omitted")
    if image_name not in names:
        return FLASH_COLOR
    return IMAGE_COLORS[names.index(image_name) % len(IMAGE_COLORS)]


def translucent(color: str, opacity: float) -> str:
    """A ``#rrggbb`` colour as ``rgba(...)`` with the given opacity."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def paler(color: str, part: float = 0.5) -> str:
    """A ``#rrggbb`` colour mixed with white; ``part`` (0 to 1) is the share of white."""
    mixed = (round(int(color[i : i + 2], 16) * (1 - part) + 255 * part) for i in (1, 3, 5))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def number(value: float | None, digits: int = 3) -> str:
    """A number as text: with thousands separators, at most ``digits`` digits, – where absent."""
    if value is None or math.isnan(value):
        return "–"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.{digits}g}" if abs(value) < 1000 else f"{value:,.1f}"


UNKNOWN = "unknown"


def fact(value: Any, noun: str = "") -> str:
    """A cell of a table as text; ``unknown``, followed by the noun, where it has no value."""
    value = known(value)
    return f"{UNKNOWN} {noun}".strip() if value is None else str(value)


def day(date: Any, form: str = "%Y-%m-%d") -> str:
    """The date of a table's row as text; ``unknown date`` where it has none."""
    date = known(date)
    return f"{UNKNOWN} date" if date is None else f"{date:{form}}"


def place(row: Mapping[Any, Any] | pd.Series) -> str:
    """Where a plane lies, ``VISp 150 µm``, from what its row knows of it; else an empty text."""
    area, depth = known(row.get("targeted_structure")), known(row.get("imaging_depth"))
    words = [area, None if depth is None else f"{depth:g} µm"]
    return " ".join(str(word) for word in words if word is not None)


def scale_words(low: float, top: float, unit: str) -> str:
    """The values of the darkest and the brightest colour, as text."""
    return f"■ {number(low)} to <span style='color:#e8a04c'>■</span> {number(top)} {unit}"


def axis(**settings: Any) -> dict[str, Any]:
    """The settings of one axis in the dashboard's style; ``settings`` override them.

    ``ticklabeloverflow`` is ``allow`` because otherwise Plotly measures every label of every axis
    at each draw to hide those that overflow. The margins leave room for all of them.
    """
    return {
        "showgrid": False,
        "zeroline": False,
        "linecolor": RULE,
        "tickcolor": RULE,
        "ticks": "outside",
        "ticklen": 3,
        "title": {"standoff": 4},
        "automargin": False,
        "ticklabeloverflow": "allow",
    } | settings


TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": FONT, "size": 12, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        colorway=list(CELL_COLORS),
        margin={"l": 56, "r": 12, "t": 8, "b": 36},
        hoverlabel={"font": {"family": FONT, "size": 12}, "bgcolor": PAPER, "bordercolor": RULE},
        xaxis=axis(),
        yaxis=axis(),
        showlegend=False,
        modebar={"remove": ["lasso2d", "select2d", "autoScale2d"]},
    )
)
