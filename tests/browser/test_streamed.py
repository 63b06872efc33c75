"""A release in object storage on the screen: nothing of it is on this machine but its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import h5py
import pytest
from playwright.sync_api import Browser, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.object_store import Fault, ObjectStore
from tests.support.running import Server
from tests.support.waiting import wait_ready

TABS = ("Performance", "Events", "Eye", "Replay", "Stimuli", "Cells", "Details", "QC")
PUPIL = "acquisition/EyeTracking/pupil_tracking/data"
DRAWN = "vbd.plotly.plot(document.getElementById('timeline-graph')).data.length"


@pytest.fixture
def visitor(browser: Browser, online_server: Server) -> Iterator[Page]:
    with browser.new_context(base_url=online_server.url.rstrip("/")) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def ids(small_cache: VisualBehaviorOphysProjectCache) -> list[int]:
    return sorted(small_cache.available("experiment"))


def test_a_first_start_lists_the_release_and_a_session_is_shown_without_its_file(
    visitor: Page, ids: list[int], store: ObjectStore
) -> None:
    visitor.goto("/")
    wait_ready(visitor)
    expect(visitor.locator(".ag-row").first).to_be_visible()
    visitor.goto(f"/experiment/{ids[0]}")
    wait_ready(visitor)
    assert visitor.evaluate(DRAWN) > 5
    for name in TABS:
        visitor.get_by_role("tab", name=name, exact=True).click()
        wait_ready(visitor)
        panel = visitor.locator(f"#panel-{name.lower()}")
        expect(panel).to_have_attribute("data-state", "ready")
    assert any(".nwb" in asked.key for asked in store.asked)
    loaded = re.compile(r"[\d.]+ [kM]B of [\d.]+ MB loaded")
    expect(visitor.locator("#preparation")).to_contain_text(loaded)


@pytest.mark.fault
def test_a_storage_that_refuses_a_file_is_told_on_its_page_and_shown_once_it_allows_it(
    visitor: Page, ids: list[int], store: ObjectStore
) -> None:
    store.fault = lambda asked, _: Fault(status=403) if ".nwb" in asked.key else None
    try:
        visitor.goto(f"/experiment/{ids[1]}?rows=running")
        expect(visitor.locator("#panel-session")).to_contain_text("does not allow")
    finally:
        store.fault = None
    visitor.get_by_role("link", name="Try again").press("Enter")
    expect(visitor).to_have_url(re.compile(rf"/experiment/{ids[1]}\?rows=running$"))
    wait_ready(visitor)
    assert visitor.evaluate(DRAWN) > 5


@pytest.mark.fault
def test_a_panel_that_storage_has_refused_is_asked_for_again_by_its_button(
    visitor: Page, ids: list[int], store: ObjectStore, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    middle = middle_of(small_cache.path_of("experiment", ids[2]), PUPIL)
    around = range(middle - 512 * 1024, middle + 1)  # requests are for one or two blocks of 256 KiB
    store.fault = lambda asked, _: Fault(status=403) if asked.start in around else None
    panel = visitor.locator("#panel-eye")
    try:
        visitor.goto(f"/experiment/{ids[2]}?tab=eye")
        expect(panel).to_have_attribute("data-state", "error")
        expect(panel).to_contain_text("does not allow")
    finally:
        store.fault = None
    panel.get_by_role("button", name="Try again").click()
    expect(panel).to_have_attribute("data-state", "ready")
    expect(panel).not_to_contain_text("does not allow")


def test_the_days_of_a_cell_are_streamed_when_that_is_asked_for(
    visitor: Page, ids: list[int], store: ObjectStore, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    cells = small_cache.get_ophys_cells_table()["cell_specimen_id"].dropna().astype(int)
    cell = int(cells.value_counts().index[0])
    before = len(store.asked)
    visitor.goto(f"/cell/{cell}")
    wait_ready(visitor)
    traces = visitor.locator("#panel-cell-traces")
    expect(traces).to_contain_text("not loaded: it can be streamed")
    others = [str(id_) for id_ in ids[3:]]  # the first are streamed by the tests above
    keys = [asked.key for asked in store.asked[before:]]
    assert not [key for key in keys if any(id_ in key for id_ in others)]
    visitor.get_by_role("link", name=re.compile(r"^Stream \d days")).press("Enter")
    expect(visitor).to_have_url(re.compile(r"\?streamed=yes$"))
    wait_ready(visitor)
    expect(traces).not_to_contain_text("not loaded")
    expect(traces).to_contain_text("s from first hit")
    visitor.get_by_text(re.compile("^container ")).click()
    wait_ready(visitor)
    averages = visitor.locator("#panel-container-averages")
    expect(averages).to_contain_text("None of this container's NWB files is on this machine")
    visitor.get_by_role("link", name=re.compile(r"^Stream \d days")).click()
    wait_ready(visitor)
    expect(averages).to_contain_text("around image change")


def middle_of(path: Path, name: str) -> int:
    """The offset of the middle byte of a dataset in its file."""
    with h5py.File(path) as file:
        data = file[name]
        return int(data.id.get_offset() + data.nbytes // 2)
