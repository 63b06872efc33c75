"""The dashboard behind a proxy below a path: every page, and nothing ever outside of the path."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.manifest import DEMO_MARKER
from tests.browser.conftest import LAPTOP
from tests.support.complaints import listen_for_complaints
from tests.support.object_store import ObjectStore
from tests.support.path_proxy import PathProxy, path_proxy
from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready

PREFIX = "/user/jo%20doe/vbdash"
OUTSIDE = """prefix => [...document.querySelectorAll("[href], [action], [src]")]
  .map(({ href, action, src }) => String(href?.baseVal ?? href ?? action ?? src ?? ""))
  .filter((url) => url.startsWith(location.origin) && !url.startsWith(prefix))"""


@contextmanager
def below_the_prefix(cache_dir: Path, work_dir: Path, *more: str) -> Iterator[str]:
    """The origin of a dashboard below the prefix, with its own notes."""
    words = ("serve", "--cache-dir", cache_dir, "--work-dir", work_dir, "--url-prefix", PREFIX)
    online = {name: value for name, value in os.environ.items() if name != "VBDASH_OFFLINE"}
    with vbdash(*words, *more, environment=online) as server:
        assert server.url.endswith(f"{PREFIX}/")
        yield server.url.removesuffix(f"{PREFIX}/")


@pytest.fixture(scope="module")
def upstream(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with below_the_prefix(small_release, tmp_path_factory.mktemp("work")) as origin:
        yield origin


@pytest.fixture
def kept(upstream: str) -> Iterator[PathProxy]:
    """A proxy that leaves the prefix in what it passes on."""
    with path_proxy(upstream, PREFIX, strips=False) as proxy:
        yield proxy


@pytest.fixture
def stripped(small_release: Path, store: ObjectStore, tmp_path: Path) -> Iterator[PathProxy]:
    """A proxy that takes the prefix away, before a dashboard that can download files."""
    cache_dir = tmp_path / "cache"
    shutil.copytree(small_release, cache_dir, copy_function=os.symlink)
    (cache_dir / DEMO_MARKER).unlink()  # with it nothing is asked of object storage
    with (
        below_the_prefix(cache_dir, tmp_path / "work", "--endpoint", store.url) as origin,
        path_proxy(origin, PREFIX, strips=True) as proxy,
    ):
        yield proxy


@pytest.fixture
def asked() -> list[str]:
    """The URL of every request of the visitor."""
    return []


@pytest.fixture
def visitor(browser: Browser, asked: list[str], complaints: list[str]) -> Iterator[Page]:
    with browser.new_context(viewport=LAPTOP) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        listen_for_complaints(page, complaints)
        yield page
    assert not complaints, "\n".join(complaints)


def arrived(page: Page, proxy: PathProxy, path: str) -> None:
    """The page with this path (a pattern) is shown, and its links stay below the prefix."""
    expect(page).to_have_url(re.compile(f"^{re.escape(proxy.url)}/{path}"))
    wait_ready(page)
    assert page.evaluate(OUTSIDE, f"{proxy.url}/") == []


def walk_explore(page: Page, proxy: PathProxy, id_: int) -> None:
    page.goto(f"{proxy.url}/")
    arrived(page, proxy, "$")
    page.locator(".row-link", has_text=str(id_)).hover()
    page.locator("#facet-cre_line [data-value]").first.click()
    arrived(page, proxy, r"\?.*cre_line=")
    page.reload()
    arrived(page, proxy, r"\?.*cre_line=")
    page.get_by_role("button", name="clear all").click()
    page.locator(".row-link", has_text=str(id_)).click()
    arrived(page, proxy, f"experiment/{id_}")


def walk_session(page: Page, proxy: PathProxy, id_: int) -> None:
    tabs = page.get_by_role("tab")
    for name in tabs.all_inner_texts():
        page.get_by_role("tab", name=name, exact=True).click()
        wait_ready(page)
    arrived(page, proxy, rf"experiment/{id_}\?.*tab=")
    page.locator("#timeline-graph").hover()
    page.keyboard.press("ArrowRight")
    wait_for(page, "location.search.includes('t=')")
    view = page.url
    page.reload()
    arrived(page, proxy, re.escape(view.removeprefix(f"{proxy.url}/")))
    page.go_back()
    wait_for(page, f"location.href !== {view!r}")
    page.go_forward()
    arrived(page, proxy, re.escape(view.removeprefix(f"{proxy.url}/")))


def write_a_note(page: Page, proxy: PathProxy, text: str) -> None:
    page.locator("#notes-button").click()
    page.locator("#notes-text").fill(text)
    page.locator("#notes-label").get_by_text("✕ bad").click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".note", has_text=text)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Notes", exact=True).click()
    arrived(page, proxy, "notes")
    expect(page.locator("#panel-notes")).to_contain_text(text)
    for name in "CSV", "JSON":
        with page.expect_download() as download:
            page.get_by_role("link", name=name).first.click()
        assert download.value.url.startswith(f"{proxy.url}/annotations.")
        assert text in download.value.path().read_text()


def walk_over_days(page: Page, proxy: PathProxy, id_: int) -> None:
    page.goto(f"{proxy.url}/experiment/{id_}")
    arrived(page, proxy, f"experiment/{id_}")
    box = page.locator(".timeline-graph .annotation a").first.bounding_box()  # of an SVG
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    arrived(page, proxy, r"cell/\d+")
    page.locator(".fact a", has_text="container").click()
    arrived(page, proxy, r"container/\d+")
    page.locator(".fact a", has_text="mouse").first.click()
    arrived(page, proxy, r"mouse/\d+")
    page.go_back()
    arrived(page, proxy, r"container/\d+")
    page.get_by_role("link", name="compare these days").click()
    arrived(page, proxy, r"compare\?ids=\d+,")
    page.locator(".compare-remove").first.click()
    arrived(page, proxy, r"compare\?ids=")


def walk_the_bar(page: Page, proxy: PathProxy, id_: int) -> None:
    page.get_by_role("link", name="QC", exact=True).click()
    arrived(page, proxy, "qc$")
    page.goto(f"{proxy.url}/no/such/page")
    arrived(page, proxy, "no/such/page$")
    page.get_by_role("link", name="Back to Explore").click()
    arrived(page, proxy, "$")
    page.goto(f"{proxy.url}/experiment/{id_}/")  # a mistyped link
    arrived(page, proxy, rf"experiment/{id_}(\?|$)")
    page.goto(proxy.url)
    arrived(page, proxy, "$")


def open_the_downloads(page: Page, proxy: PathProxy) -> None:
    with page.expect_response(f"{proxy.url}/downloads") as answer:
        page.locator("#downloads-button").click()
    assert answer.value.ok
    expect(page.locator("#downloads-nothing")).to_be_visible()
    page.keyboard.press("Escape")


def nothing_left(proxy: PathProxy, asked: list[str]) -> None:
    assert len(asked) > 60
    others = [u for u in asked if not u.startswith((f"{proxy.url}/", "data:", "blob:"))]
    assert set(others) == {proxy.url}  # the first request of the address without a slash
    assert not proxy.outside


def test_nothing_leaves_the_path(
    visitor: Page, kept: PathProxy, asked: list[str], small_cache: Cache
) -> None:
    id_ = max(small_cache.available("experiment"))
    walk_explore(visitor, kept, id_)
    walk_session(visitor, kept, id_)
    write_a_note(visitor, kept, "its prefix is kept")
    walk_over_days(visitor, kept, id_)
    walk_the_bar(visitor, kept, id_)
    nothing_left(kept, asked)


def test_nothing_leaves_the_path_where_the_proxy_takes_it_away(
    visitor: Page, stripped: PathProxy, asked: list[str], small_cache: Cache
) -> None:
    id_ = max(small_cache.available("experiment"))
    walk_explore(visitor, stripped, id_)
    write_a_note(visitor, stripped, "its prefix is taken away")
    open_the_downloads(visitor, stripped)
    walk_the_bar(visitor, stripped, id_)
    nothing_left(stripped, asked)


def test_the_address_without_the_prefix_leads_below_it(
    browser: Browser, upstream: str, small_cache: Cache
) -> None:
    id_ = max(small_cache.available("experiment"))
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{upstream}/experiment/{id_}?tab=qc")
        expect(page).to_have_url(re.compile(f"{upstream}{PREFIX}/experiment/{id_}.*tab=qc"))
        wait_ready(page)
        expect(page.get_by_role("tab", name="QC")).to_have_class(re.compile("active"))
