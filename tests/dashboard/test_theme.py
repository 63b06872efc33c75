"""Colours can be read and told apart, and nothing depends on them alone."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from dashboard import theme
from dashboard.theme.palettes import FIGURE_COLORS, NEUTRAL, PAGE_COLORS, THEMES
from tests.support.color import EYES, contrast, distance

TEXT, MARK = 4.5, 3.0
"""The least contrast of text and of what carries a meaning (WCAG 2.2, AA)."""
APART = 20.0
"""The least ΔE of two outcomes; hit and false alarm of seaborn's colours have 9.6."""
TEXTS = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "accent": theme.ACCENT,
    **theme.OUTCOME_COLORS,
    "hit rate": theme.HIT_RATE_COLOR,
    "false-alarm rate": theme.FALSE_ALARM_RATE_COLOR,
    "d′": theme.DPRIME_COLOR,
    "reward rate": theme.REWARD_RATE_COLOR,
    **{f"cell {i}": color for i, color in enumerate(theme.CELL_COLORS)},
    **{f"image {i}": color for i, color in enumerate(theme.IMAGE_COLORS)},
}
MARKS = TEXTS | {
    "change": theme.CHANGE_COLOR,
    "flash": theme.FLASH_COLOR,
    "omission": theme.OMISSION_COLOR,
    "lick": theme.LICK_COLOR,
    "reward": theme.REWARD_COLOR,
    "free reward": theme.AUTO_REWARD_COLOR,
    "running": theme.RUNNING_COLOR,
    "pupil": theme.PUPIL_COLOR,
    **theme.EXPERIENCE_COLORS,
    **theme.CRE_LINE_COLORS,
    **theme.SPLIT_COLORS,
    **{f"motion {axis}": color for axis, color in theme.MOTION_COLORS.items()},
}
WORDS = ("ink", "muted", "accent", "warn", "good")
GROUNDS = ("paper", "canvas", "accent-soft")
PAIRS = [(word, ground) for word in WORDS for ground in GROUNDS] + [
    ("fail-ink", "fail"),
    ("look", "look-soft"),
    ("look-ink", "look-full"),
    ("pass", "pass-soft"),
    ("hint", "paper"),
    ("problem", "paper"),
    ("ink", "login"),
]
ALL = pytest.mark.parametrize("theme_name", THEMES)
ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder, ending in (("dashboard", "py"), ("assets", "js"), ("assets", "css"))
    for path in (ROOT / folder).rglob(f"*.{ending}")
    if not {"theme", "vendor"} & set(path.parts)
]
LITERAL = re.compile(r"[\"' :,(](#[0-9a-f]{6}\b|#[0-9a-f]{3,4}\b|rgba?\([0-9])", re.IGNORECASE)
OF_NO_THEME = {
    "assets/core/tokens.css": 1,  # a shadow
    "assets/explore/preview.css": 1,  # behind a picture
    "assets/session/field_of_view/scale_bar.js": 3,  # shadows on a picture
    "assets/session/field_of_view/field_of_view.css": 1,  # a shadow
    "assets/themes/themes.css": 1,  # a shadow
    "dashboard/figures/field_of_view.py": 3,  # shadows on a picture
    "dashboard/figures/around_events/averages.py": 1,  # nothing
    "dashboard/figures/timeline.py": 1,  # nothing
}


def shown(theme_name: str, color: str) -> str:
    """A colour of figures as a theme shows it."""
    return THEMES[theme_name].figures.get(color, color)


@ALL
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_the_text_of_the_page_can_be_read(theme_name: str, word: str, ground: str) -> None:
    page = THEMES[theme_name].page
    assert contrast(page[word], page[ground]) >= TEXT


@ALL
@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_figures_can_be_read(theme_name: str, name: str) -> None:
    assert contrast(shown(theme_name, TEXTS[name]), shown(theme_name, theme.PAPER)) >= TEXT


@ALL
@pytest.mark.parametrize("name", MARKS)
def test_marks_can_be_seen(theme_name: str, name: str) -> None:
    assert contrast(shown(theme_name, MARKS[name]), shown(theme_name, theme.PAPER)) >= MARK


@ALL
def test_figures_and_pages_have_the_same_neutral_colours(theme_name: str) -> None:
    page = THEMES[theme_name].page
    assert {name: page[name] for name in NEUTRAL} == {
        name: shown(theme_name, PAGE_COLORS[name]) for name in NEUTRAL
    }


@ALL
def test_a_theme_can_be_turned_back(theme_name: str) -> None:
    """No two colours become one, and what is turned is not turned again."""
    figures = THEMES[theme_name].figures
    assert len(set(figures.values())) == len(figures)
    moved = {light: dark for light, dark in figures.items() if light != dark}
    assert not set(moved.values()) & set(figures)


def test_the_dark_themes_know_every_colour_of_figures() -> None:
    for name, one in THEMES.items():
        assert set(one.figures) == (set() if name == "light" else set(FIGURE_COLORS))
        assert one.page.keys() == PAGE_COLORS.keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_colours_have_names(path: Path) -> None:
    """What is not among the colours of the themes would stay as it is on a dark ground."""
    text = re.sub(r"plotly/\S+#\d+", "", path.read_text())  # the numbers of issues
    found = [color for color in LITERAL.findall(text) if color not in FIGURE_COLORS]
    assert len(found) == OF_NO_THEME.get(str(path.relative_to(ROOT)), 0), found


@ALL
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("pair", [*combinations(theme.OUTCOME_COLORS, 2)], ids="-".join)
def test_outcomes_stay_apart_for_all_eyes(
    theme_name: str, pair: tuple[str, str], eyes: str
) -> None:
    one, other = (shown(theme_name, theme.OUTCOME_COLORS[name]) for name in pair)
    assert distance(one, other, eyes) >= APART


@pytest.mark.parametrize(
    "told_by",
    [
        theme.OUTCOME_LABELS,
        theme.OUTCOME_SYMBOLS,
        theme.OUTCOME_EXTENTS,
        theme.OUTCOME_PATTERNS,
        theme.OUTCOME_SQUARES,
    ],
)
def test_each_outcome_has_a_look_of_its_own_without_its_colour(told_by: dict[str, object]) -> None:
    assert set(told_by) == set(theme.OUTCOME_COLORS)
    assert len(set(told_by.values())) == len(told_by)
