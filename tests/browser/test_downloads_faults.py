"""Downloads that cannot be had, that have ended, and a server that is away while they are shown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.browser.conftest import LAPTOP
from tests.support.lossy_proxy import ALWAYS, Proxy, lossy_proxy
from tests.support.object_store import Asked, Fault, ObjectStore
from tests.support.running import Server, vbdash
from tests.support.waiting import wait_ready

AWAY = "The server cannot be reached."
MARK = ".ag-pinned-left-cols-container [row-id='{}'] [col-id='on_this_machine']"
OPENS = "#facet-opens [data-value='{}']"


@pytest.fixture(scope="module")
def ids(small_cache: Cache) -> list[int]:
    return sorted(small_cache.here("experiment"))


@pytest.fixture(scope="module")
def lacking(small_cache: Cache) -> list[int]:
    """The experiments whose files the store does not have."""
    table = small_cache.get_ophys_experiment_table()
    return sorted(set(table.index) - small_cache.here("experiment"))


@pytest.fixture(scope="module")
def proxy(online_server: Server, ids: list[int], browser: Browser) -> Iterator[Proxy]:
    """The server through a line that can break; it has listed the store."""
    base = online_server.url.rstrip("/")
    with browser.new_context(base_url=base) as context:
        wanted = {"kind": "experiment", "ids": ids}
        assert context.request.post("/downloads/needed", data=wanted).ok
    with lossy_proxy(base) as proxy:
        yield proxy


@pytest.fixture
def page(browser: Browser, proxy: Proxy) -> Iterator[Page]:
    with browser.new_context(base_url=proxy.url, viewport=LAPTOP) as context:
        yield context.new_page()
    proxy.faults.clear()


def opened(page: Page, path: str) -> None:
    page.goto(path)
    wait_ready(page)


def ask_for(page: Page, button: str) -> None:
    page.locator(button).click()
    page.locator("#downloads-question").get_by_role("button", name="Download").click()


def row_of(page: Page, id_: int) -> Locator:
    return page.locator(f"#downloads-list li[data-id='{id_}']")


def test_the_page_of_a_session_downloads_its_file_on_a_click(page: Page, ids: list[int]) -> None:
    opened(page, f"/experiment/{ids[0]}")
    expect(page.locator("button.fetch")).to_contain_text(re.compile(r"Download the file \(\d"))
    ask_for(page, "button.fetch")
    expect(row_of(page, ids[0])).to_have_attribute("data-stage", "done", timeout=60_000)
    page.locator("#downloads-close").click()
    page.reload()
    wait_ready(page)
    expect(page.locator("button.fetch")).to_have_count(0)


def test_what_has_ended_is_cleared_by_mouse_and_by_keyboard(
    page: Page, ids: list[int], store: ObjectStore
) -> None:
    clear, rows = page.locator("#downloads-clear"), page.locator("#downloads-list li")
    uses: list[Callable[[], None]] = [lambda: clear.click(), lambda: clear.press("Enter")]
    for n, use in enumerate(uses):
        done, paused = ids[1 + n], ids[4 - n]
        opened(page, f"/experiment/{done}")
        ask_for(page, "button.fetch")
        expect(row_of(page, done)).to_have_attribute("data-stage", "done", timeout=60_000)
        page.locator("#downloads-close").click()
        pause(page, paused, store)
        use()
        expect(rows).to_have_count(1)
        expect(row_of(page, paused)).to_have_attribute("data-stage", "paused")
        expect(clear).to_be_hidden()
        row_of(page, paused).get_by_role("button", name="cancel").click()
        expect(row_of(page, paused)).to_have_attribute("data-stage", "cancelled")
        use()
        expect(rows).to_have_count(0)
        expect(page.locator("#downloads-close")).to_be_focused()
    page.reload()
    wait_ready(page)
    page.locator("#downloads-button").click()
    expect(page.locator("#downloads-nothing")).to_be_visible()


def pause(page: Page, id_: int, store: ObjectStore) -> None:
    """Begin the download of a file and pause it."""
    store.fault = lambda asked, _: Fault(wait=1) if f"{id_}.nwb" in asked.key else None
    try:
        opened(page, f"/?row={id_}")
        ask_for(page, "#panel-preview button.fetch")
        row_of(page, id_).get_by_role("button", name="pause").click()
        expect(row_of(page, id_)).to_have_attribute("data-stage", "paused")
    finally:
        store.fault = None


@pytest.mark.fault
def test_a_file_that_is_missing_is_not_offered_again_but_only_removed(
    page: Page, ids: list[int], store: ObjectStore
) -> None:
    def missing(asked: Asked, _n: int) -> Fault | None:
        return Fault(status=404) if f"{ids[3]}.nwb" in asked.key else None

    opened(page, f"/?row={ids[3]}")
    store.fault = missing
    try:
        ask_for(page, "#panel-preview button.fetch")
        row = row_of(page, ids[3])
        expect(row).to_have_attribute("data-stage", "failed", timeout=30_000)
    finally:
        store.fault = None
    expect(row).to_contain_text(f"does not have the NWB file of ophys_experiment_id {ids[3]}")
    expect(row.get_by_role("button")).to_have_text(["remove"])
    row.get_by_role("button", name="remove").focus()
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    expect(page.locator("#downloads-close")).to_be_focused()


@pytest.mark.fault
def test_files_that_the_store_lacks_are_only_listed_and_left_out_of_a_selection(
    page: Page, ids: list[int], lacking: list[int]
) -> None:
    opened(page, f"/?row={lacking[0]}")
    expect(page.locator(MARK.format(lacking[0]))).to_have_text("○")
    expect(page.locator("#panel-preview button.fetch")).to_have_count(0)
    expect(page.locator("#panel-preview")).to_contain_text("1 file not in the store")
    page.locator("#explore-fetch").click()
    question = page.locator("#downloads-question")
    expect(question).to_contain_text(f"Left out: {len(lacking)} files that are not in the store")
    page.locator("#downloads-close").click()
    page.locator(OPENS.format("only listed")).click()
    expect(page.locator("#explore-count")).to_contain_text(f"{len(lacking)} of")
    page.locator("#explore-fetch").click()
    expect(question).to_contain_text("The store has none of these files")
    expect(question.get_by_role("button")).to_have_count(0)


@pytest.mark.fault
def test_the_page_of_a_file_that_the_store_lacks_says_so_in_a_sentence(
    page: Page, lacking: list[int]
) -> None:
    opened(page, f"/experiment/{lacking[0]}")
    panel = page.locator("#panel-session")
    expect(panel).to_contain_text(f"does not have the NWB file of ophys_experiment_id {lacking[0]}")
    expect(page.locator(".session-header")).to_contain_text("1 file not in the store")
    expect(page.locator("button.fetch")).to_have_count(0)


def test_the_facet_of_how_rows_open_filters_them(
    page: Page, ids: list[int], lacking: list[int]
) -> None:
    opened(page, "/")
    count, of = page.locator("#explore-count"), len(ids) + len(lacking)
    streamed = page.locator(OPENS.format("can be streamed"))
    listed = page.locator(OPENS.format("only listed"))
    streamed.click()
    expect(count).not_to_contain_text(f"{of} of {of}")
    shown = page.locator(".ag-pinned-left-cols-container [col-id='on_this_machine']")
    assert {*shown.all_inner_texts()} == {"◐"}
    streamed.click()
    listed.focus()
    page.keyboard.press("Enter")
    expect(count).to_contain_text(f"{len(lacking)} of")
    assert {*shown.all_inner_texts()} == {"○"}
    expect(page).to_have_url(re.compile("opens="))


@pytest.mark.fault
def test_a_server_that_is_away_is_told_in_the_dialog_and_asked_again_when_it_is_back(
    page: Page, proxy: Proxy
) -> None:
    opened(page, "/")
    proxy.plant(".", "close", ALWAYS)
    page.locator("#explore-fetch").click()
    question = page.locator("#downloads-question")
    expect(question).to_have_text(AWAY)
    proxy.faults.clear()
    expect(question.get_by_role("button", name="Download")).to_be_visible()


@pytest.mark.fault
def test_an_order_that_was_lost_is_told_in_the_dialog_and_can_be_given_again(
    page: Page, proxy: Proxy, ids: list[int], store: ObjectStore
) -> None:
    opened(page, f"/?row={ids[4]}")
    store.fault = lambda asked, _: Fault(wait=1) if f"{ids[4]}.nwb" in asked.key else None
    try:
        ask_for(page, "#panel-preview button.fetch")
        pause = row_of(page, ids[4]).get_by_role("button", name="pause")
        lost = proxy.plant("^/downloads/order", "close", ALWAYS)
        pause.click()
        expect(page.locator("#downloads-problem")).to_contain_text("did not answer. Try again.")
        proxy.faults.remove(lost)
        pause.click()
        expect(row_of(page, ids[4])).to_have_attribute("data-stage", "paused")
        expect(page.locator("#downloads-problem")).to_be_empty()
    finally:
        store.fault = None
    row_of(page, ids[4]).get_by_role("button", name="cancel").click()
    expect(row_of(page, ids[4])).to_have_attribute("data-stage", "cancelled")


@pytest.mark.fault
def test_a_size_that_is_known_in_part_is_told_as_the_least_it_can_be(
    browser: Browser, store: ObjectStore, small_cache: Cache, tmp_path: Path
) -> None:
    table = small_cache.get_behavior_session_table()
    of_mice = table.assign(here=table.index.isin(small_cache.here("behavior"))).groupby("mouse_id")
    mouse = of_mice["here"].mean().pipe(lambda part: part[(part > 0) & (part < 1)]).index[0]
    Cache.from_s3_cache(tmp_path / "cache", endpoint=store.url).list_sizes()
    store.fault = lambda asked, _: Fault(status=403) if not asked.key else None
    online = {name: value for name, value in os.environ.items() if name != "VBDASH_OFFLINE"}
    words = ("serve", "--endpoint", store.url, "--cache-dir", tmp_path / "cache")
    try:
        with vbdash(*words, environment=online) as server:
            base = server.url.rstrip("/")
            with browser.new_context(base_url=base, viewport=LAPTOP) as context:
                page = context.new_page()
                opened(page, f"/mouse/{mouse}")
                button = page.locator("button.fetch")
                expect(button).to_contain_text(re.compile(r"\(at least \d[\d.]* [kMG]B\)"))
    finally:
        store.fault = None
