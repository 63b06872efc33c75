"""Panels that fill the page, and the separator between the columns."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

FILLING = "document.querySelector('.maximised')?.id"
PLOT = "document.querySelector('#panel-{} .js-plotly-plot')"
PLOTTED = f"{PLOT}._fullLayout.width"
ROOM = f"{PLOT}.parentElement.clientWidth"
SPLIT = "document.querySelector('.left-column').getBoundingClientRect().width / innerWidth * 100"
TIME_GRAPHS = {"performance": "performance-graph", "navigator": "navigator-graph"}
HERE = ("navigator", "timeline", "field-of-view", "trials")
TABS = ("performance", "events", "eye", "replay", "stimuli", "cells", "details", "qc")
OTHER_PAGES = ("/", "/qc", "/notes")


@pytest.fixture
def path(small_experiment: Path) -> str:
    return f"/experiment/{small_experiment.stem.rpartition('_')[2]}"


@pytest.fixture
def shown(page: Page, path: str) -> Page:
    page.goto(path)
    wait_ready(page)
    return page


COVERS = """(box => box?.width === innerWidth && box.height > 0.9 * innerHeight)(
    document.querySelector('#panel-{}.maximised')?.getBoundingClientRect())"""


def expect_filling(page: Page, name: str) -> None:
    """A panel covers the page below the bar, and its figures have its size."""
    wait_for(page, COVERS.format(name))  # after Back the content of the page comes anew
    wait_ready(page)
    assert page.evaluate(COVERS.format(name))
    if page.locator(f"#panel-{name} .js-plotly-plot:visible").count():
        wait_for(page, f"Math.abs({PLOTTED.format(name)} - {ROOM.format(name)}) < 2")


def button(page: Page, name: str) -> Any:
    return page.locator(f"#panel-{name} .maximise-button")


@pytest.mark.parametrize("name", ["timeline", "field-of-view", "trials", "navigator"])
def test_the_button_lets_a_panel_fill_the_page_and_come_back(shown: Page, name: str) -> None:
    before = shown.locator(f"#panel-{name}").bounding_box()
    button(shown, name).click()
    expect_filling(shown, name)
    expect(shown).to_have_url(re.compile(f"max={name}"))
    expect(button(shown, name)).to_have_attribute("aria-pressed", "true")
    expect(shown.locator("#notice")).to_contain_text("fills the page")
    button(shown, name).click()
    expect(shown).not_to_have_url(re.compile("max="))
    expect(button(shown, name)).to_have_attribute("aria-pressed", "false")
    assert shown.locator(f"#panel-{name}").bounding_box() == before


def test_every_panel_fills_the_page_from_a_link_with_its_tab(page: Page, path: str) -> None:
    for name in (*HERE, *TABS):
        page.goto(f"{path}?max={name}")
        wait_ready(page)
        expect_filling(page, name)
        others = page.locator(f".panel:not(#panel-{name}) .panel-title:visible")
        expect(others).to_have_count(0)


def test_a_link_to_no_panel_shows_them_all(page: Page, path: str) -> None:
    page.goto(f"{path}?max=nothing&columns=300")
    wait_ready(page)
    assert page.evaluate(FILLING) is None
    expect(page.locator("#panel-timeline")).to_be_visible()


def test_the_key_is_meant_for_the_panel_under_the_pointer(shown: Page) -> None:
    shown.locator("#panel-trials .panel-body").hover()
    shown.keyboard.press("m")
    expect_filling(shown, "trials")
    shown.keyboard.press("m")
    wait_for(shown, f"!{FILLING}")
    shown.locator("#panel-timeline .panel-title").hover()
    shown.keyboard.press("m")
    expect_filling(shown, "timeline")


def test_by_keyboard_the_key_is_meant_for_the_panel_with_the_focus(shown: Page) -> None:
    shown.locator("#panel-field-of-view .info-button").focus()
    shown.keyboard.press("Tab")
    inside = shown.locator("#panel-field-of-view :focus")
    expect(inside).to_have_count(1)
    shown.keyboard.press("m")
    expect_filling(shown, "field-of-view")
    expect(inside).to_have_count(1)
    shown.keyboard.press("Escape")
    wait_for(shown, f"!{FILLING}")
    expect(inside).to_have_count(1)


def test_what_is_behind_has_no_focus_and_gets_it_back(shown: Page) -> None:
    shown.locator("#window-start").focus()
    shown.locator("#panel-timeline .panel-title").hover()
    shown.locator("#help-button").focus()
    shown.keyboard.press("m")
    expect_filling(shown, "timeline")
    expect(button(shown, "timeline")).to_be_focused()
    for _ in range(16):
        shown.keyboard.press("Tab")
        behind = shown.locator(".session-page :focus:not(.maximised *)")
        expect(behind).to_have_count(0)
    shown.keyboard.press("Escape")
    expect(shown.locator("#help-button")).to_be_focused()


def test_escape_first_closes_what_is_open(shown: Page) -> None:
    button(shown, "timeline").click()
    shown.keyboard.press("?")
    expect(shown.locator("#help")).to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.locator("#help")).to_be_hidden()
    assert shown.evaluate(FILLING) == "panel-timeline"
    shown.keyboard.press("n")
    expect(shown.locator("#notes-drawer")).to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.locator("#notes-drawer")).to_be_hidden()
    assert shown.evaluate(FILLING) == "panel-timeline"
    shown.keyboard.press("Escape")
    wait_for(shown, f"!{FILLING}")


def test_back_leaves_and_forward_fills_again(shown: Page) -> None:
    button(shown, "trials").click()
    expect_filling(shown, "trials")
    shown.go_back()
    wait_for(shown, f"!{FILLING}")
    expect(shown).not_to_have_url(re.compile("max="))
    shown.go_forward()
    expect_filling(shown, "trials")


@pytest.mark.parametrize("name", TIME_GRAPHS)
def test_what_is_drawn_over_a_figure_stays_aligned(page: Page, path: str, name: str) -> None:
    page.goto(f"{path}?t=60-90&tab=performance")
    wait_ready(page)
    button(page, name).click()
    expect_filling(page, name)
    over = "#brush" if name == "navigator" else ".window-band"
    wanted = f"[60, 90].map(t => vbd.axis.pixelOf({TIME_GRAPHS[name]!r}, t))".replace(
        repr(TIME_GRAPHS[name]), f"document.getElementById({TIME_GRAPHS[name]!r})"
    )
    drawn = f"(s => [parseFloat(s.left), parseFloat(s.left) + parseFloat(s.width)])(\
document.querySelector('{over}').style)"
    wait_for(page, f"{wanted}.every((x, i) => Math.abs(x - {drawn}[i]) < 2)")


def test_the_timeline_is_drawn_anew_in_its_new_width(shown: Page) -> None:
    frame = "vbd.axis.frame(document.getElementById('timeline-graph'))"
    before = shown.evaluate(f"{frame}.width")
    button(shown, "timeline").click()
    expect_filling(shown, "timeline")
    assert shown.evaluate(f"{frame}.width") > 1.4 * before
    image = f"{PLOT.format('timeline')}.layout.images[0].source.length"
    assert shown.evaluate(image) > 0


def test_panels_of_other_pages_fill_them_too_and_stand_in_their_links(page: Page) -> None:
    for path_ in OTHER_PAGES:
        page.goto(path_)
        wait_ready(page)
        first = page.locator(".panel .maximise-button:visible").first
        first.click()
        box = page.locator(".panel.maximised").bounding_box()
        assert box
        assert box["width"] == page.evaluate("innerWidth")
        expect(page).to_have_url(re.compile(rf"[?]max={page.evaluate(FILLING)[6:]}$"))
        page.keyboard.press("Escape")
        wait_for(page, f"!{FILLING}")
        expect(first).to_be_focused()
        expect(page).not_to_have_url(re.compile("max="))


def test_a_key_link_back_and_forward_fill_every_page(
    page: Page, small_cache: VisualBehaviorOphysProjectCache, small_experiment: Path
) -> None:
    for link, name in _links(small_cache, small_experiment):
        page.goto(f"{link}?max={name}")
        wait_for(page, f"{FILLING} === 'panel-{name}'")
        wait_ready(page)
        expect(page).to_have_url(re.compile(rf"[?]max={name}$"))
        page.keyboard.press("m")
        wait_for(page, f"!{FILLING}")
        page.go_back()
        wait_for(page, f"{FILLING} === 'panel-{name}'")
        expect(page).to_have_url(re.compile(rf"[?]max={name}$"))
        wait_ready(page)
        assert page.evaluate(FILLING) == f"panel-{name}"
        page.go_forward()
        wait_for(page, f"!{FILLING}")


def _links(cache: VisualBehaviorOphysProjectCache, file: Path) -> list[tuple[str, str]]:
    """Pages other than a session's, and a panel of each."""
    id_ = int(file.stem.rpartition("_")[2])
    row = cache.get_ophys_experiment_table().loc[id_]
    cells = cache.get_ophys_cells_table()
    cell = cells["cell_specimen_id"][cells["ophys_experiment_id"] == id_].dropna().iloc[0]
    return [
        ("/", "facets"),
        ("/qc", "qc-all"),
        (f"/mouse/{row['mouse_id']}", "mouse-history"),
        (f"/container/{row['ophys_container_id']}", "container-days"),
        (f"/cell/{int(cell)}", "cell-crops"),
    ]


