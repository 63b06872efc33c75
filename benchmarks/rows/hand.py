"""Hand: the frames while a hand moves the timeline, beside those of the same page at rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from benchmarks.bench import Bench
from benchmarks.browser import headless, new_page
from benchmarks.harness import Bound, Line, Sample, in_turn
from benchmarks.servers import vbdash_serve
from benchmarks.subject import MINUTE, ROWS, Subject
from tests.support.waiting import wait_ready

ROW = "hand"
SCRIPT = Path(__file__).with_name("frames.js")
AREA = "vbd.axis.frame(document.getElementById('timeline-graph'))"
SECONDS = 2.0
AT_REST = "at rest"
MEAN, LONGEST = Bound(20.0), Bound(50.0)  # ms; 50 frames a second
NOTE = (
    "two seconds each in a window of one minute with every row, counted by requestAnimationFrame; "
    "the peer is the same page while nothing moves"
)


def measure(bench: Bench) -> list[Line]:
    """Measure each gesture in turn; each turn opens a new page."""
    with headless() as browser:
        turns = in_turn(bench.runs, {ROW: partial(_gestures, bench, browser)})
    lines: list[Line] = []
    for name in GESTURES:
        for kind, bound in (("mean", MEAN), ("longest", LONGEST)):
            value, rest = (turns.median(ROW, f"{kind} {one}") for one in (name, AT_REST))
            note = "" if lines else NOTE
            lines.append(
                Line(ROW, f"{name}: {kind} frame", "ms", value, AT_REST, rest, bound, note)
            )
    return lines


def _gestures(bench: Bench, browser: Browser) -> Sample:
    sample: dict[str, float] = {}
    with vbdash_serve(bench.cache_dir, bench.warm) as url, new_page(browser) as page:
        page.add_init_script(path=SCRIPT)
        page.goto(url + _page(bench.subject))
        for name, gesture in {AT_REST: _rest, **GESTURES}.items():
            page.evaluate("(span) => vbd.time.show(...span)", list(_minute(bench.subject)))
            wait_ready(page, 120)
            page.wait_for_timeout(1000)
            found = _counted(page, gesture)
            sample |= {f"{kind} {name}": value for kind, value in found.items()}
    return sample


def _minute(subject: Subject) -> tuple[float, float]:
    middle = sum(subject.bounds) / 2
    return middle - MINUTE / 2, middle + MINUTE / 2


def _page(subject: Subject) -> str:
    start, stop = _minute(subject)
    cells = ",".join(str(name) for _, name in subject.cells)
    query = {"t": f"{start:.3f}-{stop:.3f}", "cells": cells, "rows": ",".join(ROWS)}
    return f"{subject.path}?{urlencode(query, safe=',')}"


def _counted(page: Page, gesture: Callable[[Page], None]) -> Mapping[str, float]:
    page.mouse.move(*_point(page, 0.5))
    page.wait_for_timeout(500)
    page.evaluate("frameTimes.begin()")
    gesture(page)
    found: Mapping[str, float] = page.evaluate("frameTimes.end()")
    return found


def _point(page: Page, part: float) -> tuple[float, float]:
    area = page.evaluate(AREA)
    return area["left"] + part * area["width"], area["top"] + 0.5 * area["height"]


def _during(move: Callable[[float], None]) -> None:
    """Move for ``SECONDS``, each time by as much as has passed."""
    began = time.perf_counter()
    while (part := (time.perf_counter() - began) / SECONDS) < 1:
        move(part)
        time.sleep(0.008)


def _rest(page: Page) -> None:
    page.wait_for_timeout(1000 * SECONDS)


def _drag(page: Page, key: str | None = None) -> None:
    (left, y), (right, _) = _point(page, 0.2), _point(page, 0.8)
    with _held(page, key):
        page.mouse.move(right, y)
        page.mouse.down()
        _during(lambda part: page.mouse.move(right + part * (left - right), y))
        page.evaluate("frameTimes.pause()")
        page.mouse.up()


def _wheel(page: Page, x: float, y: float, key: str | None = None) -> None:
    with _held(page, key):
        _during(lambda part: page.mouse.wheel(x, y if part < 0.5 else -y))


def _arrow(page: Page) -> None:
    _during(lambda _: page.keyboard.down("ArrowRight"))
    page.evaluate("frameTimes.pause()")
    page.keyboard.up("ArrowRight")


@contextmanager
def _held(page: Page, key: str | None) -> Iterator[None]:
    if key:
        page.keyboard.down(key)
    yield
    if key:
        page.keyboard.up(key)


GESTURES: Mapping[str, Callable[[Page], None]] = {
    "drag": _drag,
    "box with Shift": partial(_drag, key="Shift"),
    "wheel": partial(_wheel, x=0, y=-20),
    "pinch": partial(_wheel, x=0, y=-3, key="Control"),
    "wheel to the side": partial(_wheel, x=4, y=0),
    "arrow held": _arrow,
}
