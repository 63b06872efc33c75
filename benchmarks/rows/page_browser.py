"""Page, browser: the time from the click in the picker until the page is ready."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.bench import Bench, Environment
from benchmarks.browser import headless, new_page
from benchmarks.harness import Bound, Line, Sample, in_turn
from benchmarks.servers import vbdash_serve
from tests.support.waiting import wait_ready

ROW = "page, browser"
WARM, COLD = "warm", "cold"
LIMITS = {WARM: Bound(1.5), COLD: Bound(3.0)}
NOTES = {
    WARM: "server started anew, store prepared, empty browser cache",
    COLD: "server started anew, no store, file in the page cache, empty browser cache",
}
SCRIPT = Path(__file__).with_name("opened.js")


def measure(bench: Bench) -> list[Line]:
    """Measure warm and cold in turn, each time with a new server and browser profile."""
    bench.read_once()
    with headless() as browser:
        warm = partial(_opened, bench, browser, bench.warm)
        turns = in_turn(bench.runs, {WARM: warm, COLD: partial(_cold, bench, browser)})
    return [
        Line(
            ROW,
            f"click → ready, {state}",
            "s",
            turns.median(state, "seconds"),
            bound=bound,
            note="; ".join(filter(None, [NOTES[state], turns.problems.get(state)])),
        )
        for state, bound in LIMITS.items()
    ]


def _cold(bench: Bench, browser: Browser) -> Sample:
    with bench.cold() as environment:
        return _opened(bench, browser, environment)


def _opened(bench: Bench, browser: Browser, environment: Environment) -> Sample:
    with vbdash_serve(bench.cache_dir, environment) as url, new_page(browser) as page:
        tab = "experiment" if bench.subject.kind == "experiment" else "behavior"
        page.add_init_script(path=SCRIPT)
        page.goto(f"{url}/?tab={tab}")
        wait_ready(page)
        page.evaluate("() => { window.ready = opened.afterClick(); }")
        page.locator(f"a.row-link[href='{bench.subject.path}']").click()
        return {"seconds": page.evaluate("() => window.ready") / 1000}
