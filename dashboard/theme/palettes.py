"""The themes: what each makes of the colours of ``dashboard.theme``, and of text and lines.

A theme is light, dark, or ``projector``: dark for a dark room, with large type and thick lines.
Stylesheets name the page's colours ``var(--ink)``; figures and marks in HTML have those of
``dashboard.theme``, which ``FIGURE_COLORS`` lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from dashboard import theme
from dashboard.theme.mirror import mirrored

TEXT_SIZES = (100, 115, 130)
"""Sizes of text to choose from, in percent."""
PAGE_COLORS = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "rule": theme.RULE,
    "paper": theme.PAPER,
    "canvas": "#f3f5f8",
    "accent": theme.ACCENT,
    "accent-soft": "#e3ecf8",
    "warn": "#9a3412",
    "good": "#15703b",
    "here": "#2f8f5b",
    "control": "#767676",
    "hint": "#757575",
    "fail": "#b3261e",
    "fail-soft": "#fbe1de",
    "fail-ink": "#ffffff",
    "look": "#8a5a00",
    "look-soft": "#fdefc8",
    "look-full": "#f7d67a",
    "look-ink": "#4d3300",
    "pass": "#2c6e49",
    "pass-soft": "#e3f1e8",
    "none": "#7b8794",
    "none-soft": "#eef1f4",
    "none-mark": "#b4bdc7",
    "label-good": "#2f8f5b",
    "label-look-again": "#b8742a",
    "label-bad": "#c44e52",
    "label-note": "#5c6a79",
    "login": "#f4f6f8",
    "problem": "#a3262a",
}
"""The colours of the stylesheets by name, in the light theme."""
OUTCOMES_ON_DARK = {
    "hit": "#55e89a",
    "miss": "#f7ac03",
    "false_alarm": "#fc5b4f",
    "correct_reject": "#679de8",
    "aborted": "#8b9093",
    "auto_rewarded": "#bbecf8",
}
"""Found by search: mirrored, hit and false alarm would look alike to deuteranopes."""


NEUTRAL = ("ink", "muted", "rule", "paper", "accent")
"""The page's colours that figures have too."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What becomes of colours; ``text`` multiplies type, ``lines`` (px) makes strokes thicker."""

    is_dark: bool
    page: dict[str, str]
    figures: dict[str, str]
    text: float = 1.0
    lines: float = 0.0


def _colors(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from [value] if value[:1] == "#" and len(value) == len("#rrggbb") else []
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_colors, value.values()))
    elif isinstance(value, tuple):
        yield from chain.from_iterable(map(_colors, value))


ON_PICTURES = {
    theme.ROI_COLOR,
    theme.SELECTED_ROI_COLOR,
    theme.ACTIVE_ROI_COLOR,
    theme.SCREEN_COLOR,
    theme.PICTURE_EDGE,
}
"""Pictures are the same in every theme, and so is what is drawn on them."""
FIGURE_COLORS = tuple(
    dict.fromkeys(
        color
        for name, value in vars(theme).items()
        if name.isupper()
        for color in _colors(value)
        if color not in ON_PICTURES
    )
)
"""Every colour of figures and marks, in the light theme."""


def _dark(ground: float, spread: float, own: dict[str, str], **more: float) -> Theme:
    """A dark theme; ``own`` are the page's colours that are not the mirrored ones."""
    figures = {color: mirrored(color, ground, spread) for color in FIGURE_COLORS}
    page = {name: mirrored(color, ground, spread) for name, color in PAGE_COLORS.items()} | own
    outcomes = {theme.OUTCOME_COLORS[name]: color for name, color in OUTCOMES_ON_DARK.items()}
    neutral = {PAGE_COLORS[name]: page[name] for name in NEUTRAL}
    kept = {color: color for color in (*theme.CRE_LINE_COLORS.values(), theme.SCALE_TOP_COLOR)}
    scale = {theme.SCALE_LOW_COLOR: "#8460ad"}
    return Theme(True, page, figures | outcomes | neutral | kept | scale, **more)


THEMES = {
    "light": Theme(False, PAGE_COLORS, {}),
    "dark": _dark(
        0.225,
        1.06,
        {
            "ink": "#e6eaf0",
            "muted": "#a3afbd",
            "rule": "#343c46",
            "paper": "#181c22",
            "canvas": "#0f1216",
            "accent-soft": "#22344f",
            "login": "#0f1216",
            "look-full": "#5d4708",
        },
    ),
    "projector": _dark(
        0.17,
        1.2,
        {
            "ink": "#fafbfc",
            "muted": "#c9d1da",
            "rule": "#4a535e",
            "paper": "#040506",
            "canvas": "#15181c",
            "accent-soft": "#143057",
            "login": "#15181c",
            "look-full": "#6b5200",
        },
        text=1.25,
        lines=0.8,
    ),
}
"""By the names that links have; without one, the system says whether it is light or dark."""
