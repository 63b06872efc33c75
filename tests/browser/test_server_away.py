"""A server that is away, comes back, or comes back as another version, seen from open tabs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.lossy_proxy import ALWAYS, Proxy, lossy_proxy
from tests.support.restarted import Restarted, restarted
from tests.support.waiting import wait_for, wait_ready

pytestmark = pytest.mark.fault
SMALL: ViewportSize = {"width": 1366, "height": 768}
RANGE = "vbd.plotly.range(vbd.plotly.plot(document.getElementById('timeline-graph')))"
SHOWN = f"{RANGE}.every((t, i) => Math.abs(t - Object.values(vbd.time.window())[i]) < 1e-3)"
LOST = "document.body.dataset.connection === 'lost'"
AWAY = "The server cannot be reached; trying again."
OTHER = "The server runs another version of the dashboard now."


@pytest.fixture(scope="module")
def server(small_release: Path) -> Iterator[Restarted]:
    with restarted(small_release) as server:
        yield server


@pytest.fixture
def proxy(server: Restarted) -> Iterator[Proxy]:
    with lossy_proxy(server.url) as proxy:
        yield proxy


@pytest.fixture
def context(browser: Browser, server: Restarted) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server.url, viewport=SMALL)
    yield context
    context.close()


@pytest.fixture
def path(small_cache: VisualBehaviorOphysProjectCache) -> str:
    return f"/experiment/{min(small_cache.available('experiment'))}"


def opened(context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.goto(path)
    wait_ready(page)
    return page


def test_a_server_that_is_stopped_is_told_and_all_goes_on_when_it_is_back(
    server: Restarted, context: BrowserContext, path: str
) -> None:
    page, other = opened(context, path), opened(context, "/")
    server.stop()
    page.keyboard.press("ArrowRight")
    began = time.monotonic()
    wait_for(page, LOST)
    assert time.monotonic() - began < 3
    banner = page.locator("#connection")
    expect(banner).to_contain_text(AWAY)
    opacity = "getComputedStyle(document.querySelector('#panel-timeline .panel-body')).opacity"
    assert float(page.evaluate(opacity)) < 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("j")
    page.get_by_role("tab", name="Performance", exact=True).click()
    expect(page.locator("#panel-performance")).to_have_attribute("data-state", "error")
    expect(page.locator("#message-performance")).to_contain_text("The server cannot be reached.")
    other.locator(".ag-row").nth(1).click()
    expect(other.locator("#connection")).to_contain_text(AWAY)
    window = page.evaluate("vbd.time.window()")
    server.start()
    wait_ready(page)
    expect(banner).to_be_empty()
    assert page.evaluate("vbd.time.window()") == window
    wait_for(page, SHOWN, timeout=10_000)  # the axes are drawn with the next frames
    expect(page.locator("#panel-performance")).to_have_attribute("data-state", "ready")
    assert float(page.evaluate(opacity)) == 1
    wait_ready(other)
    expect(other.locator("#connection")).to_be_empty()


def test_a_page_that_is_chosen_while_the_server_is_away_opens_when_it_is_back(
    server: Restarted, context: BrowserContext, path: str
) -> None:
    page = opened(context, path)
    server.stop()
    page.get_by_role("link", name="Notes").click()
    expect(page.locator("#panel-page-problem")).to_contain_text("The server cannot be reached.")
    expect(page.locator("#connection")).to_contain_text(AWAY)
    server.start()
    wait_ready(page)
    expect(page.locator("#panel-notes")).to_be_visible()
    expect(page.locator("#panel-page-problem")).to_have_count(0)


def test_many_panels_that_wait_for_the_server_do_not_stop_the_page(
    server: Restarted, context: BrowserContext, path: str
) -> None:
    page = opened(context, path)
    page.get_by_role("tab", name="Cells", exact=True).click()
    page.wait_for_selector("#cells-table .ag-row", state="attached")
    server.stop()
    for name in ("Performance", "Events", "Eye", "Stimuli", "Details", "QC"):
        page.get_by_role("tab", name=name, exact=True).click()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    wait_for(page, LOST)
    for _ in range(3):
        before = page.evaluate("vbd.time.window().start")
        page.keyboard.press("ArrowRight")
        wait_for(page, f"vbd.time.window().start > {before}")
        wait_for(page, SHOWN)  # the axes move without the server
    server.start()
    wait_ready(page)
    page.get_by_role("tab", name="Events", exact=True).click()  # drawn only while it is open
    page.wait_for_selector("#panel-events[data-state=ready]")
    for name in ("performance", "events", "eye", "stimuli", "cells", "details", "qc"):
        panel = page.locator(f"#panel-{name}")
        assert panel.get_attribute("data-state") in ("ready", "empty"), name


def test_a_script_that_was_lost_with_the_server_comes_with_a_new_load_of_the_same_view(
    server: Restarted, context: BrowserContext, path: str
) -> None:
    page = opened(context, path)
    server.stop()
    page.get_by_role("tab", name="Cells", exact=True).click()  # its table has a script of its own
    expect(page.locator("#start-problem")).to_contain_text("trying again")
    page.keyboard.press("ArrowRight")
    wait_for(page, "!vbd.hand.isHeld()")
    window = page.evaluate("vbd.time.window()")
    server.start()
    page.wait_for_selector("#cells-table .ag-row", state="attached")
    wait_ready(page)
    shown = page.evaluate("vbd.time.window()")
    assert shown["start"] == pytest.approx(window["start"], abs=0.002)


def test_a_tab_opened_while_only_the_page_itself_is_served_recovers(
    context: BrowserContext, proxy: Proxy, path: str
) -> None:
    page = context.new_page()
    fault = proxy.plant(r"^(/_dash|/health|/files/)", "close", ALWAYS)
    page.goto(proxy.url + path, wait_until="commit")
    expect(page.locator("#start-problem")).to_contain_text("could not be loaded")
    page.wait_for_timeout(1500)
    fault.times = 0
    wait_ready(page)
    expect(page.locator("#start-problem")).to_have_count(0)


def test_another_version_of_the_server_is_told_with_a_button_that_loads_the_page_anew(
    context: BrowserContext, proxy: Proxy, path: str
) -> None:
    page = opened(context, proxy.url + path)
    mine = page.evaluate("vbd.vocabulary.server")
    newer = json.dumps(mine | {"version": "999.0"}).encode()
    answer = proxy.plant("^/health", 200, ALWAYS, body=newer, type="application/json")
    proxy.plant(r"panel-timeline\.data-state", 500, ALWAYS)  # a callback that is gone
    page.keyboard.press("ArrowRight")
    banner = page.locator("#connection")
    expect(banner).to_contain_text(OTHER)
    expect(banner).to_have_attribute("role", "status")
    answer.times = 0
    proxy.faults.clear()
    banner.get_by_role("button", name="Reload the page").click()
    wait_ready(page)
    expect(page.locator("#connection")).to_have_count(0)
    assert page.evaluate(SHOWN)


def test_something_else_on_the_port_of_the_server_is_not_taken_for_it(
    context: BrowserContext, proxy: Proxy, path: str
) -> None:
    page = opened(context, proxy.url + path)
    proxy.plant(".", 502, ALWAYS, body=b"Bad gateway")
    page.keyboard.press("ArrowRight")
    wait_for(page, LOST)
    proxy.faults.clear()
    wait_ready(page)
    assert page.evaluate(SHOWN)


def test_a_session_that_is_being_prepared_says_what_a_long_window_waits_for(
    context: BrowserContext, proxy: Proxy, path: str
) -> None:
    page = opened(context, proxy.url + path)
    told = json.dumps({"state": "building", "part": 0.43, "sentence": ""}).encode()
    proxy.plant("^/prepared/", 200, ALWAYS, body=told, type="application/json")
    proxy.plant(r"panel-timeline\.data-state", "slow", seconds=4)
    page.keyboard.press("a")
    line = page.locator("#panel-timeline > .panel-working")
    expect(line).to_contain_text("Being prepared: 43 %. Until then")
    expect(line).to_be_visible()
    wait_ready(page)
    expect(line).to_be_hidden()
