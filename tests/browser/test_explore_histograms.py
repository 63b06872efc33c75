"""The histograms of Explore in the browser: ranges of measures filter the table and each other."""

from __future__ import annotations

import pandas as pd
from playwright.sync_api import Locator, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

Cache = VisualBehaviorOphysProjectCache
MEASURE, OTHER = "hits_per_go", "age_in_days"
READY = "#explore-histograms[data-state=ready]"
COUNTED = """name => [...document.querySelectorAll(`#measure-${name} .histogram i`)]
    .map(bar => Number(bar.title.split(': ').at(-1).replace(',', '')))"""
LIMITS = "name => [...document.querySelectorAll(`#measure-${name} input`)].map(one => one.value)"


def rates(table: pd.DataFrame) -> pd.Series:
    """Hits per go trial in percent; passive sessions have none."""
    passive = table["session_type"].astype(str).str.contains("passive", na=False)
    rate = 100 * table["hit_trial_count"] / table["go_trial_count"]
    return rate.astype(float).mask(passive.to_numpy(dtype=bool))


def limits(page: Page) -> tuple[float, float]:
    low, high = page.evaluate(LIMITS, MEASURE)
    return float(low), float(high)


def left_are(page: Page, table: pd.DataFrame) -> None:
    """The rows that the chosen range leaves; the count, the table and the other histogram agree."""
    rate = rates(table).round(6)
    left = table[rate.between(*limits(page)).to_numpy()]
    assert 0 < len(left) < len(table)
    expect(page.locator("#explore-count")).to_have_text(f"{len(left)} of {len(table)}")
    shown = "#explore-grid .ag-row:has(.row-link)"
    wait_for(page, f"n => document.querySelectorAll('{shown}').length <= n", arg=len(left))
    assert sum(page.evaluate(COUNTED, OTHER)) == left[OTHER].notna().sum()
    assert sum(page.evaluate(COUNTED, MEASURE)) == rates(table).notna().sum()


def all_are(page: Page, table: pd.DataFrame) -> None:
    expect(page.locator("#explore-count")).to_have_text(f"{len(table)} of {len(table)}")


def drag(page: Page, plot: Locator) -> None:
    """Choose the bins at the right of a histogram."""
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=4)
    page.mouse.up()


def in_one_line(page: Page) -> None:
    boxes = [page.locator(f"#explore-{name}").bounding_box() for name in ("views", "csv")]
    assert len({round(box["y"] / 20) for box in boxes if box}) == 1


def choose_by_keys(page: Page, plot: Locator, table: pd.DataFrame) -> None:
    plot.press("ArrowLeft")  # the last bin
    left_are(page, table)
    last = limits(page)
    plot.press("Home")
    plot.press("Shift+ArrowLeft")
    left_are(page, table)
    assert limits(page)[1] == last[0]
    plot.press("ArrowRight")
    assert limits(page)[1] == last[1]
    left_are(page, table)
    plot.press("Delete")
    all_are(page, table)


def test_a_range_filters_table_and_histograms_without_the_server_and_is_taken_back(
    page: Page, small_cache: Cache
) -> None:
    table = small_cache.get_behavior_session_table()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/?tab=behavior")
    wait_ready(page)
    page.get_by_role("button", name="Histograms", exact=True).click()
    page.wait_for_selector(READY)
    in_one_line(page)
    assert sum(page.evaluate(COUNTED, OTHER)) == table[OTHER].notna().sum()
    page.wait_for_timeout(1100)  # a change within a second of another is one step of Back
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    plot = page.locator(f"#measure-{MEASURE} .histogram")
    drag(page, plot)
    left_are(page, table)
    page.wait_for_url(f"**{MEASURE}=**view=histograms**")
    assert [url for url in asked if "favicon" not in url] == []
    link = page.url
    page.go_back()
    all_are(page, table)
    page.wait_for_timeout(400)  # Dash tells of the address once more
    choose_by_keys(page, plot, table)
    the_link_shows_the_same(page, link, table)


def the_link_shows_the_same(page: Page, link: str, table: pd.DataFrame) -> None:
    """A range of a measure filters the plain table too."""
    page.goto(link.replace("view=histograms", "view=table"))
    wait_ready(page)
    expect(page.locator("#explore-histograms")).to_be_hidden()
    chip = page.locator("#explore-chips .chip")
    expect(chip).to_contain_text("Hits per go trial: ")
    page.get_by_role("button", name="Histograms", exact=True).press("Enter")
    page.wait_for_selector(READY)
    left_are(page, table)
    chip.press("Enter")
    all_are(page, table)


def test_what_has_no_value_and_what_was_lost_are_told(page: Page, complaints: list[str]) -> None:
    page.goto("/?view=histograms&search=nothing-has-this-word")
    page.wait_for_selector(READY)
    expect(page.locator("#explore-nothing")).to_be_visible()
    assert sum(page.evaluate(COUNTED, OTHER)) == 0
    page.route("**/measures*", lambda route: route.fulfill(status=503))
    page.goto("/?view=histograms")
    lost = page.locator("#explore-histograms[data-state=error]")
    expect(lost).to_contain_text("could not be loaded (503)")
    page.unroute_all()
    lost.get_by_role("button", name="Try again").click()
    expect(page.locator(f"#measure-{OTHER} .histogram")).to_be_visible()
    complaints.clear()  # of the 503
