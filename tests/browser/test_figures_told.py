"""What a figure shows is told in a sentence, in a table, and walked and heard by keys."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import grave, violations
from tests.support.waiting import wait_for, wait_ready

SPAN = (60.0, 70.0)


@pytest.fixture
def shown(page: Page, small_experiment: Path) -> Page:
    page.goto(f"/experiment/{small_experiment.stem.rpartition('_')[2]}?t={SPAN[0]}-{SPAN[1]}")
    wait_ready(page)
    return page


def numbers_of(page: Page, panel: str) -> pd.DataFrame:
    """The file of a panel's numbers, as its menu saves it."""
    page.locator(f"#panel-{panel} .panel-menu-button").click()
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name="Numbers as CSV").click()
    return pd.read_csv(io.StringIO(Path(saved.value.path()).read_text()), comment="#")


def open_by_keys(page: Page, panel: str, item: str) -> Locator:
    page.locator(f"#panel-{panel} .panel-menu-button").press("Enter")
    for _ in range(10):
        if page.evaluate("document.activeElement.textContent") == item:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    return page.get_by_role("dialog")


def test_every_figure_says_what_it_shows_and_follows_the_window(shown: Page) -> None:
    figures = shown.locator("#_pages_content .js-plotly-plot[role=img]:visible")
    for figure in figures.all():
        expect(figure).to_have_attribute("aria-label", re.compile(r"^Figure: [^.]+\. .{10,}"))
    timeline = shown.locator("#timeline-graph .js-plotly-plot")
    said = re.compile(r"time in session \(s\): 60 to 70\..*running speed -?\d[\d.]* to \d")
    expect(timeline).to_have_attribute("aria-label", said)
    shown.keyboard.press("ArrowRight")
    moved = re.compile(r"time in session \(s\): 62\.5 to 72\.5\.")
    expect(timeline).to_have_attribute("aria-label", moved)


def test_the_sentence_has_the_least_and_greatest_number_of_a_line(shown: Page) -> None:
    numbers = numbers_of(shown, "timeline")
    speed = numbers.loc[numbers["row"] == "running_speed", "value"].astype(float)
    said = f"running speed {float(f'{speed.min():.3g}'):g} to {float(f'{speed.max():.3g}'):g}"
    expect(shown.locator("#timeline-graph .js-plotly-plot")).to_have_attribute(
        "aria-label", re.compile(re.escape(said))
    )


@pytest.mark.parametrize("panel", ["timeline", "trials", "performance"])
def test_enter_on_a_figure_opens_its_numbers_as_a_table(shown: Page, panel: str) -> None:
    if panel != "timeline":
        shown.get_by_role("tab", name=panel.capitalize()).click()
        wait_ready(shown)
    expected = numbers_of(shown, panel)
    figure = shown.locator(f"#panel-{panel} .js-plotly-plot:visible").first
    figure.press("Enter")
    dialog = shown.get_by_role("dialog")
    expect(dialog).to_be_visible()
    names = [re.sub(r" \(.*\)$", "", head) for head in dialog.locator("th").all_inner_texts()]
    assert names == list(expected)
    assert dialog.locator("tbody tr").count() == min(len(expected), 500)
    expect(dialog).to_contain_text(f"{len(expected):,} rows")
    assert dialog.locator("tbody tr").first.locator("td").first.inner_text() == str(
        expected.iloc[0, 0]
    )
    assert grave(violations(shown)) == []
    shown.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    wait_for(shown, "document.activeElement.matches('.js-plotly-plot')")


def test_a_timeline_is_walked_by_keys_point_by_point(shown: Page) -> None:
    numbers = numbers_of(shown, "timeline")
    dialog = open_by_keys(shown, "timeline", "Listen")
    told = dialog.locator(".listen-told")
    expect(told).not_to_be_empty()
    first = numbers.iloc[0]
    shown.keyboard.press("End")
    shown.keyboard.press("Home")
    same = numbers[(numbers["row"] == first["row"]) & numbers["time"].notna()]
    expect(told).to_contain_text(str(same.sort_values("time").iloc[0]["name"]))
    lines = set()
    for _ in range(12):
        shown.keyboard.press("PageDown")
        lines.add(told.inner_text().split(",")[0].strip())
    assert any("running_speed" in line for line in lines)
    assert grave(violations(shown)) == []
    before = shown.url
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert shown.url == before  # the arrows were for the points, not for the window


@pytest.mark.parametrize("tab", ["Trials", "Events"])
def test_the_raster_and_the_averages_are_walked_too(shown: Page, tab: str) -> None:
    shown.get_by_role("tab", name=tab).click()
    wait_ready(shown)
    panel = tab.lower()
    expected = numbers_of(shown, panel)
    dialog = open_by_keys(shown, panel, "Listen")
    told = dialog.locator(".listen-told")
    expect(told).not_to_be_empty()
    shown.keyboard.press("Home")
    said = told.inner_text()
    shown.keyboard.press("ArrowRight")
    expect(told).not_to_have_text(said)
    if tab == "Trials":
        expect(told).to_contain_text(re.compile(r"trial \d+, \w+, (lick|\w+ reward|\w+)"))
    else:
        mean = expected[expected["shows"] == "mean"].iloc[1]
        expect(told).to_contain_text(f"{mean['offset']:.4g}, {mean['value']:.4g}")
