"""Days of a plane whose files are damaged: short sentences, and no broken pictures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.support.damage import blot
from tests.support.running import vbdash
from tests.support.waiting import wait_ready

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def page(
    browser: Browser, small_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """The comparison of a sound file, one with a damaged picture, and one that is cut off."""
    folder = tmp_path_factory.mktemp("days")
    release = Path(shutil.copytree(small_release, folder / "release"))
    cache = Cache.from_local_cache(release)
    ids = sorted(cache.available("experiment"))[:3]
    blot(cache.path_of("experiment", ids[1]), "processing/ophys/images/max_projection")
    cut_off = cache.path_of("experiment", ids[2])
    cut_off.write_bytes(cut_off.read_bytes()[:-5000])
    work = folder / "work"
    arguments = ("serve", "--cache-dir", release, "--work-dir", work, "--prepare", "0")
    with vbdash(*arguments) as server:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{server.url.rstrip('/')}/compare?ids={','.join(map(str, ids))}")
        wait_ready(page)
        yield page
        page.close()


def test_a_picture_that_cannot_be_read_is_a_sentence_and_not_a_broken_picture(page: Page) -> None:
    pictures = page.locator(".day-picture > img:first-child")
    for number, shown in enumerate([True, False, False]):
        visible = "visible" if shown else "hidden"
        expect(pictures.nth(number)).to_have_css("visibility", visible)
    said = page.locator(".day-picture").nth(1)
    assert "cannot be read" in said.evaluate("e => getComputedStyle(e, '::after').content")


def test_the_plots_of_a_file_that_is_cut_off_say_so_within_their_width(page: Page) -> None:
    sentence = page.locator("#compare-plots-graph .annotation-text", has_text="cut off").first
    box, plot = sentence.bounding_box(), page.locator("#compare-plots-graph").bounding_box()
    assert box
    assert plot
    assert box["width"] < plot["width"] / 3
    assert box["x"] + box["width"] <= plot["x"] + plot["width"]
    assert "/" not in (sentence.text_content() or "")
