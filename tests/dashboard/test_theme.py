"""Colours can be read and told apart, and nothing depends on them alone."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from dashboard import theme
from tests.support.color import EYES, contrast, distance

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "core" / "tokens.css"
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


@pytest.fixture(scope="module")
def tokens() -> dict[str, str]:
    """The colours of the stylesheets by name."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.read_text()))


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_text_of_the_page_can_be_read(tokens: dict[str, str], word: str, ground: str) -> None:
    assert contrast(tokens[word], tokens[ground]) >= TEXT


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_figures_can_be_read(name: str) -> None:
    assert contrast(TEXTS[name], theme.PAPER) >= TEXT


@pytest.mark.parametrize("name", MARKS)
def test_marks_can_be_seen(name: str) -> None:
    assert contrast(MARKS[name], theme.PAPER) >= MARK


def test_figures_and_stylesheets_have_the_same_neutral_colours(tokens: dict[str, str]) -> None:
    figures = {"ink": theme.INK, "muted": theme.MUTED, "rule": theme.RULE, "paper": theme.PAPER}
    assert {name: tokens[name] for name in figures} == figures
    assert tokens["accent"] == theme.ACCENT


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("pair", [*combinations(theme.OUTCOME_COLORS, 2)], ids="-".join)
def test_outcomes_stay_apart_for_all_eyes(pair: tuple[str, str], eyes: str) -> None:
    one, other = (theme.OUTCOME_COLORS[name] for name in pair)
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