def drag_separator(page: Page, by: float) -> None:
    box = page.locator(".column-separator").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 100
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y)
    page.mouse.move(x + by, y)
    page.mouse.up()


def test_the_separator_is_dragged_and_a_double_click_resets_it(shown: Page) -> None:
    usual = shown.evaluate(SPLIT)
    drag_separator(shown, -200)
    now = shown.locator(".column-separator").get_attribute("aria-valuenow")
    assert shown.evaluate(SPLIT) == pytest.approx(usual - 200 / 1440 * 100, abs=1)
    expect(shown).to_have_url(re.compile(f"columns={now}"))
    wait_ready(shown)
    wait_for(shown, f"Math.abs({PLOTTED.format('timeline')} - {ROOM.format('timeline')}) < 2")
    shown.locator(".column-separator").dblclick()
    expect(shown).not_to_have_url(re.compile("columns="))
    assert shown.evaluate(SPLIT) == pytest.approx(usual)


def test_arrow_keys_move_the_separator_and_not_the_window(shown: Page) -> None:
    separator = shown.locator(".column-separator")
    separator.focus()
    window = shown.evaluate("vbd.time.window()")
    for key, width in (
        ("ArrowLeft", 60),
        ("Shift+ArrowRight", 70),
        ("Home", 25),
        ("ArrowLeft", 25),
        ("End", 80),
        ("Enter", 62),
    ):
        shown.keyboard.press(key)
        expect(separator).to_have_attribute("aria-valuenow", str(width))
        assert shown.evaluate(SPLIT) == pytest.approx(width, abs=1.5)
    assert shown.evaluate("vbd.time.window()") == window


