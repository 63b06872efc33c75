"""Keys that go on working after a click, and links that are mistyped."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

START = "vbd.time.window().start"
ROWS = "vbd.plotly.plot(document.getElementById('timeline-graph')).layout.meta.rows.length"


@pytest.fixture
def path(small_experiment: Path) -> str:
    return f"/experiment/{small_experiment.stem.rpartition('_')[2]}"


def moved_by_key(page: Page, key: str) -> bool:
    before = page.evaluate(START)
    page.keyboard.press(key)
    page.wait_for_timeout(300)
    return bool(page.evaluate(START) != before)


@pytest.mark.parametrize(
    "selector",
    [
        ".small-switch input",
        "#panel-field-of-view label.segment:not(.chosen)",
        "#panel-trials label.segment:not(.chosen)",
        "[role=tab]:has-text('Cells')",
    ],
)
def test_keys_move_the_window_after_a_click_on_a_choice(
    page: Page, path: str, selector: str
) -> None:
    page.goto(path)
    wait_ready(page)
    page.locator(selector).first.click()
    wait_ready(page)
    assert moved_by_key(page, "ArrowRight")
    assert moved_by_key(page, "t")


def test_keys_move_the_window_after_a_choice_in_a_select(page: Page, path: str) -> None:
    page.goto(path)
    wait_ready(page)
    page.locator("#option-sort").click()
    page.locator("#option-sort").select_option("change_response")
    wait_ready(page)
    assert moved_by_key(page, "ArrowRight")
    assert moved_by_key(page, "t")


def test_letters_reach_the_page_from_a_row_and_arrows_stay_with_the_table(
    page: Page, path: str
) -> None:
    page.goto(path + "?tab=cells")
    wait_ready(page)
    page.locator("#cells-table .ag-center-cols-container .ag-cell").first.click()
    assert moved_by_key(page, "t")
    assert not moved_by_key(page, "ArrowRight")


def test_who_walks_a_choice_by_keyboard_keeps_it(page: Page, path: str) -> None:
    page.goto(path)
    wait_ready(page)
    choice = page.locator(".small-switch input").first
    choice.focus()
    was = choice.is_checked()
    page.keyboard.press(" ")
    assert choice.is_checked() != was
    assert choice.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize("end", ["/", "/?t=100-160"])
def test_a_slash_at_the_end_and_zeros_before_the_id_lead_to_the_page(
    page: Page, path: str, end: str
) -> None:
    kind, _, id_ = path.strip("/").partition("/")
    page.goto(f"/{kind}/00{id_}{end}")
    wait_ready(page)
    expect(page).to_have_url(re.compile(rf"/{kind}/{id_}(\?.*)?$"))
    assert moved_by_key(page, "ArrowRight")


@pytest.mark.parametrize(
    "span", ["9000000-9000060", "160-100", "100-90000000", "-50--20", "1e5-2e5", "0-0.00001"]
)
def test_a_span_that_no_session_has_opens_the_session_all_the_same(
    page: Page, path: str, span: str
) -> None:
    page.goto(f"{path}?t={span}")
    wait_ready(page)
    shown = page.evaluate("[vbd.time.window(), vbd.time.bounds()]")
    assert shown[1]["start"] <= shown[0]["start"] < shown[0]["stop"] <= shown[1]["stop"] + 1e-3
    expect(page.locator("#panel-timeline")).to_have_attribute("data-state", "ready")


def test_a_copy_of_a_link_shows_the_same_to_the_sample(
    open_page: Callable[[], Page], path: str
) -> None:
    mine, theirs = open_page(), open_page()
    mine.goto(path)
    wait_ready(mine)
    for key in ("t", "ArrowRight", "+", "t"):  # the last shows a trial's change in the middle
        mine.keyboard.press(key)
        wait_ready(mine)
    span = mine.evaluate("vbd.time.window()")
    expect(mine).to_have_url(re.compile(rf"[?&]t={span['start']}-{span['stop']}(&|$)"))
    theirs.goto(mine.url)
    wait_ready(theirs)
    assert theirs.evaluate("vbd.time.window()") == span
    assert theirs.url == mine.url
    read_out = mine.locator("#readout").inner_text()
    expect(theirs.locator("#readout")).to_have_text(read_out, use_inner_text=True)


def test_a_link_to_a_moment_has_the_cursor_there_until_the_window_is_moved(
    page: Page, path: str
) -> None:
    page.goto(path)
    wait_ready(page)
    moment = page.evaluate("vbd.time.bounds().start + 3").__round__(2)
    page.goto(f"{path}?t=0-60&cursor={moment}")  # near the start, so not in the middle
    wait_ready(page)
    read_out = page.locator("#readout")
    expect(read_out).to_contain_text(f"t {moment:.2f} s", use_inner_text=True)
    expect(page).to_have_url(re.compile("cursor="))
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile("cursor="))
    wait_ready(page)
    expect(read_out).not_to_contain_text(f"t {moment:.2f} s", use_inner_text=True)


def test_rows_that_there_are_not_leave_those_that_there_are(page: Page, path: str) -> None:
    page.goto(f"{path}?rows=nothing,licks&traces=none&sort=upside&activity=mood")
    wait_ready(page)
    assert page.evaluate(ROWS) >= 1
    page.goto(f"{path}?rows=nothing")
    wait_ready(page)
    wait_for(page, f"{ROWS} > 3")


def test_the_tab_of_the_browser_says_which_recording_it_shows(
    page: Page, path: str, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    id_ = path.rpartition("/")[2]
    mouse = str(small_cache.get_ophys_experiment_table().loc[int(id_), "mouse_id"])
    page.goto(path)
    wait_ready(page)
    expect(page).to_have_title(f"Experiment {id_} – Visual Behavior Dashboard")
    page.goto(f"/mouse/{mouse}")
    wait_ready(page)
    expect(page).to_have_title(f"Mouse {mouse} – Visual Behavior Dashboard")


def test_a_title_takes_nothing_from_an_address_but_an_id(page: Page) -> None:
    page.goto("/mouse/%3Cb%3Ebold")
    wait_ready(page)
    expect(page).to_have_title("Mouse – Visual Behavior Dashboard")


def test_an_id_of_another_kind_leads_to_its_recording(
    page: Page, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    id_ = min(small_cache.available("behavior"))
    page.goto(f"/session/{id_}")
    wait_ready(page)
    page.get_by_role("link", name=f"Open behavior_session_id {id_}").click()
    wait_ready(page)
    expect(page).to_have_url(re.compile(rf"/behavior/{id_}"))
    assert moved_by_key(page, "ArrowRight")


def test_the_last_part_of_a_comparison_can_be_unticked_and_its_link_says_so(
    page: Page, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    ids = sorted(small_cache.available("experiment"))[:2]
    page.goto(f"/compare?ids={ids[0]},{ids[1]}&show=numbers")
    wait_ready(page)
    boxes = page.locator("#compare-show input")
    ticked = page.locator("#compare-show input:checked")
    expect(ticked).to_have_count(1)
    ticked.click()
    expect(page).to_have_url(re.compile(r"show=none"))
    wait_ready(page)
    expect(ticked).to_have_count(0)
    boxes.first.click()
    wait_ready(page)
    expect(ticked).to_have_count(1)


def test_a_page_is_not_ready_from_the_moment_on_in_which_another_is_asked_for(page: Page) -> None:
    page.goto("/notes")
    wait_ready(page)
    state = page.evaluate("(vbd.navigate('/qc'), document.body.dataset.state)")
    assert state == "loading"
    wait_ready(page)
    expect(page.get_by_role("heading", name="Quality", level=1)).to_be_attached()
    page.evaluate("vbd.navigate('/qc')")  # the same page: nothing is asked for
    wait_ready(page)
