"""Themes and sizes of text: chosen, remembered, in the link, as the system has it, and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from dashboard import theme
from dashboard.theme.palettes import THEMES
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.browser.shown_pages import paths
from tests.support.axe import grave, violations
from tests.support.color import contrast
from tests.support.complaints import listen_for_complaints
from tests.support.waiting import wait_for, wait_ready

HTML, BUTTON, MENU = "html", "#theme-button", "[role=menu]"
AA = 4.5
FILLS = "all => [...new Set(all.map(text => getComputedStyle(text).fill))]"
SEEN = """document.addEventListener('DOMContentLoaded', () => {
    window.first = {...document.documentElement.dataset};
})"""
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
LINE = "element => parseFloat(getComputedStyle(element).strokeWidth)"
PARTS = {"page": ".session-page", "figure": "#panel-timeline .js-plotly-plot"}


@pytest.fixture(scope="module")
def path(small_cache: Cache) -> str:
    """The path of an experiment."""
    return paths(small_cache)["experiment"]


@pytest.fixture
def dark_system(browser: Browser, dashboard_url: str, complaints: list[str]) -> Iterator[Page]:
    """A page in a browser whose system is set to dark and to little motion."""
    how = {"color_scheme": "dark", "reduced_motion": "reduce", "base_url": dashboard_url}
    with browser.new_context(**how) as context:
        page = context.new_page()
        listen_for_complaints(page, complaints)
        yield page
    assert not complaints


def opened(page: Page, address: str) -> Page:
    """The page at an address, drawn."""
    page.goto(address)
    wait_ready(page)
    return page


def is_in(page: Page, name: str) -> None:
    """Wait until page and figure have the ground of a theme, on the screen."""
    expect(page.locator(HTML)).to_have_attribute("data-theme", name)
    wanted = THEMES[name].page
    grounds = {"page": wanted["canvas"], "figure": wanted["paper"]}
    assert {part: pixel(page, where) for part, where in PARTS.items()} == grounds


def pixel(page: Page, where: str) -> str:
    """The colour at the upper left corner of an element."""
    box = page.locator(where).first.bounding_box()
    assert box
    clip = {"x": box["x"] + 2, "y": box["y"] + 2, "width": 1, "height": 1}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    return "#" + "".join(f"{part:02x}" for part in picture.getpixel((0, 0)))


def item(page: Page, words: str) -> None:
    """Choose an item of the menu by the mouse."""
    page.locator(BUTTON).click()
    page.locator(MENU).get_by_role("menuitemradio", name=words, exact=True).click()
    expect(page.locator(MENU)).to_have_count(0)


def test_a_choice_holds_by_mouse_and_keyboard_after_a_reload_and_in_the_link(
    page: Page, path: str
) -> None:
    opened(page, path)
    is_in(page, "light")
    item(page, "Dark")
    is_in(page, "dark")
    assert "theme=dark" in page.url
    page.locator(BUTTON).press("Enter")
    expect(page.get_by_role("menuitemradio", name="Dark", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    is_in(page, "projector")
    expect(page.locator(BUTTON)).to_be_focused()
    opened(page, path)  # without it in the link
    is_in(page, "projector")
    item(page, "As the system")
    is_in(page, "light")
    assert "theme" not in page.url


def test_a_link_tells_theme_and_text_size_and_every_view_keeps_them(page: Page, path: str) -> None:
    page.add_init_script(SEEN)
    opened(page, f"{path}?theme=dark&text=115")
    assert page.evaluate("[window.first.theme, window.first.text]") == ["dark", "115"]
    is_in(page, "dark")
    page.keyboard.press("a")  # the whole session
    wait_for(page, "location.search.includes('t=')")
    wait_ready(page)
    is_in(page, "dark")  # what has come since, too
    page.get_by_role("link", name="Explore").first.click()
    wait_for(page, "document.querySelector('.explore') !== null")
    assert "theme=dark" in page.url
    assert "text=115" in page.url
    wait_ready(page)
    expect(page.locator("#explore-chips .chip")).to_have_count(0)  # they are no filters
    opened(page, f"{path}?theme=neon")
    is_in(page, "light")  # the link was not a choice to remember


def test_the_system_is_followed_and_little_motion_too(dark_system: Page, path: str) -> None:
    is_in(opened(dark_system, path), "dark")
    dark_system.emulate_media(color_scheme="light")
    is_in(dark_system, "light")
    duration = "getComputedStyle(document.querySelector('#notice')).transitionDuration"
    assert dark_system.evaluate(duration) == "0.001s"
    dark_system.emulate_media(reduced_motion="no-preference")
    assert dark_system.evaluate(duration) == "0.15s"


def test_text_and_lines_grow_on_the_page_and_in_figures(page: Page, path: str) -> None:
    opened(page, path)
    words = page.locator("#panel-timeline .panel-title")
    ticks = page.locator("#panel-timeline .xtick text").first
    stroke = page.locator("#panel-timeline .js-line").first
    title, tick, line = words.evaluate(SIZE), ticks.evaluate(SIZE), stroke.evaluate(LINE)
    item(page, "130 %")
    wait_for(page, "document.documentElement.dataset.text === '130'")
    assert words.evaluate(SIZE) == pytest.approx(1.3 * title)
    assert ticks.evaluate(SIZE) == pytest.approx(1.3 * tick)
    item(page, "100 %")
    item(page, "Projector (dark room)")
    assert ticks.evaluate(SIZE) == pytest.approx(THEMES["projector"].text * tick)
    assert stroke.evaluate(LINE) == pytest.approx(line + THEMES["projector"].lines)
    item(page, "Light")
    assert (ticks.evaluate(SIZE), stroke.evaluate(LINE)) == pytest.approx((tick, line))


def test_on_paper_a_page_is_light_and_without_controls(page: Page, path: str) -> None:
    opened(page, f"{path}?theme=projector")
    controls = page.locator("#page :is(button, select, .window-bar input, [role=tab]):visible")
    assert controls.count() > 9
    page.emulate_media(media="print")
    expect(page.locator(HTML)).to_have_attribute("data-theme", "light")
    assert pixel(page, PARTS["page"]) == pixel(page, PARTS["figure"]) == theme.PAPER
    expect(controls).to_have_count(0)
    page.emulate_media(media="screen")
    is_in(page, "projector")


def test_a_picture_is_what_is_seen(page: Page, path: str) -> None:
    opened(page, f"{path}?theme=dark")
    page.locator("#panel-timeline .panel-menu-button").click()
    with page.expect_download() as coming:
        page.locator(MENU).get_by_text("SVG").click()
    drawn = Path(coming.value.path()).read_text()
    assert THEMES["dark"].page["paper"] in colors(drawn)
    assert theme.PAPER not in colors(drawn)


def colors(text: str) -> set[str]:
    """The colours ``rgb(…)`` in a text, as ``#rrggbb``."""
    found = re.findall(r"rgb\((\d+), (\d+), (\d+)\)", text)
    return {"#" + "".join(f"{int(part):02x}" for part in one) for one in found}


@pytest.mark.parametrize("name", ["dark", "projector"])
def test_everything_can_be_read(page: Page, small_cache: Cache, name: str) -> None:
    for of in ("explore", "experiment", "qc"):
        opened(page, f"{paths(small_cache)[of]}?theme={name}")
        page.locator(BUTTON).click()
        found = grave(violations(page))
        assert not found, "\n".join(map(str, found))
        if of == "experiment":
            texts = page.locator(":is(#panel-timeline, #panel-navigator) svg text")
            fills = colors(" ".join(texts.evaluate_all(FILLS)))
            assert len(fills) >= 3
            paper = THEMES[name].page["paper"]
            assert not [fill for fill in fills if contrast(fill, paper) < AA]
