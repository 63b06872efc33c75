"""How a table is sorted and filtered stands in the link, and Back and Forward follow it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.waiting import wait_for, wait_ready

TRIALS = "#trials-table"
IDS = "(api => [...Array(api.getDisplayedRowCount()).keys()].map(i => \
api.getDisplayedRowAtIndex(i).data[{!r}]))(dash_ag_grid.getApi({!r}))"
TIMES = IDS.format("start_time", "trials-table")
MICE = IDS.format("mouse_id", "notes-table")


@pytest.fixture
def path(small_experiment: Path) -> str:
    return f"/experiment/{small_experiment.stem.rpartition('_')[2]}"


def values(page: Page, expression: str) -> list[Any]:
    """The values of a column in the order of the rows, once there are any."""
    wait_for(page, f"(() => {{ try {{ return {expression}.length }} catch {{ return 0 }} }})()")
    found: list[Any] = page.evaluate(expression)
    return found


def head(page: Page, table: str, column: str) -> Any:
    return page.locator(f"{table} .ag-header-cell[col-id={column}]")


def test_a_sorted_and_filtered_table_of_a_session_is_a_link(
    open_page: Callable[[], Page], path: str
) -> None:
    page, theirs = open_page(), open_page()
    page.goto(f"{path}?trials-view=table")
    wait_ready(page)
    stored = values(page, TIMES)
    head(page, TRIALS, "start_time").locator(".ag-header-cell-label").click()
    expect(page).to_have_url(re.compile(r"&trials-table=start_time$"))
    head(page, TRIALS, "start_time").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"&trials-table=-start_time$"))
    assert values(page, TIMES) == sorted(stored, reverse=True)
    filter_above(page, "start_time", stored[2])
    link = re.compile(rf"&trials-table=-start_time,start_time\.gt\.{re.escape(str(stored[2]))}$")
    expect(page).to_have_url(link)
    chosen = sorted(stored[3:], reverse=True)
    wait_for(page, f"JSON.stringify({TIMES}) === '{chosen}'.replaceAll(' ', '')")
    theirs.goto(page.url)
    wait_ready(theirs)
    assert values(theirs, TIMES) == chosen
    assert theirs.url == page.url
    page.go_back()
    expect(page).not_to_have_url(link)
    wait_ready(page)
    wait_for(page, f"{TIMES}.length === {len(stored)}")
    page.go_forward()
    expect(page).to_have_url(link)
    wait_ready(page)
    wait_for(page, f"{TIMES}.length === {len(chosen)}")


def filter_above(page: Page, column: str, least: float) -> None:
    """Filter by the menu of a column."""
    head(page, TRIALS, column).hover()
    head(page, TRIALS, column).locator(".ag-header-cell-filter-button").click()
    page.locator(".ag-filter .ag-picker-field-wrapper").first.click()
    page.locator(".ag-list-item", has_text="Greater than").first.click()
    page.locator(".ag-filter input[type=number]:visible").first.fill(str(least))


def test_tables_that_load_while_scrolling_and_columns_that_come_late_follow_the_link(
    page: Page, path: str
) -> None:
    page.goto(
        f"{path}?tab=details&details-view=data&details-attribute=trials&details-rows=-trials_id"
    )
    wait_ready(page)
    rows = page.locator("#panel-details .ag-center-cols-container .ag-row")
    last = page.locator("#panel-details .ag-row[row-index='0'] [col-id=start_time]")
    expect(rows.first).to_be_visible()
    was = last.inner_text()
    page.goto(
        f"{path}?tab=details&details-view=data&details-attribute=trials&details-rows=trials_id"
    )
    wait_ready(page)
    expect(last).not_to_have_text(was)
    page.locator("#panel-details label", has_text="licks").first.click()
    expect(page).not_to_have_url(re.compile("details-rows"))  # they were sorted as other rows
    page.goto(f"{path}?tab=cells&cells-table=-dff_mean")
    wait_ready(page)
    wait_for(page, "dash_ag_grid.getApi('cells-table').getColumn('dff_mean')?.getSort() === 'desc'")


def test_the_notes_follow_the_link_back_and_forward(page: Page) -> None:
    page.goto("/notes?view=unreviewed")
    wait_ready(page)
    stored = values(page, MICE)
    head(page, "#notes-table", "mouse_id").locator(".ag-header-cell-label").click()
    expect(page).to_have_url(re.compile(r"/notes\?view=unreviewed&notes-table=mouse_id$"))
    assert values(page, MICE) == sorted(stored)
    page.go_back()
    expect(page).to_have_url(re.compile(r"view=unreviewed$"))
    wait_ready(page)
    wait_for(page, "dash_ag_grid.getApi('notes-table')?.getColumn('mouse_id')?.getSort() === null")
    assert values(page, MICE) == stored
    page.goto("/notes?view=unreviewed&notes-table=-mouse_id,nothing,cre_line.like.x")
    wait_ready(page)
    assert values(page, MICE) == sorted(stored, reverse=True)


def test_what_is_left_writes_nothing_into_the_address_of_the_page_that_comes(page: Page) -> None:
    page.goto("/qc")
    wait_ready(page)
    page.evaluate("vbd.dash.pushState('/notes'); vbd.address.say('search', 'late')")
    wait_ready(page)
    expect(page).to_have_url(re.compile(r"/notes$"))
    page.evaluate("vbd.dash.pushState('/notes?view=all'); vbd.address.say('search', 'late')")
    expect(page.locator("#notes-view .chosen, #notes-view label:has(input:checked)")).to_have_text(
        "All, with history"
    )
    expect(page).to_have_url(re.compile(r"/notes\?view=all$"))
