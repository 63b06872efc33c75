"""The words of the task are explained where they stand, and in the list that ``?`` opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.theme import OUTCOME_LABELS
from dashboard.vocabulary.glossary import GLOSSARY, OUTCOMES
from tests.support.waiting import wait_ready


def test_every_outcome_is_explained() -> None:
    assert set(OUTCOME_LABELS) <= set(OUTCOMES)


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_list_of_words_is_one_click_or_key_away(page: Page, hand: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/")
    wait_ready(page)
    words = page.locator("#glossary tr")
    expect(words.first).to_be_hidden()
    if hand == "mouse":
        page.locator("#help-button").click()
    else:
        page.keyboard.press("?")
    expect(words).to_have_count(len(OUTCOMES) + len(GLOSSARY))
    for word in ("correct reject", "d′", "omission"):
        row = words.filter(has=page.get_by_role("rowheader", name=word, exact=True))
        row.scroll_into_view_if_needed()
        expect(row.locator("td")).not_to_be_empty()
    box = page.locator("#help").bounding_box()
    assert box
    assert 0 <= box["y"] <= 768 - box["height"]
    page.keyboard.press("Escape")
    expect(words.first).to_be_hidden()


def test_a_chip_explains_its_outcome_under_the_pointer(page: Page, small_experiment: Path) -> None:
    page.goto(f"/experiment/{small_experiment.stem.rpartition('_')[2]}")
    wait_ready(page)
    chip = page.locator("#trials-outcomes .outcome-label", has_text="correct reject")
    title = chip.get_attribute("title")
    assert str(title).startswith(OUTCOMES["correct_reject"])
