"""A tab in which many sessions are opened in turn keeps nothing of those that went."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.support.waiting import wait_ready

FIRST = 4  # sessions, after which every script and figure has been needed once
LIMITS = {"JSEventListeners": 2, "Nodes": 10, "JSHeapUsedSize": 0.5e6}
"""What a session may add: numbers of listeners and nodes, and bytes."""


class Tab(NamedTuple):
    """A page, what Chromium counts of it, and the sessions that are opened in turn."""

    page: Page
    counts: CDPSession
    sessions: list[str]

    def open(self, turn: int) -> None:
        """Open a session, without loading the page anew."""
        path = self.sessions[turn % len(self.sessions)]
        self.page.evaluate("path => vbd.navigate(path)", path)
        self.page.wait_for_url(f"**{path}*")
        expect(self.page.locator("#panel-timeline")).to_be_visible()
        wait_ready(self.page)

    def measured(self) -> dict[str, float]:
        """The numbers of ``LIMITS``, once what is not used has been let go."""
        self.page.wait_for_timeout(500)
        for _ in range(2):
            self.counts.send("HeapProfiler.collectGarbage")
        metrics = self.counts.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in metrics if one["name"] in LIMITS}


@pytest.fixture
def tab(page: Page) -> Tab:
    """Explore with its table, from which sessions are opened."""
    counts = page.context.new_cdp_session(page)
    counts.send("Performance.enable")
    counts.send("HeapProfiler.enable")
    page.goto("/")
    wait_ready(page)
    links = page.locator("#explore-grid a.row-link")
    expect(links.nth(1)).to_be_visible()
    paths = [str(link.get_attribute("href")) for link in links.all()[:2]]
    return Tab(page, counts, paths)


@pytest.mark.parametrize("n", [8, pytest.param(500, marks=[pytest.mark.long])])
@pytest.mark.timeout(7200)
def test_listeners_nodes_and_memory_do_not_grow_with_the_sessions_opened(tab: Tab, n: int) -> None:
    for turn in range(FIRST):
        tab.open(turn)
    before = tab.measured()
    for turn in range(n):
        tab.open(turn)
    after = tab.measured()
    grown = {name: (after[name] - before[name]) / n for name in LIMITS}
    print(before, grown)
    assert {name: value for name, value in grown.items() if value > LIMITS[name]} == {}


def test_an_explanation_opens_and_closes_by_mouse_and_keys(
    open_page: Callable[[], Page],
) -> None:
    page = open_page()
    page.goto("/")
    wait_ready(page)
    filters, recordings = (page.locator(f"#info-{name}") for name in ("facets", "table"))
    box = page.locator(".panel-info")
    filters.click()
    expect(box).to_contain_text("Each bar counts the recordings")
    recordings.click()
    expect(box).to_contain_text("The release's own tables")
    recordings.click()
    expect(box).to_have_count(0)
    filters.press("Enter")
    expect(box).to_contain_text("Each bar counts the recordings")
    recordings.press("Enter")
    expect(box).to_contain_text("The release's own tables")
    recordings.press("Escape")
    expect(box).to_have_count(0)
    expect(recordings).to_be_focused()
    filters.click()
    page.locator("h1").click(force=True)
    expect(box).to_have_count(0)
