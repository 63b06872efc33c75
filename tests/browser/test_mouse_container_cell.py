"""The pages of a mouse, a container and a cell, and the comparison, in the browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.support.waiting import wait_for, wait_ready


@pytest.fixture(scope="module")
def container(small_cache: Cache) -> int:
    """The container with the most days on this machine."""
    table = small_cache.get_ophys_experiment_table()
    here = table[table.index.isin(small_cache.available("experiment"))]
    return int(here["ophys_container_id"].value_counts().index[0])


@pytest.fixture(scope="module")
def days(small_cache: Cache, container: int) -> list[int]:
    """The container's days on this machine, by date."""
    table = small_cache.get_ophys_experiment_table()
    of_container = table[table["ophys_container_id"] == container].sort_values(
        "date_of_acquisition"
    )
    return [id_ for id_ in of_container.index if id_ in small_cache.available("experiment")]


def click_plot(page: Page, graph: str, x: float, y: float) -> None:
    """Click at a part of a graph's first plot, after Plotly has found the point there."""
    box = page.locator(f"#{graph} .nsewdrag").first.bounding_box()
    assert box is not None
    at = box["x"] + box["width"] * x, box["y"] + box["height"] * y
    page.mouse.move(*at)
    # Plotly clicks what it last hovered.
    expect(page.locator(f"#{graph} .hoverlayer > *").first).to_be_attached()
    page.mouse.click(*at)


def arrived(page: Page, *panels: str) -> None:
    """Check that the page that was opened has its panels, and that they are ready."""
    for panel in panels:
        expect(page.locator(f"#panel-{panel}")).to_have_attribute(
            "data-state", "ready", timeout=60_000
        )
    wait_ready(page)


def test_from_a_session_to_its_mouse_and_into_another_session(
    page: Page, small_cache: Cache, days: list[int]
) -> None:
    page.goto(f"/experiment/{days[0]}")
    wait_ready(page)
    page.locator(".session-header .fact a", has_text="mouse").click()
    page.wait_for_url("**/mouse/*")
    arrived(page, "mouse-history", "mouse-sessions")
    table = small_cache.get_behavior_session_table().sort_values("date_of_acquisition")
    expect(page.locator("#panel-mouse-sessions tbody tr")).to_have_count(len(table))
    page.get_by_text("by date").click()
    wait_ready(page)
    axis = "document.querySelector('#mouse-history-graph .js-plotly-plot').layout.xaxis.title.text"
    wait_for(page, f"{axis} === 'date'")
    page.get_by_text("by order").click()
    wait_for(page, f"{axis} !== 'date'")
    wait_ready(page)
    click_plot(page, "mouse-history-graph", 0.4 / len(table), 0.5)
    page.wait_for_url(f"**/behavior/{table.index[0]}*")
    arrived(page, "timeline")


@pytest.mark.parametrize("by_key", [False, True])
def test_the_list_of_a_mouse_leads_to_a_session_without_loading_the_page_anew(
    page: Page, small_cache: Cache, *, by_key: bool
) -> None:
    table = small_cache.get_behavior_session_table().sort_values("date_of_acquisition")
    page.goto(f"/mouse/{table['mouse_id'].iloc[0]}")
    arrived(page, "mouse-history", "mouse-sessions")
    page.evaluate("window.stayed = true")
    link = page.locator("#panel-mouse-sessions tbody a").first
    path = link.get_attribute("href")
    if by_key:
        link.press("Enter")
    else:
        link.click()
    page.wait_for_url(f"**{path}*")
    arrived(page, "timeline")
    assert page.evaluate("window.stayed")


def test_from_a_session_to_its_container_to_a_cell_and_to_another_day(
    page: Page, container: int, days: list[int]
) -> None:
    page.goto(f"/experiment/{days[0]}")
    wait_ready(page)
    page.get_by_text(re.compile(r"container day \d")).click()
    page.wait_for_url(f"**/container/{container}")
    arrived(page, "container-cells", "container-behavior", "container-averages")
    pictures = page.locator(".day-picture img[alt^=Maximum]")
    expect(pictures).to_have_count(len(days))
    shown = "[...document.querySelectorAll('.day-picture img[alt^=Maximum]')]"
    wait_for(page, f"{shown}.every((one) => one.naturalWidth > 0)")
    expect(page.locator(".outlines").first).to_be_hidden()
    page.locator("#container-outlines").click()
    expect(page.locator(".outlines").first).to_be_visible()
    wait_for(page, "document.querySelector('.outlines').naturalWidth > 0")
    click_plot(page, "container-cells-graph", 0.1, 0.05)
    page.wait_for_url("**/cell/*")
    arrived(page, "cell-crops", "cell-traces", "cell-responses")
    cell = page.url.rpartition("/")[2]
    page.locator(f".day-caption a[href='/experiment/{days[1]}?cells={cell}']").click()
    page.wait_for_url(f"**/experiment/{days[1]}*cells={cell}*")
    arrived(page, "timeline", "field-of-view")
    assert page.evaluate("vbd.cells.selected()") == [int(cell)]


