"""Explore says that a newer release is available, how to use it, and that storage is away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.support.object_store import Fault, ObjectStore
from tests.support.running import vbdash
from tests.support.until import wait_until
from tests.support.uploaded_release import add_release
from tests.support.waiting import wait_ready

ONLINE = {name: value for name, value in os.environ.items() if name != "VBDASH_OFFLINE"}


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def words(store: ObjectStore, tmp_path: Path) -> list[str]:
    """The command of a second start, which shows the release that was used last."""
    Cache.from_s3_cache(tmp_path / "cache", endpoint=store.url)
    folders = ["--cache-dir", str(tmp_path / "cache"), "--work-dir", str(tmp_path / "work")]
    store.forget()
    return ["serve", "--endpoint", store.url, *folders]


def test_a_newer_release_is_told_in_explore_and_shown_by_the_command_that_is_named_there(
    words: list[str], store: ObjectStore, visitor: Page
) -> None:
    add_release(store, "1.2.0")
    with vbdash(*words, environment=ONLINE) as server:
        # The files are listed once the listing of the manifests was answered.
        wait_until(lambda: sum(not asked.key for asked in store.asked) > 1)
        visitor.goto(server.url)
        wait_ready(visitor)
        told = visitor.locator(".newer-release")
        expect(told).to_contain_text("Release 1.2.0 is available")
        use = told.locator("code").inner_text().split()
    assert use[:2] == ["vbdash", "serve"]
    with vbdash(*words, *use[2:], environment=ONLINE) as server:
        visitor.goto(server.url)
        wait_ready(visitor)
        expect(visitor.locator(".ag-row").first).to_be_visible()
        expect(visitor.locator(".newer-release")).to_have_count(0)


@pytest.mark.fault
def test_a_storage_that_is_away_is_told_in_explore_and_the_tables_are_shown(
    words: list[str], store: ObjectStore, visitor: Page
) -> None:
    store.fault = lambda asked, count: Fault(status=503)
    try:
        with vbdash(*words, environment=ONLINE) as server:
            wait_until(lambda: "cannot be reached" in server.printed)
            visitor.goto(server.url)
            wait_ready(visitor)
            expect(visitor.locator(".offline")).to_contain_text("cannot be reached: it answers 503")
            expect(visitor.locator(".ag-row").first).to_be_visible()
    finally:
        store.fault = None
