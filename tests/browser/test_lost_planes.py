"""A session of several planes of which one cannot be read: it is told, and the others are drawn."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.neighbours import planes
from tests.browser.conftest import LAPTOP
from tests.support.object_store import Asked, Fault, ObjectStore
from tests.support.running import Server, vbdash
from tests.support.uploaded_release import uploaded_release
from tests.support.waiting import wait_for, wait_ready

pytestmark = pytest.mark.fault

TABS = ("Performance", "Events", "Eye", "Replay", "Stimuli", "Cells", "Details", "QC")
TOLD = {403: "does not allow reading", 404: "does not have", 0: "cannot be opened as HDF5"}
ROWS = "vbd.plotly.plot(document.getElementById('timeline-graph')).layout.annotations"
IMAGES = "vbd.plotly.plot(document.getElementById('timeline-graph')).layout.images.length"


@pytest.fixture(scope="module")
def session(small_cache: Cache) -> int:
    """The imaging session with the most planes that have a file."""
    table = small_cache.get_ophys_experiment_table()
    here = table.loc[sorted(small_cache.here("experiment")), "ophys_session_id"]
    return int(here.value_counts().idxmax())


@pytest.fixture(scope="module")
def ids(small_cache: Cache, session: int) -> list[int]:
    """Its planes in the order in which the page shows them."""
    table = small_cache.get_ophys_experiment_table()
    first = int(table.index[table["ophys_session_id"] == session][0])
    return [row.id for row in planes(table, first, ()).rows]


@contextmanager
def without(store: ObjectStore, id_: int, status: int) -> Iterator[None]:
    """Answer for one plane's file with a status, or with other bytes than there should be."""

    def fault(asked: Asked, _n: int) -> Fault | None:
        if f"_{id_}.nwb" not in asked.key:
            return None
        return Fault(status=status) if status else Fault(shift=1)

    store.fault = fault
    try:
        yield
    finally:
        store.fault = None


@pytest.fixture
def visitor(
    browser: Browser, small_release: Path, tmp_path: Path
) -> Iterator[tuple[Page, ObjectStore]]:
    """A page of a server that has nothing of the release yet, and its store."""
    with uploaded_release(small_release) as store, online(store, tmp_path) as server:
        base = server.url.rstrip("/")
        with browser.new_context(base_url=base, viewport=LAPTOP) as context:
            yield context.new_page(), store


@contextmanager
def online(store: ObjectStore, work_dir: Path) -> Iterator[Server]:
    words = ("serve", "--endpoint", store.url, "--work-dir", work_dir, "--prepare", "0")
    asking = {name: value for name, value in os.environ.items() if name != "VBDASH_OFFLINE"}
    with vbdash(*words, environment=asking) as server:
        yield server


def figure_of(page: Page, id_: int) -> Locator:
    plane = page.locator("figure.fov-plane")
    return plane.filter(has=page.locator(f"a[href='/experiment/{id_}']"))


@pytest.mark.parametrize(
    ("status", "place"),
    [(403, 0), (404, 0), (0, 0), (403, -1)],
    ids=["refused", "missing", "damaged", "refused, the last"],
)
def test_a_plane_that_cannot_be_read_is_told_in_its_place_and_costs_no_other(
    visitor: tuple[Page, ObjectStore], session: int, ids: list[int], status: int, place: int
) -> None:
    page, store = visitor
    lost, others = ids[place], [id_ for id_ in ids if id_ != ids[place]]
    with without(store, lost, status):
        page.goto(f"/session/{session}")
        wait_ready(page)
        expect(page.locator("figure.fov-plane")).to_have_count(len(ids))
        expect(figure_of(page, lost)).to_contain_text(TOLD[status])
        for id_ in others:
            expect(figure_of(page, id_).locator(".js-plotly-plot")).to_be_visible()
        order = page.locator("figure.fov-plane a").evaluate_all("all => all.map(a => a.href)")
        assert [int(href.rpartition("/")[2]) for href in order] == ids
        rows = " ".join(one["text"] for one in page.evaluate(ROWS))
        assert TOLD[status].split()[-1] in rows
        assert page.evaluate(IMAGES) == len(others)
        for name in TABS:
            page.get_by_role("tab", name=name, exact=True).click()
            wait_ready(page, seconds=180)  # checks of three planes that stream
            panel = page.locator(f"#panel-{name.lower()}")
            expect(panel).to_have_attribute("data-state", "ready")
        expect(page.locator("#panel-qc")).to_contain_text(TOLD[status])
        page.get_by_role("tab", name="Cells", exact=True).click()
        expect(page.locator("#cells-note")).to_contain_text(TOLD[status])


def test_a_plane_that_was_refused_comes_back_everywhere_by_its_button(
    visitor: tuple[Page, ObjectStore], session: int, ids: list[int]
) -> None:
    page, store = visitor
    with without(store, ids[1], 403):
        page.goto(f"/session/{session}?tab=cells")
        wait_ready(page)
        again = figure_of(page, ids[1]).get_by_role("button", name="Try again")
        expect(again).to_be_visible()
        expect(page.locator("#cells-note")).to_contain_text(TOLD[403])
    again.focus()
    page.keyboard.press("Enter")
    expect(figure_of(page, ids[1]).locator(".js-plotly-plot")).to_be_visible()
    wait_ready(page)
    expect(page.locator("figure.fov-plane .js-plotly-plot")).to_have_count(len(ids))
    expect(page.locator("#cells-note")).to_be_empty()
    page.get_by_role("button", name="10 s").click()  # a new window is no patch of other rows
    wait_for(page, f"{IMAGES} === {len(ids)}")
