"""What a first visit transfers, and what is seen until it has arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

BUDGET, REQUESTS = 900_000, 50  # bytes of a first visit, and requests
AGAIN = 150_000  # bytes of a second one: the answers for what is shown
AFTER = 800  # ms in which a page that is ready may still load something
PANELS = {"facets": "panel-facets", "table": "panel-table", "preview": "panel-preview"}
PARTS = {
    "navigator": "panel-navigator",
    "bar": "window-bar",
    "timeline": "panel-timeline",
    "field": "panel-field-of-view",
}
BOXES = """selector => Object.fromEntries([...document.querySelectorAll(selector)].map(part => {
    const {x, y, width, height} = part.getBoundingClientRect();
    return [part.id || part.classList[1].replace('bone-', ''), [x, y, width, height]];
}))"""
CALLBACKS = "**/_dash-update-component*"
CLOSE = 3  # px
ROW = "document.querySelector('#cells-table .ag-row[row-id]')"


@dataclass
class Visit:
    """The bytes on the line per request, and the address of each."""

    sizes: dict[str, float] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> float:
        return sum(self.sizes.values())

    @property
    def asked(self) -> list[str]:
        """What came over the line, not from the browser's cache."""
        return [self.addresses[one] for one, size in self.sizes.items() if size]

    def has(self, part: str) -> bool:
        return any(part in address for address in self.addresses.values())


def visit(page: Page, path: str) -> Visit:
    """Open a page and count until it has been ready for a moment."""
    counted, line = Visit(), page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.requestWillBeSent", lambda event: _sent(counted, event))
    line.on("Network.loadingFinished", lambda event: _finished(counted, event))
    page.goto(path)
    wait_ready(page)
    page.wait_for_timeout(AFTER)
    line.detach()
    return counted


def _sent(counted: Visit, event: dict[str, Any]) -> None:
    if not event["request"]["url"].startswith("data:"):
        counted.addresses[event["requestId"]] = event["request"]["url"]


def _finished(counted: Visit, event: dict[str, Any]) -> None:
    if event["requestId"] in counted.addresses:
        counted.sizes[event["requestId"]] = event["encodedDataLength"]


@pytest.fixture(params=["explore", "session"])
def path(request: pytest.FixtureRequest, small_cache: VisualBehaviorOphysProjectCache) -> str:
    experiment = min(small_cache.available("experiment"))
    return {"explore": "/", "session": f"/experiment/{experiment}"}[request.param]


@pytest.fixture
def experiment(small_cache: VisualBehaviorOphysProjectCache) -> str:
    return f"/experiment/{min(small_cache.available('experiment'))}"


@pytest.fixture
def release(page: Page) -> Iterator[Callable[[], None]]:
    """Lets callbacks be answered, which wait until then, so that a page has no content yet."""
    page.route(CALLBACKS, lambda _: None)
    yield lambda: page.unroute(CALLBACKS)
    page.unroute(CALLBACKS)


def test_a_first_visit_is_small_and_a_second_one_loads_no_file_again(
    open_page: Callable[[], Page], path: str
) -> None:
    # The first who asks for a file gets a copy made in a hurry; the best one follows.
    counts = [visit(open_page(), path)]
    while counts[-1].bytes > BUDGET and len(counts) < 10:
        counts.append(visit(open_page(), path))
    assert counts[-1].bytes <= BUDGET, counts[-1].sizes
    page = open_page()
    first, second = visit(page, path), visit(page, path)
    assert len(first.asked) <= REQUESTS
    assert second.bytes <= AGAIN
    assert not [address for address in second.asked if "/files/" in address or "?m=" in address]


def test_ag_grid_comes_with_the_first_table(page: Page, experiment: str) -> None:
    assert not visit(page, experiment).has("ag_grid")
    page.get_by_role("tab", name="Cells").click()
    wait_for(page, ROW)


def test_plotly_comes_to_explore_when_somebody_uses_it(page: Page) -> None:
    assert not visit(page, "/").has("plotly")
    page.mouse.move(600, 300)
    wait_for(page, "() => window.Plotly?.version")


def test_a_key_brings_plotly_to_explore_as_well(page: Page) -> None:
    visit(page, "/")
    page.keyboard.press("Tab")
    wait_for(page, "() => window.Plotly?.version")


def test_the_skeleton_of_explore_lies_where_its_panels_will_lie(
    page: Page, release: Callable[[], None]
) -> None:
    compare_with_panels(page, release, "/", PANELS)


def test_the_skeleton_of_a_session_lies_where_its_panels_will_lie(
    page: Page, release: Callable[[], None], experiment: str
) -> None:
    compare_with_panels(page, release, experiment, PARTS)


def compare_with_panels(
    page: Page, release: Callable[[], None], path: str, parts: dict[str, str]
) -> None:
    page.goto(path)
    wait_for(page, "() => document.getElementById('_pages_content')")
    bones = page.evaluate(BOXES, ".bone")
    assert page.locator("#skeleton").is_visible()
    release()
    wait_ready(page)
    assert not page.locator("#skeleton").is_visible()
    panels = page.evaluate(BOXES, ",".join(f"#{id_}" for id_ in parts.values()))
    for bone, panel in parts.items():
        assert bones[bone] == pytest.approx(panels[panel], abs=CLOSE), bone


@pytest.mark.parametrize(("motion", "name"), [("reduce", "none"), ("no-preference", "breathe")])
def test_the_skeleton_moves_only_for_those_who_do_not_mind(
    page: Page, release: Callable[[], None], motion: Any, name: str
) -> None:
    page.emulate_media(reduced_motion=motion)
    page.goto("/")
    bone = "getComputedStyle(document.querySelector('.bone')).animationName"
    assert page.evaluate(bone) == name
