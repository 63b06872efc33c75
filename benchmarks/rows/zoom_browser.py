"""Zoom, browser: the time from a drag to the painted lines, compared with plotly-resampler."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.bench import Bench
from benchmarks.browser import headless, new_page
from benchmarks.harness import OURS, Bound, Line, Sample, in_turn
from benchmarks.peers import RESAMPLER
from benchmarks.servers import free_port, served, vbdash_serve
from benchmarks.subject import SHOWN_SIGNALS, TRACE
from tests.support.waiting import wait_for, wait_ready

ROW = "zoom, browser"
SCRIPT = Path(__file__).with_name("painted.js")


@dataclass(frozen=True, slots=True)
class Zoomed:
    """A graph, its lines (all if none), the script that shows all of it, and the key of a box."""

    graph: str
    lines: list[str]
    whole: str
    key: str | None = None


OURS_ZOOMED = Zoomed(
    ".timeline-graph .js-plotly-plot",
    [*SHOWN_SIGNALS, TRACE],
    "() => vbd.time.setLength(0)",
    "Shift",
)
THEIRS_ZOOMED = Zoomed(
    ".js-plotly-plot", [], "(range) => Plotly.relayout(painted.graph, { 'xaxis.range': range })"
)
DRAGS = 5
# As parts of the plot. Drags differ, because Dash ignores a value that is set again.
FIRST_LEFT, STEP, WIDTH = 0.2, 0.03, 0.5
NOTE = (
    "a box over half of the whole session, drawn by a drag, here with Shift; painted: the lines "
    "are those of the new window, Plotly has drawn them, and two frames have passed; both graphs "
    "have the same size"
)


def measure(bench: Bench) -> list[Line]:
    """Measure drags; each turn opens a new page."""
    size: dict[str, Any] = {"width": 880, "height": 640, "pixels": 740}
    with headless() as browser:
        ours = partial(_ours, bench, browser, size)
        turns = in_turn(bench.runs, {OURS: ours, RESAMPLER: partial(_peer, bench, browser, size)})
        note = f"{NOTE}; Chromium {browser.version}"
    bound = Bound(1.0, of_peer=True)
    return [turns.line(ROW, "gesture → painted", "ms", "ms", bound, peer=RESAMPLER, note=note)]


def _ours(bench: Bench, browser: Browser, size: dict[str, Any]) -> Sample:
    with vbdash_serve(bench.cache_dir, bench.warm) as url, new_page(browser) as page:
        page.add_init_script(path=SCRIPT)
        page.goto(url + bench.subject.whole_timeline)
        wait_ready(page, 120)
        area = page.evaluate("(graph) => painted.area(graph)", OURS_ZOOMED.graph)
        width, height = area["outer"]
        size.update(width=round(width), height=round(height), pixels=round(area["width"]))
        return _dragged(bench, page, OURS_ZOOMED)


def _peer(bench: Bench, browser: Browser, size: dict[str, Any]) -> Sample:
    python, port = bench.python_of(RESAMPLER), free_port()
    task = size | {"lines": str(bench.lines), "port": port}
    command = [python, "-m", "benchmarks.measured.resampler_server", json.dumps(task)]
    with served(command, port) as (url, _), new_page(browser) as page:
        page.add_init_script(path=SCRIPT)
        page.goto(url)
        page.wait_for_selector(f"{THEIRS_ZOOMED.graph} .scatterlayer .trace path.js-line")
        return _dragged(bench, page, THEIRS_ZOOMED)


def _dragged(bench: Bench, page: Page, zoomed: Zoomed) -> Sample:
    times, arg = [], [zoomed.graph, zoomed.lines]
    for number in range(1 if bench.quick else DRAGS):
        page.evaluate(zoomed.whole, list(bench.subject.bounds))
        wait_for(page, "([graph, lines]) => painted.spans(graph, lines)", arg=arg)
        page.wait_for_timeout(500)
        times.append(_drag(page, zoomed, FIRST_LEFT + number * STEP))
    return {"ms": statistics.median(times)}


def _drag(page: Page, zoomed: Zoomed, left: float) -> float:
    area = page.evaluate("(graph) => painted.area(graph)", zoomed.graph)
    height = area["y"] + area["height"] / 2
    page.evaluate(
        "([graph, lines]) => { window.drawn = painted.afterDrag(graph, lines); }",
        [zoomed.graph, zoomed.lines],
    )
    page.mouse.move(area["x"] + area["width"] * left, height)
    if zoomed.key:
        page.keyboard.down(zoomed.key)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * (left + WIDTH), height, steps=6)
    page.mouse.up()
    if zoomed.key:
        page.keyboard.up(zoomed.key)
    return float(page.evaluate("() => window.drawn"))