def test_the_selected_cell_leads_to_all_its_days(page: Page, days: list[int]) -> None:
    page.goto(f"/experiment/{days[0]}")
    wait_ready(page)
    cell = page.evaluate("vbd.cells.selected()")[0]
    page.get_by_text(f"all days of {cell}").click()
    page.wait_for_url(f"**/cell/{cell}")
    arrived(page, "cell-crops", "cell-traces", "cell-responses")


def test_experiments_are_collected_and_compared(page: Page, days: list[int]) -> None:
    link = page.locator("#compare-link")
    for id_ in days[:2]:
        page.goto(f"/experiment/{id_}")
        wait_ready(page)
        page.locator(".compare-add").click()
    expect(link).to_have_text("Compare (2)")
    link.click()
    page.wait_for_url(f"**/compare?ids={days[0]},{days[1]}")
    arrived(page, "compare-plots", "compare-numbers")
    expect(page.locator(".day-caption")).to_have_count(2)
    page.get_by_role("checkbox", name="field of view").click()
    page.wait_for_url("**show=*")
    expect(page.locator("#panel-compare-projections")).to_have_count(0)
    arrived(page, "compare-plots")
    cell = page.locator("#compare-cell option").last.get_attribute("value")
    page.locator("#compare-cell").select_option(cell)
    page.wait_for_url(f"**cell={cell}*")
    wait_ready(page)
    expect(page.locator("#compare-plots-graph")).to_contain_text(f"cell {cell}")
    page.reload()
    wait_ready(page)
    expect(page.locator("#compare-plots-graph")).to_contain_text(f"cell {cell}")
    page.locator(".compare-remove").first.click()
    page.wait_for_url(f"**/compare?ids={days[1]}&*")
    wait_ready(page)
    expect(link).to_have_text("Compare (1)")


def test_explore_leads_to_mouse_and_container(page: Page, container: int, days: list[int]) -> None:
    page.goto(f"/?tab=experiment&q={days[0]}")
    wait_ready(page)
    page.locator(f".ag-row[row-id='{days[0]}'] .ag-cell").nth(3).click()
    page.get_by_text(f"container {container}").click()
    page.wait_for_url(f"**/container/{container}")
    arrived(page, "container-cells")


@pytest.mark.parametrize("width", [1024, 1920])
def test_the_pages_do_not_scroll_sideways(
    page: Page, small_cache: Cache, container: int, days: list[int], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    mouse = small_cache.get_behavior_session_table()["mouse_id"].iloc[0]
    for path in (f"/mouse/{mouse}", f"/container/{container}", f"/compare?ids={days[0]},{days[1]}"):
        page.goto(path)
        wait_ready(page)
        overflow = "document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(overflow) <= 0, path


def test_the_responses_of_a_cell_are_split_and_shown_with_single_events(
    page: Page, small_cache: Cache, days: list[int]
) -> None:
    cells = small_cache.get_ophys_cells_table()
    of_day = cells["cell_specimen_id"][cells["ophys_experiment_id"] == days[0]].dropna()
    page.goto(f"/cell/{int(of_day.iloc[0])}")
    arrived(page, "cell-responses")
    names = "vbd.plotly.plot(document.getElementById('cell-responses-graph')).data.map(t => t.name)"
    assert not page.evaluate(f"{names}.includes('hit')")
    page.locator("#cell-split").select_option("outcome")
    wait_for(page, f"{names}.includes('hit') && !{names}.includes('single event')")
    page.locator("#cell-single").press("Space")
    wait_for(page, f"{names}.includes('single event')")
    page.reload()
    arrived(page, "cell-responses")
    wait_for(page, f"{names}.includes('hit') && {names}.includes('single event')")
    numbers = page.evaluate(
        "vbd.panels.shownNumbers(document.getElementById('panel-cell-responses'))"
    )
    columns = {column["name"]: column["values"] for column in numbers["columns"]}
    rows = list(zip(columns["shows"], columns["group"], columns["event_time"], strict=True))
    assert {time is None for shows, _, time in rows if shows == "single event"} == {False}
    assert {"hit"} < {group for shows, group, _ in rows if shows == "single event"}
    assert {"mean", "interval", "single event"} == set(columns["shows"])
    page.locator("#cell-single").click()
    page.locator("#cell-split").press("ArrowUp")
    wait_for(page, f"!{names}.includes('hit') && !{names}.includes('single event')")
    expect(page).not_to_have_url(re.compile("split=|single="))
