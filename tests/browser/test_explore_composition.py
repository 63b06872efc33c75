"""What the filtered rows of Explore are made of, compared with counts by pandas."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_ready


def shown(page: Page) -> tuple[list[str], list[list[str]]]:
    """The headings and lines of the table, as text."""
    table = page.locator("#explore-composition table")
    lines = table.locator("tbody tr, tfoot tr").all()
    return table.locator("thead th").all_inner_texts(), [
        line.locator("th, td").all_inner_texts() for line in lines
    ]


def text(rows: pd.DataFrame) -> str:
    """A cell: rows and mice."""
    mice = rows["mouse_id"].nunique()
    return f"{len(rows)} {mice} {'mouse' if mice == 1 else 'mice'}" if len(rows) else "·"


def expected(table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    low = table["imaging_depth"] // 100 * 100
    table = table.assign(depth=low.map(lambda depth: f"{int(depth)}–{int(depth) + 99}"))
    levels = list(
        dict.fromkeys(
            level
            for level in ("Familiar", "Novel 1", "Novel >1")
            if (table["experience_level"] == level).any()
        )
    )

    def cells(rows: pd.DataFrame) -> list[str]:
        return [*(text(rows[rows["experience_level"] == one]) for one in levels), text(rows)]

    groups = table.groupby(["cre_line", "targeted_structure", "depth"], sort=True)
    lines = [[*map(str, key), *cells(rows)] for key, rows in groups]
    return ["Cre line", "Area", "Depth (µm)", *levels, "all"], [
        *lines,
        ["all", "", "", *cells(table)],
    ]


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_composition_counts_rows_and_mice_and_follows_the_filters(
    page: Page, small_cache: VisualBehaviorOphysProjectCache, hand: str
) -> None:
    table = small_cache.get_ophys_experiment_table()
    page.goto("/")
    wait_ready(page)
    button = page.locator("#explore-views button", has_text="Composition")
    if hand == "mouse":
        button.click()
    else:
        button.press("Enter")
    expect(page.locator("#explore-composition table")).to_be_visible()
    expect(page.locator(".explore-grid-frame")).to_be_hidden()
    assert shown(page) == expected(table)
    page.set_viewport_size({"width": 1366, "height": 768})
    line = table["cre_line"].iloc[0]
    page.goto(f"/?cre_line={line}&view=composition")
    wait_ready(page)
    assert shown(page) == expected(table[table["cre_line"] == line])
    page.locator("#explore-views button", has_text="Table").click()
    expect(page.locator("#explore-composition")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"^(?!.*composition)"))  # written after a moment
    page.go_back()
    expect(page.locator("#explore-composition table")).to_be_visible()


@pytest.mark.parametrize("tab", ["session", "behavior"])
def test_tables_without_areas_count_what_they_have(page: Page, tab: str) -> None:
    page.goto(f"/?tab={tab}&view=composition")
    wait_ready(page)
    heads, lines = shown(page)
    assert heads[0] == "Cre line"
    assert len(lines) > 1
    count = page.locator("#explore-count").inner_text().split(" of ")[0]
    assert lines[-1][-1].split()[0] == count


def test_no_rows_are_told(page: Page) -> None:
    page.goto("/?search=nothing-has-this-word&view=composition")
    wait_ready(page)
    expect(page.locator("#explore-composition")).to_have_text("No rows are shown.")
