"""The dashboard behind a proxy below a path: every page, and nothing ever outside of the path."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
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


@pytest.fixture(scope="module")
def upstream(
    small_release: Path, store: ObjectStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A dashboard below the prefix, which can download files too."""
    words = ("serve", "--cache-dir", small_release, "--endpoint", store.url)
    work = ("--work-dir", tmp_path_factory.mktemp("work"), "--url-prefix", PREFIX)
    online = {name: value for name, value in os.environ.items() if name != "VBDASH_OFFLINE"}
    with vbdash(*words, *work, environment=online) as server:
        assert server.url.endswith(f"{PREFIX}/")
        yield server.url.removesuffix(f"{PREFIX}/")


@pytest.fixture(params=["kept", "stripped"])
def proxy(upstream: str, request: pytest.FixtureRequest) -> Iterator[PathProxy]:
    with path_proxy(upstream, PREFIX, strips=request.param == "stripped") as proxy:
        yield proxy


@pytest.fixture
def asked() -> list[str]:
    """The URL of every request of the visitor."""
    return []


@pytest.fixture
def visitor(
    browser: Browser, proxy: PathProxy, asked: list[str], complaints: list[str]
) -> Iterator[Page]:
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
    page.get_by_text("✕ bad").click()
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
    page.locator("#downloads-button").click()
    expect(page.locator("#downloads-nothing")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{proxy.url}/no/such/page")
    arrived(page, proxy, "no/such/page$")
    page.get_by_role("link", name="Back to Explore").click()
    arrived(page, proxy, "$")
    page.goto(f"{proxy.url}/experiment/{id_}/")  # a mistyped link
    arrived(page, proxy, rf"experiment/{id_}(\?|$)")
    page.goto(proxy.url)
    arrived(page, proxy, "$")


def test_nothing_leaves_the_path(
    visitor: Page, proxy: PathProxy, asked: list[str], small_cache: Cache
) -> None:
    id_ = max(small_cache.available("experiment"))
    walk_explore(visitor, proxy, id_)
    walk_session(visitor, proxy, id_)
    write_a_note(visitor, proxy, f"seen behind a proxy that has it {proxy.strips}")
    walk_over_days(visitor, proxy, id_)
    walk_the_bar(visitor, proxy, id_)
    assert len(asked) > 100
    others = [u for u in asked if not u.startswith((f"{proxy.url}/", "data:", "blob:"))]
    assert set(others) == {proxy.url}  # the first request of the address without a slash
    assert not proxy.outside


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
