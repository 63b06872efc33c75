"""The page shows the progress of preparing its session, and errors of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import APIResponse, Page, Request

from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.running import vbdash
from tests.support.until import wait_until
from tests.support.waiting import wait_for, wait_ready

BOX = "document.getElementById('preparation')"
GONE = f"{BOX}.textContent === ''"
SEVERAL_POLLS = 3500  # ms; that nothing is asked can only be waited for


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """The folder in which the server of ``url`` stores prepared files."""
    return Shelf(tmp_path / "store", 10**9)


@pytest.fixture
def url(small_experiment: Path, tmp_path: Path) -> Iterator[str]:
    """The page of a server for one file."""
    with vbdash("open", small_experiment, "--work-dir", tmp_path) as server:
        yield server.url


@contextmanager
def held(shelf: Shelf, file: Path) -> Iterator[Path]:
    """Block preparing the file; yields the folder in which its store is built."""
    name = shelf.store_path(file).name
    shelf.folder.mkdir(exist_ok=True)
    with FileLock(shelf.folder / f".{name}.lock"):
        yield shelf.folder / f".{name}.building"


def places(page: Page) -> list[object]:
    """The positions of all elements on the page."""
    everything = page.locator(".top-bar > *, .session-header > :not(#preparation), .panel")
    return [element.bounding_box() for element in everything.all()]


def questions(page: Page) -> list[str]:
    """A list that collects the page's requests for the progress."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/prepared/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_the_page_says_how_far_the_preparation_is_and_does_not_wait_for_it(
    page: Page, shelf: Shelf, url: str, small_experiment: Path
) -> None:
    asked = questions(page)
    with held(shelf, small_experiment) as building:
        page.goto(url)
        wait_ready(page)
        wait_for(page, f"{BOX}.textContent === 'preparing …'")
        building.mkdir()
        (building / "progress").write_text("0.43")
        wait_for(page, f"{BOX}.textContent === 'preparing 43 %'")
        assert "read from its NWB file" in page.locator("#preparation").get_attribute("title")
        meanwhile = places(page)
    wait_for(page, GONE)
    assert places(page) == meanwhile
    asked.clear()
    page.wait_for_timeout(SEVERAL_POLLS)
    assert not asked
    with page.expect_request("**/prepared/**"):
        page.keyboard.press("a")
    page.wait_for_timeout(SEVERAL_POLLS)
    assert len(asked) <= 2  # when the window moves, and when its answer is drawn


def test_a_preparation_that_fails_is_one_quiet_line(page: Page, shelf: Shelf, url: str) -> None:
    shelf.folder.write_text("a file where a folder should be")
    page.goto(url)
    wait_ready(page)
    wait_for(page, f"{BOX}.dataset.state === 'failed'")
    box = page.locator("#preparation")
    told = box.text_content()
    assert f"cannot be prepared in {shelf.folder}: " in told
    assert box.get_attribute("title") == told
    assert box.bounding_box()["height"] < 40  # of the bar
    assert box.bounding_box()["x"] > 200


def test_damage_is_said_while_the_page_works_on_and_the_view_is_built_anew(
    page: Page, shelf: Shelf, url: str, small_experiment: Path
) -> None:
    shelf.prepare(small_experiment)
    page.goto(url)
    wait_ready(page)
    assert page.evaluate(GONE)
    (level,) = shelf.store_path(small_experiment).glob("arrays/activity/dff/mean/c/0/0")
    level.write_bytes(b"broken")
    with held(shelf, small_experiment):
        page.keyboard.press("a")  # the whole session, which needs the level
        wait_for(page, f"{BOX}.textContent.includes('is damaged at activity/dff/mean, ')")
        wait_ready(page)
        assert page.locator("#panel-timeline").get_attribute("data-state") == "ready"
    wait_for(page, GONE)
    assert level.stat().st_size > 100


def test_the_planes_of_a_session_are_told_of_together(
    page: Page, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    (session, *_) = small_cache.available("session")
    page.goto(f"/session/{session}")
    wait_ready(page)
    wait_for(page, GONE)

    def told() -> APIResponse:
        return page.request.get(f"/prepared/session/{session}")

    ready = {"state": "ready", "part": 1.0, "sentence": "", "arrived": 0, "size": 0}
    wait_until(lambda: told().json() == ready)
    assert told().headers["cache-control"] == "no-store"
    assert page.request.get("/prepared/session/1").status == 404
    assert page.request.get(f"/prepared/mouse/{session}").status == 404