def test_a_width_is_remembered_and_a_link_goes_before_it(page: Page, path: str) -> None:
    page.goto(f"{path}?columns=40")
    wait_ready(page)
    assert page.evaluate(SPLIT) == pytest.approx(40, abs=1)
    page.locator(".column-separator").focus()
    page.keyboard.press("ArrowLeft")
    page.goto(path)
    wait_ready(page)
    assert page.evaluate(SPLIT) == pytest.approx(38, abs=1)
    expect(page).to_have_url(re.compile("columns=38"))
    page.goto(f"{path}?columns=70")
    wait_ready(page)
    assert page.evaluate(SPLIT) == pytest.approx(70, abs=1)


def test_on_a_phone_there_is_one_column_and_no_separator(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{path}?columns=40")
    wait_ready(page)
    expect(page.locator(".column-separator")).to_be_hidden()
    left, right = (page.locator(f".{s}-column").bounding_box() for s in ("left", "right"))
    assert left is not None
    assert right is not None
    assert right["y"] >= left["y"] + left["height"]
    assert left["width"] == right["width"] > 350
    button(page, "timeline").click()
    expect_filling(page, "timeline")


def test_escape_leaves_from_a_select_too(shown: Page) -> None:
    button(shown, "timeline").click()
    expect_filling(shown, "timeline")
    shown.locator("#panel-timeline select").first.focus()
    shown.keyboard.press("Escape")
    wait_for(shown, f"!{FILLING}")
