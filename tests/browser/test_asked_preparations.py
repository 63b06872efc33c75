"""Preparing recordings from their pages: one session, Explore's rows, cancelling, and faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Page, expect

from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.running import vbdash
from tests.support.waiting import wait_ready


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The folder in which the server stores prepared files."""
    return Shelf(tmp_path_factory.mktemp("work") / "store", 10**9)


@pytest.fixture(scope="module")
def dashboard_url(small_release: Path, shelf: Shelf) -> Iterator[str]:
    """A dashboard that prepares nothing by itself."""
    words = ("--cache-dir", small_release, "--work-dir", shelf.folder.parent, "--prepare", "0")
    with vbdash("serve", *words) as server:
        yield server.url.rstrip("/")


@pytest.fixture
def planes(small_cache: VisualBehaviorOphysProjectCache) -> list[int]:
    return sorted(small_cache.available("experiment"))


def lock_of(shelf: Shelf, file: Path) -> FileLock:
    """Held, it keeps the file from being prepared."""
    shelf.folder.mkdir(exist_ok=True)
    return FileLock(shelf.folder / f".{shelf.store_path(file).name}.lock")


def test_a_session_is_prepared_from_its_page(
    page: Page, planes: list[int], shelf: Shelf, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    path = small_cache.path_of("experiment", planes[0])
    page.goto(f"/experiment/{planes[0]}")
    wait_ready(page)
    prepare = page.get_by_role("button", name="Prepare", exact=True)
    with lock_of(shelf, path):
        prepare.press("Enter")
        row = page.locator(f"#preparing-list [data-id='{planes[0]}']")
        expect(row).to_have_attribute("data-stage", "running")
        expect(page.locator("#preparation")).to_contain_text("preparing")
        page.keyboard.press("Escape")
        expect(prepare).to_be_hidden()
        page.get_by_role("button", name="Preparing 1").click()
        page.get_by_title(f"cancel {planes[0]}").click()
        expect(row).to_have_attribute("data-stage", "cancelled")
        page.locator("#preparing-close").click()
        expect(prepare).to_be_visible()
    prepare.click()
    expect(row).to_have_attribute("data-stage", "done")
    assert shelf.look_up(path).store is not None
    page.locator("#preparing-clear").click()
    expect(page.locator("#preparing-list li")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(prepare).to_be_hidden()


def test_the_rows_of_explore_are_prepared_or_all_cancelled(
    page: Page, planes: list[int], shelf: Shelf, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    path = small_cache.path_of("experiment", planes[1])
    page.goto(f"/?search={planes[1]}")
    wait_ready(page)
    expect(page.locator("#explore-count")).to_contain_text("1 of")
    prepare = page.get_by_role("button", name="Prepare", exact=True)
    start = page.locator("#preparing-question button")
    with lock_of(shelf, path):
        prepare.click()
        expect(page.locator("#preparing-question")).to_contain_text("1 recording is to be prepared")
        start.click()
        row = page.locator(f"#preparing-list [data-id='{planes[1]}']")
        expect(row).to_have_attribute("data-stage", "running")
        page.locator("#preparing-cancel").click()
        expect(row).to_have_attribute("data-stage", "cancelled")
    page.get_by_title(f"again {planes[1]}").press("Enter")
    expect(row).to_have_attribute("data-stage", "done")
    page.keyboard.press("Escape")
    prepare.press("Enter")
    expect(page.locator("#preparing-question")).to_contain_text("It is prepared already.")
    expect(start).to_have_count(0)


def test_a_preparation_that_fails_or_cannot_be_asked_for_is_told(
    page: Page, planes: list[int], shelf: Shelf, complaints: list[str]
) -> None:
    page.goto(f"/experiment/{planes[2]}")
    wait_ready(page)
    prepare = page.get_by_role("button", name="Prepare", exact=True)
    page.route("**/preparations", lambda route: route.abort())
    prepare.click()
    expect(page.locator("#preparing-problem")).to_contain_text("The server")
    page.unroute("**/preparations")
    page.keyboard.press("Escape")
    complaints.clear()  # of the question without an answer
    aside = shelf.folder.with_suffix(".aside")
    shelf.folder.rename(aside)
    shelf.folder.write_text("no folder")
    try:
        prepare.click()
        row = page.locator(f"#preparing-list [data-id='{planes[2]}']")
        expect(row).to_have_attribute("data-stage", "failed")
        expect(row).to_contain_text(str(shelf.folder.name))
    finally:
        shelf.folder.unlink()
        aside.rename(shelf.folder)
