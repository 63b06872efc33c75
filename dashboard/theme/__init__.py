"""Colours, the Plotly template and number formats of all pages.

The hues follow the conventions of the field, dark enough for text (contrast 4.5 on white) and marks
(3). A symbol, shape, place or text always says the same, so that no colour has to be told apart;
those of outcomes stay apart for colour-blind eyes too (``tests/dashboard/test_theme.py``).

All colours here are those of the light theme, and figures are made in them: the browser turns them
into those of the theme that is shown (``theme/palettes.py``, ``assets/themes/figures.js``). So a
colour of a figure has a name here; named colours such as ``white`` stay as they are.
``assets/core/tokens.css`` holds spacing and type sizes.
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
ACCENT, LINK = "#1f5fbf", "#447adb"
FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

GRAPH_CONFIG: dict[str, Any] = {"displaylogo": False, "showSendToCloud": False}
"""Plotly's settings of every graph: no button sends data anywhere, none leads to another site."""

OUTCOME_COLORS = {
    "hit": "#22854c",
    "miss": "#9f6a0c",
    "false_alarm": "#84150b",
    "correct_reject": "#1438b3",
    "aborted": "#696d73",
    "auto_rewarded": "#081059",
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
OUTCOME_EXTENTS = {
    "hit": (0.0, 1.0),
    "miss": (0.0, 0.5),
    "false_alarm": (-1.0, 0.0),
    "correct_reject": (-0.5, 0.0),
    "aborted": (-0.2, 0.2),
    "auto_rewarded": (0.5, 1.0),
}
"""From where to where a trial's mark reaches in a row from -1 to 1, so that a mark of one pixel
still tells the outcome: changes go up and catch trials down, with a lick all the way and without
one half of it; the upper half alone is a free reward."""
OUTCOME_PATTERNS = {
    "hit": "",
    "miss": "/",
    "false_alarm": "x",
    "correct_reject": ".",
    "aborted": "-",
    "auto_rewarded": "|",
}
"""Plotly's patterns of bars."""
OUTCOME_SQUARES = {
    "hit": "■",
    "miss": "▨",
    "false_alarm": "▩",
    "correct_reject": "▣",
    "aborted": "▤",
    "auto_rewarded": "▥",
}
"""``OUTCOME_PATTERNS`` as characters, for legends."""
CHANGE_COLOR, FLASH_COLOR, OMISSION_COLOR = "#4c72b0", "#767676", "#307e96"
IMAGE_COLORS = (
    "#d44137",
    "#88741d",
    "#4a841c",
    "#1d883f",
    "#1d8288",
    "#556edb",
    "#9d51da",
    "#d22fa0",
)
EXPERIENCE_COLORS = {
    "Familiar": "#0b559f",
    "Novel 1": "#aa1016",
    "Novel >1": "#572c92",
    "Training": "#6996c4",
}
CRE_LINE_COLORS = {
    "Slc17a7-IRES2-Cre": "#ff5754",
    "Sst-IRES-Cre": "#309eb3",
    "Vip-IRES-Cre": "#a585be",
}
ELLIPSE_COLORS = {"pupil": "rgb(0,255,247)", "eye": "rgb(255,107,66)", "cr": "rgb(0,255,0)"}
MOTION_COLORS = {"x": "#c44e52", "y": "#1f5fbf"}
ROI_COLOR, SELECTED_ROI_COLOR = "#ff3b30", "#ffe066"
ACTIVE_ROI_COLOR = "#35f0a0"
"""A cell whose activity is at the top of the scale; its brightness is its opacity."""
SCREEN_COLOR = "#7f7f7f"
"""The gray of the monitor between flashes."""
ON_PICTURE, PICTURE_EDGE = "white", "#1d2732"
"""What is drawn on pictures, and the dark below it, which no theme changes."""
BLOCK_COLORS = {"task": "#e8eef7", "passive viewing": "#eef0e6", "gray screen": "#eceef1"}
"""Kinds of stimulus blocks, behind marks."""
MOVIE_BLOCK_COLOR, MOVIE_COLOR = "#efe6f3", "#cfd6de"
RESPONSE_COLOR, BASELINE_COLOR = "#f2d38b", "#c9d6e6"
"""Windows around events."""
GRID_COLOR, COUNT_COLOR, WITHOUT_TASK_COLOR, NOT_HERE_COLOR = (
    "#eef1f5",
    "#6c7885",
    "#aa8f6f",
    "#7f8b99",
)
SCALE_LOW_COLOR, SCALE_TOP_COLOR = "#5c6a78", "#e8a04c"
"""The squares that stand for the ends of the scale of colours."""
HIT_RATE_COLOR, FALSE_ALARM_RATE_COLOR, DPRIME_COLOR, REWARD_RATE_COLOR = (
    OUTCOME_COLORS["hit"],
    OUTCOME_COLORS["false_alarm"],
    "#7b6baf",
    "#4c72b0",
)
FALSE_ALARM_RATE_DASH = "5px,3px"
"""How the line of the false-alarm rate differs from that of the hit rate without its colour."""
SPLIT_COLORS = {
    "change": CHANGE_COLOR,
    "repeat": FLASH_COLOR,
    "engaged": "#60801f",
    "not engaged": "#b22222",
    "running": "#2c8555",
    "still": "#7b6baf",
    "small pupil": "#b08d4c",
    "middle pupil": "#8c6d31",
    "large pupil": "#4f3510",
    "novel": EXPERIENCE_COLORS["Novel 1"],
    "familiar": EXPERIENCE_COLORS["Familiar"],
}
"""Groups of events that are divided by a property other than the outcome or the image."""
LICK_COLOR, REWARD_COLOR, AUTO_REWARD_COLOR = INK, "#1f77b4", OUTCOME_COLORS["auto_rewarded"]
RUNNING_COLOR, PUPIL_COLOR = "#3b4754", "#8c6d31"
CELL_COLORS = (
    "#1f5fbf",
    "#c44e52",
    "#2c8555",
    "#7b6baf",
    "#a56826",
    "#238191",
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


TRAINING_COLORS = tuple(paler(EXPERIENCE_COLORS["Familiar"], 0.88 - 0.07 * n) for n in range(6))
"""Sessions of training, darker from stage to stage."""
PASSIVE_COLORS = {level: paler(color, 0.35) for level, color in EXPERIENCE_COLORS.items()}
PASSIVE_COLOR = paler(MUTED, 0.35)
"""Passive viewing, by experience level and where the level is not known."""


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
    dark, bright = (f"<span style='color:{c}'>■</span>" for c in (SCALE_LOW_COLOR, SCALE_TOP_COLOR))
    return f"{dark} {number(low)} to {bright} {number(top)} {unit}"


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
