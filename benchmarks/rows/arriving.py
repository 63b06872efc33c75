"""Arriving: a first and a second visit over a slow line, which Chromium imitates."""

from __future__ import annotations

from functools import partial
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.bench import Bench
from benchmarks.browser import headless, new_page
from benchmarks.harness import Bound, Line, Sample, Turns, in_turn
from benchmarks.servers import vbdash_serve
from tests.support.waiting import wait_ready

ROW = "arriving"
RATE, LATENCY = 125_000, 200  # bytes/s and ms: 1 Mbit/s
NOTE = "1 Mbit/s, 200 ms; server started, store prepared"
MEASURES = {
    "first": ("first visit → ready", "s", Bound(9.0)),
    "second": ("second visit → ready", "s", Bound(2.5)),
    "kilobytes": ("transferred at the first", "kB", Bound(900)),
}


def measure(bench: Bench) -> list[Line]:
    """Measure Explore and the file's page, each time with a new browser profile."""
    tab = "experiment" if bench.subject.kind == "experiment" else "behavior"
    paths = {"Explore": f"/?tab={tab}", "a session": bench.subject.path}
    with vbdash_serve(bench.cache_dir, bench.warm) as url, headless() as browser:
        for path in paths.values():
            _compress(browser, f"{url}{path}")
        visits = {name: partial(_visits, browser, f"{url}{path}") for name, path in paths.items()}
        turns = in_turn(bench.runs, visits)
    return [line for name in paths for line in _lines(turns, name)]


def _lines(turns: Turns, page: str) -> list[Line]:
    return [
        turns.line(ROW, f"{page}, {measured}", unit, key, bound, note=NOTE, ours=page)
        for key, (measured, unit, bound) in MEASURES.items()
    ]


def _compress(browser: Browser, url: str) -> None:
    """Let the server make its compressed copies, as earlier visitors do."""
    with new_page(browser) as page:
        page.goto(url)
        wait_ready(page)
        page.wait_for_timeout(10_000)


def _visits(browser: Browser, url: str) -> Sample:
    with new_page(browser) as page:
        sizes: dict[str, float] = {}
        first = _visit(page, url, sizes)
        kilobytes = sum(sizes.values()) / 1000
        return {"first": first, "kilobytes": kilobytes, "second": _visit(page, url, {})}


def _visit(page: Page, url: str, sizes: dict[str, float]) -> float:
    """The seconds until a page is ready; ``sizes`` takes the bytes on the line per request."""

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", _slow())
    line.on("Network.loadingFinished", finished)
    page.goto("about:blank")
    started = page.evaluate("() => Date.now()")
    page.goto(url, wait_until="commit")
    wait_ready(page)
    seconds = (page.evaluate("() => Date.now()") - started) / 1000
    line.detach()
    return float(seconds)


def _slow() -> dict[str, Any]:
    return {
        "offline": False,
        "latency": LATENCY,
        "downloadThroughput": RATE,
        "uploadThroughput": RATE,
    }
