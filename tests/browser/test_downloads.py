"""Downloads of whole files from the pages: asked for, followed, paused, cancelled, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.object_store import Fault, ObjectStore
from tests.support.running import Server
from tests.support.waiting import wait_ready

SIZES: tuple[ViewportSize, ...] = (
    {"width": 1366, "height": 768},
    {"width": 1920, "height": 1080},
)
IN_VIEW = """box => {
  const { left, top, right, bottom } = box.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
}"""


@pytest.fixture(params=SIZES, ids=lambda size: str(size["width"]))
def visitor(
    browser: Browser, online_server: Server, request: pytest.FixtureRequest
) -> Iterator[Page]:
    base = online_server.url.rstrip("/")
    with browser.new_context(base_url=base, viewport=request.param) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def ids(small_cache: VisualBehaviorOphysProjectCache) -> list[int]:
    return sorted(small_cache.available("experiment"))


def of_size(page: Page, ids: list[int]) -> int:
    """One of two recordings: what one size of the window downloads is there for the other."""
    return ids[0] if page.viewport_size == SIZES[0] else ids[1]


def row_of(page: Page, id_: int) -> Locator:
    return page.locator(f"#downloads-list li[data-id='{id_}']")


def test_the_page_of_a_session_offers_the_files_of_all_its_planes(
    visitor: Page, ids: list[int], small_cache: VisualBehaviorOphysProjectCache
) -> None:
    sessions = small_cache.get_ophys_experiment_table()["ophys_session_id"]
    session = sessions[ids].value_counts().idxmax()
    planes = sessions.index[sessions == session]
    assert len(planes) > 1
    visitor.goto(f"/session/{session}")
    wait_ready(visitor)
    offered = visitor.locator("button.fetch").get_attribute("data-ids")
    assert offered == ",".join(map(str, sorted(planes)))


def test_the_file_of_a_highlighted_row_is_downloaded_and_then_marked_as_here(
    visitor: Page, ids: list[int], store: ObjectStore
) -> None:
    id_ = of_size(visitor, ids[0:2])
    visitor.goto(f"/?row={id_}")
    wait_ready(visitor)
    mark = visitor.locator(
        f".ag-pinned-left-cols-container [row-id='{id_}'] [col-id='on_this_machine']"
    )
    expect(mark).to_have_text("◐")
    visitor.locator("#panel-preview button.fetch").click()
    expect(visitor.locator("#downloads-question")).to_contain_text(re.compile(r"1 file, \d.* MB"))
    assert visitor.locator("#downloads").evaluate(IN_VIEW)
    visitor.locator("#downloads-question button").click()
    expect(row_of(visitor, id_)).to_have_attribute("data-stage", "done", timeout=60_000)
    expect(row_of(visitor, id_)).to_contain_text("on this machine")
    visitor.keyboard.press("Escape")
    expect(visitor.locator("#downloads")).to_be_hidden()
    expect(mark).to_have_text("●")
    visitor.goto(f"/experiment/{id_}")
    wait_ready(visitor)
    expect(visitor.locator("button.fetch")).to_have_count(0)


def test_a_download_is_paused_and_cancelled_by_keyboard_and_the_session_page_stays(
    visitor: Page, ids: list[int], store: ObjectStore
) -> None:
    id_ = of_size(visitor, ids[2:4])
    visitor.goto(f"/experiment/{id_}")
    wait_ready(visitor)
    visitor.wait_for_timeout(500)
    store.fault = lambda asked, _: Fault(wait=1) if ".nwb" in asked.key else None
    try:
        visitor.locator("button.fetch").focus()
        visitor.keyboard.press("Enter")
        expect(visitor.locator("#downloads-question button")).to_be_visible()
        visitor.locator("#downloads-question button").focus()
        visitor.keyboard.press("Enter")
        pause = row_of(visitor, id_).get_by_role("button", name="pause")
        pause.focus()
        visitor.keyboard.press("Enter")
        expect(row_of(visitor, id_)).to_have_attribute("data-stage", "paused")
        cancel = row_of(visitor, id_).get_by_role("button", name="cancel")
        cancel.focus()
        visitor.keyboard.press("Enter")
        expect(row_of(visitor, id_)).to_have_attribute("data-stage", "cancelled")
    finally:
        store.fault = None
    row_of(visitor, id_).get_by_role("button", name="resume").click()
    expect(row_of(visitor, id_)).to_have_attribute("data-stage", "done", timeout=60_000)
    visitor.get_by_role("button", name="Close").last.click()
    expect(visitor.locator("#downloads")).to_be_hidden()
    assert visitor.url.split("?")[0].endswith(f"/experiment/{id_}")


def test_all_rows_shown_are_asked_about_with_their_size_and_the_bar_opens_the_list(
    visitor: Page, ids: list[int]
) -> None:
    visitor.goto("/")
    wait_ready(visitor)
    visitor.locator("#explore-fetch").click()
    question = visitor.locator("#downloads-question")
    expect(question).to_contain_text("files, ")
    expect(question.get_by_role("button", name="Download")).to_be_visible()
    visitor.locator("#downloads-close").click()
    visitor.locator("#downloads-button").click()
    expect(visitor.locator("#downloads")).to_be_visible()
    expect(question).to_be_empty()
    visitor.locator("#downloads-close").click()
    visitor.locator("#explore-search").fill("no such recording anywhere")
    expect(visitor.locator("#explore-count")).to_contain_text("0 of")
    visitor.locator("#explore-fetch").click()
    expect(visitor.locator("#notice")).to_contain_text("nothing to download")


def test_a_storage_that_refuses_is_told_at_its_download(
    visitor: Page, ids: list[int], store: ObjectStore
) -> None:
    id_ = of_size(visitor, ids[4:6])
    visitor.goto(f"/?row={id_}")
    wait_ready(visitor)
    store.fault = lambda asked, _: Fault(status=403) if ".nwb" in asked.key else None
    try:
        visitor.locator("#panel-preview button.fetch").click()
        visitor.locator("#downloads-question button").click()
        expect(row_of(visitor, id_)).to_have_attribute("data-stage", "failed", timeout=30_000)
        expect(row_of(visitor, id_)).to_contain_text("does not allow")
    finally:
        store.fault = None


@pytest.mark.parametrize("kind", ["mouse", "container", "cell"])
def test_a_page_over_many_files_says_what_can_be_downloaded(
    visitor: Page, kind: str, small_cache: VisualBehaviorOphysProjectCache, ids: list[int]
) -> None:
    facts = small_cache.get_ophys_experiment_table().loc[ids[0]]
    cells = small_cache.get_ophys_cells_table()
    of_plane = cells.loc[cells["ophys_experiment_id"] == ids[0], "cell_specimen_id"].dropna()
    path = {
        "mouse": f"/mouse/{facts['mouse_id']}",
        "container": f"/container/{facts['ophys_container_id']}",
        "cell": f"/cell/{int(of_plane.iloc[0])}",
    }[kind]
    visitor.goto(path)
    wait_ready(visitor)
    button = visitor.locator("button.fetch")
    expect(button).to_contain_text(re.compile(r"Download (the file|[\d,]+ files)"))
    button.click()
    expect(visitor.locator("#downloads-question")).to_contain_text("file")
