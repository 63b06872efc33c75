"""The Explore page in the browser: filter, look, open, share, download."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

Cache = VisualBehaviorOphysProjectCache


def explore(page: Page, **parameters: str) -> None:
    page.goto(f"/?{urlencode(parameters)}")
    wait_ready(page)


def value(page: Page, facet: str, level: str) -> None:
    """Click a value of a facet."""
    page.locator(f"#facet-{facet} [data-value='{level}']").click()


def shown(page: Page) -> int:
    """The number of rows that the page reports."""
    text = page.locator("#explore-count").inner_text()
    return int(text.split(" of ")[0].replace(",", ""))


def rows_are(page: Page, expected: int, of: int) -> None:
    expect(page.locator("#explore-count")).to_have_text(f"{expected:,} of {of:,}")


def first_ids(page: Page, column: str) -> list[int]:
    """The ids on screen, from the top."""
    rows = page.locator(f".ag-row [col-id='{column}']").all()
    placed = [
        (float(r.locator("..").get_attribute("row-index") or 0), r.inner_text()) for r in rows
    ]
    return [int(text) for _, text in sorted(placed)]


def test_every_table_is_shown_whole(page: Page, small_cache: Cache) -> None:
    explore(page)
    tables = {
        "experiment": small_cache.get_ophys_experiment_table(),
        "session": small_cache.get_ophys_session_table(),
        "behavior": small_cache.get_behavior_session_table(),
    }
    for tab, table in tables.items():
        page.locator(f"#explore-tabs [data-tab='{tab}']").click()
        rows_are(page, len(table), len(table))
        page.locator(".columns-menu summary").click()
        columns = page.locator("#explore-columns code").all_inner_texts()
        assert {*columns, table.index.name} == {*table.columns, table.index.name}
        page.keyboard.press("Escape")
        page.locator(".columns-menu summary").click()


def test_a_narrowed_view_is_the_same_for_a_second_user(
    open_page: Callable[[], Page], small_cache: Cache
) -> None:
    page = open_page()
    explore(page)
    experiments = small_cache.get_ophys_experiment_table()
    area, level = experiments.iloc[0][["targeted_structure", "experience_level"]]
    value(page, "targeted_structure", area)
    value(page, "experience_level", level)
    page.locator(".ag-header-cell[col-id='imaging_depth'] .ag-header-cell-label").click()
    found = experiments.query("targeted_structure == @area and experience_level == @level")
    rows_are(page, len(found), len(experiments))
    page.wait_for_url("**sort=imaging_depth**")
    order = found["imaging_depth"].sort_values(kind="stable").index.tolist()
    assert (
        first_ids(page, "ophys_experiment_id")
        == order[: len(first_ids(page, "ophys_experiment_id"))]
    )

    other = open_page()
    other.goto(page.url)
    wait_ready(other)
    rows_are(other, len(found), len(experiments))
    assert first_ids(other, "ophys_experiment_id") == first_ids(page, "ophys_experiment_id")
    chips = other.locator("#explore-chips .chip")
    assert chips.all_inner_texts() == [f"Area: {area}", f"Experience: {level}"]
    chips.first.click()
    rows_are(other, int(experiments["experience_level"].eq(level).sum()), len(experiments))
    other.get_by_role("button", name="clear all").click()
    rows_are(other, len(experiments), len(experiments))


def test_facets_answer_without_the_server(page: Page) -> None:
    explore(page)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    before = shown(page)
    levels = page.locator("#facet-targeted_structure [data-value]").all()
    for level in levels:
        level.click()
    assert shown(page) == before
    levels[0].click()
    page.locator(".ag-header-cell[col-id='mouse_id'] .ag-header-cell-label").click()
    assert not {*asked} & {"fetch", "xhr"}


def test_a_row_is_reached_opened_and_left_by_keys(page: Page, small_cache: Cache) -> None:
    experiment = min(small_cache.available("experiment"))
    explore(page)
    page.keyboard.press("/")
    page.keyboard.type(str(experiment))
    rows_are(page, 1, len(small_cache.get_ophys_experiment_table()))
    page.keyboard.press("ArrowDown")
    expect(page.locator("#panel-preview")).to_have_attribute("data-state", "ready")
    expect(page.locator(".preview-facts h3")).to_contain_text(str(experiment))
    picture = page.locator(".preview-picture")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/experiment/{experiment}**")
    wait_ready(page)
    page.go_back()
    wait_ready(page)
    rows_are(page, 1, len(small_cache.get_ophys_experiment_table()))
    expect(page.locator(".preview-facts h3")).to_contain_text(str(experiment))
    expect(page.locator(".ag-row-selected [col-id='ophys_experiment_id']")).to_have_text(
        str(experiment)
    )


def test_links_of_all_three_tables_lead_to_their_pages(page: Page, small_cache: Cache) -> None:
    for tab in ("experiment", "session", "behavior"):
        id_ = min(small_cache.available(tab))
        explore(page, tab=tab, search=str(id_), on_this_machine="yes")
        page.locator(".row-link", has_text=str(id_)).click()
        page.wait_for_url(f"**/{tab}/{id_}**")
        wait_ready(page)


def test_a_double_click_opens_and_the_open_button_too(page: Page, small_cache: Cache) -> None:
    id_ = min(small_cache.available("behavior"))
    explore(page, tab="behavior", search=str(id_))
    page.locator(".ag-row [col-id='session_type']").first.dblclick()
    page.wait_for_url(f"**/behavior/{id_}**")
    page.go_back()
    wait_ready(page)
    page.get_by_role("link", name="Open", exact=True).click()
    page.wait_for_url(f"**/behavior/{id_}**")
    wait_ready(page)


def test_a_cell_is_found_in_all_its_experiments(page: Page, small_cache: Cache) -> None:
    cells = small_cache.get_ophys_cells_table().dropna()
    specimen, group = max(cells.groupby("cell_specimen_id"), key=lambda found: len(found[1]))
    assert len(group) > 1
    explore(page)
    page.locator("#explore-search").fill(str(specimen))
    rows_are(page, len(group), len(small_cache.get_ophys_experiment_table()))
    expect(page.locator("#explore-chips .chip")).to_have_text(f"Search: cell {specimen}")
    sessions = small_cache.get_ophys_session_table()
    page.locator("#explore-tabs [data-tab='session']").click()
    seen = sessions["ophys_experiment_id"].map(
        lambda ids: bool({*ids} & {*group["ophys_experiment_id"]})
    )
    rows_are(page, int(seen.sum()), len(sessions))


def test_an_empty_table_says_which_filter_emptied_it(page: Page, small_cache: Cache) -> None:
    table = small_cache.get_behavior_session_table()
    explore(page, tab="behavior", experience_level="Training", targeted_structure="VISp")
    rows_are(page, 0, len(table))
    trained = int(table["experience_level"].eq("Training").sum())
    ways = page.locator("#explore-nothing button")
    expect(ways.filter(has_text="Area: VISp")).to_have_text(f"without Area: VISp ({trained})")
    ways.filter(has_text="Area: VISp").click()
    rows_are(page, trained, len(table))
    expect(page.locator("#explore-nothing")).to_be_hidden()
    page.locator("#explore-search").fill("999999999")
    expect(page.locator("#explore-nothing")).to_contain_text("without Search: 999999999")


def test_a_range_is_brushed_or_typed(page: Page, small_cache: Cache) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    explore(page)
    depth = page.locator("#facet-imaging_depth")
    low, high = (depth.get_by_label(f"Depth {end}") for end in ("from", "to"))
    middle = int(experiments["imaging_depth"].median())
    low.fill(str(middle))
    low.press("Enter")
    rows_are(page, int((experiments["imaging_depth"] >= middle).sum()), len(experiments))
    box = depth.locator(".histogram").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=4)
    page.mouse.up()
    first, last = int(low.input_value()), int(high.input_value())
    inside = int(experiments["imaging_depth"].between(first, last).sum())
    rows_are(page, inside, len(experiments))
    depth.locator(".histogram").click()
    rows_are(page, len(experiments), len(experiments))


def test_the_csv_holds_the_rows_shown_with_all_columns(
    page: Page, small_cache: Cache, tmp_path: Path
) -> None:
    sessions = small_cache.get_ophys_session_table()
    level = sessions["experience_level"].iloc[0]
    explore(page, tab="session", experience_level=level, sort="-date_of_acquisition", hide="sex")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "rows.csv")
    rows = pd.read_csv(tmp_path / "rows.csv", dtype={"mouse_id": str}, index_col="ophys_session_id")
    expected = sessions[sessions["experience_level"] == level]
    expected = expected.sort_values("date_of_acquisition", ascending=False, kind="stable")
    assert rows.index.tolist() == expected.index.tolist()
    assert {*rows.columns} == {*expected.columns, "on_this_machine"}
    for column in expected:
        for found, cell in zip(rows[column], expected[column], strict=True):
            assert says_the_same(found, cell), column
    here = small_cache.available("session")
    assert rows["on_this_machine"].tolist() == [id_ in here for id_ in expected.index]


def says_the_same(found: object, cell: object) -> bool:
    if isinstance(cell, list):
        return str(found) == str(cell)
    if isinstance(cell, pd.Timestamp):
        return pd.Timestamp(str(found), tz="UTC") == cell
    return bool(pd.isna(found) and pd.isna(cell)) or str(found) == str(cell) or found == cell


def test_columns_are_hidden_and_explained(page: Page) -> None:
    explore(page)
    header = page.locator(".ag-header-cell[col-id='targeted_structure']")
    header.hover()
    expect(page.locator(".ag-tooltip")).to_contain_text("Visual area")
    page.locator(".columns-menu summary").click()
    page.locator("[data-column='targeted_structure']").uncheck()
    expect(header).to_have_count(0)
    page.wait_for_url("**hide=targeted_structure**")
    page.reload()
    wait_ready(page)
    expect(header).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1440, 900), (1920, 1080)])
def test_the_page_fits_the_screen(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    explore(page)
    overflow = page.evaluate(
        "[document.documentElement.scrollHeight - innerHeight,"
        " document.documentElement.scrollWidth - innerWidth]"
    )
    assert max(overflow) <= 0
    assert re.fullmatch(r"[\d,]+ of [\d,]+", page.locator("#explore-count").inner_text())


def test_back_takes_a_filter_or_an_order_away_and_forward_brings_it_back(page: Page) -> None:
    explore(page)
    before = shown(page)
    page.wait_for_timeout(1100)  # changes that follow at once are one step
    page.locator("#facet-behavior_type [data-value]").first.click()
    page.wait_for_url("**/?behavior_type=*")
    after = shown(page)
    assert after < before
    page.go_back()
    wait_ready(page)
    rows_are(page, before, before)
    page.go_forward()
    wait_ready(page)
    rows_are(page, after, before)
    filtered = page.url
    page.locator(".ag-header-cell[col-id='imaging_depth'] .ag-header-cell-label").click()
    page.wait_for_url("**sort=imaging_depth**")
    page.go_back()
    expect(page).to_have_url(filtered)
    sorting = "dash_ag_grid.getApi('explore-grid').getColumn('imaging_depth').getSort()"
    wait_for(page, f"!{sorting}")


def test_the_first_row_is_previewed_before_one_is_highlighted(page: Page) -> None:
    explore(page)
    first = page.locator(".ag-center-cols-container [row-index='0']").get_attribute("row-id")
    expect(page.locator(".preview-facts h3")).to_contain_text(str(first))
    assert "row=" not in page.url
