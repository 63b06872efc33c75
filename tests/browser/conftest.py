"""Fixtures: a real server, a real Chromium, and pages whose browser errors fail the test."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.support import chromium
from tests.support.complaints import listen_for_complaints
from tests.support.object_store import ObjectStore
from tests.support.running import Server, vbdash
from tests.support.uploaded_release import uploaded_release

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
LAPTOP: ViewportSize = {"width": 1440, "height": 900}
FAILED = pytest.StashKey[bool]()
# What is expected may take as long as what Playwright waits for: a busy machine is no fault.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests; ``tests/support/scheduling.py`` runs them in one process."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Record that a test failed, so that its screenshot is saved."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def dashboard_url(small_release: Path) -> Iterator[str]:
    """The URL of a dashboard over the small release."""
    with vbdash("serve", "--cache-dir", small_release) as server:
        yield server.url.rstrip("/")


@pytest.fixture(scope="module")
def store(small_release: Path) -> Iterator[ObjectStore]:
    """The small release as it lies in object storage."""
    with uploaded_release(small_release) as store:
        yield store


@pytest.fixture(scope="module")
def online_server(store: ObjectStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard that starts with nothing of the release on this machine but its tables."""
    work_dir = tmp_path_factory.mktemp("work")
    online = {name: value for name, value in os.environ.items() if name != "VBDASH_OFFLINE"}
    words = ("serve", "--endpoint", store.url, "--work-dir", work_dir)
    with vbdash(*words, environment=online) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium."""
    with sync_playwright() as playwright:
        path, options = chromium.find(), chromium.OPTIONS
        with playwright.chromium.launch(executable_path=path, args=options) as browser:
            yield browser


@pytest.fixture
def complaints() -> list[str]:
    """The browser's errors so far; a test that causes one on purpose clears the list."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, dashboard_url: str, complaints: list[str], request: pytest.FixtureRequest
) -> Iterator[Callable[[], Page]]:
    """Opens a page with its own browser profile, as for a second user."""
    pages: list[Page] = []

    def open_page() -> Page:
        context = browser.new_context(base_url=dashboard_url, viewport=LAPTOP)
        pages.append(context.new_page())
        listen_for_complaints(pages[-1], complaints)
        return pages[-1]

    yield open_page
    if complaints or request.node.stash.get(FAILED, False):
        _save_screenshots(pages, request.node.nodeid)
    for page in pages:
        page.context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    """A page at 1440 × 900 of a dashboard over the small release."""
    return open_page()


def _save_screenshots(pages: list[Page], test: str) -> None:
    name = re.sub(r"\W+", "-", test.removeprefix("tests/browser/"))
    for number, page in enumerate(pages):
        page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png")
