"""The menu of every panel: pictures, numbers, link and code, by mouse and by keyboard."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.waiting import wait_for, wait_ready

TABS = ("trials", "performance", "events", "eye", "stimuli", "cells", "details", "qc")
HERE = ("navigator", "timeline", "field-of-view")
FIGURES = {*HERE, "trials", "performance", "events", "eye"}
HEARD = {"timeline", "trials", "performance", "events"}
WITHOUT_CODE = {"qc"}
PNG = b"\x89PNG\r\n\x1a\n"
TITLE = {"PNG": "png", "SVG": "svg", "Numbers as CSV": "csv", "Numbers as Parquet": "parquet"}
SINGLE = ["Single events as CSV", "Single events as Parquet"]
SPAN = "t=60-70"


@pytest.fixture
def path(small_experiment: Path) -> str:
    return f"/experiment/{small_experiment.stem.rpartition('_')[2]}"


@pytest.fixture
def shown(page: Page, path: str) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{path}?{SPAN}")
    wait_ready(page)
    return page


def opener(page: Page, name: str) -> Locator:
    return page.locator(f"#panel-{name} .panel-menu-button")


def offered(page: Page, name: str) -> list[str]:
    """Opens the menu of a panel and says what it offers."""
    opener(page, name).click()
    return page.get_by_role("menuitem").all_inner_texts()


def take(page: Page, item: str) -> tuple[str, bytes]:
    """The name and content of the file that an entry of the open menu saves."""
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name=item, exact=True).click()
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


def assert_is(item: str, content: bytes) -> None:
    """A file is of its type and has something in it."""
    if item == "PNG":
        assert content.startswith(PNG)
        assert min(struct.unpack(">II", content[16:24])) > 40
    elif item == "SVG":
        root = ElementTree.fromstring(content)
        assert root.tag.endswith("svg")
        assert len(list(root.iter())) > 20
    elif item == "Numbers as CSV":
        assert content.startswith(b"# ")
        assert len(csv(content))
    else:
        assert pq.read_table(io.BytesIO(content)).num_rows


def csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), comment="#", low_memory=False)


@pytest.mark.parametrize("tab", TABS)
def test_every_entry_of_the_menu_of_every_panel_works(page: Page, path: str, tab: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{path}?{SPAN}&tab={tab}")
    wait_ready(page)
    for name in (tab, *(HERE if tab == TABS[0] else ())):
        items = offered(page, name)
        page.keyboard.press("Escape")
        wanted = [
            *(["PNG", "SVG"] if name in FIGURES else []),
            "Numbers as table",
            *(["Listen"] if name in HEARD else []),
            *list(TITLE)[2:],
            *(SINGLE if name == "events" else []),
            "Copy link",
        ]
        assert items == [*wanted, *([] if name in WITHOUT_CODE else ["Code …"])]
        for item, ending in TITLE.items():
            if item in items:
                opener(page, name).click()
                file, content = take(page, item)
                assert re.fullmatch(rf"experiment_\d+_{name}_60\.0-70\.0s\.{ending}", file)
                assert_is(item, content)
        for item in {"Numbers as table", "Listen"} & set(items):
            opener(page, name).click()
            page.get_by_role("menuitem", name=item).click()
            expect(page.locator("#numbers-table td, #listen .listen-told").first).not_to_be_empty()
            page.keyboard.press("Escape")
            expect(page.locator("#numbers-table, #listen")).to_have_count(0)
        assert_links_and_code(page, name, items)


def assert_links_and_code(page: Page, name: str, items: list[str]) -> None:
    opener(page, name).click()
    page.get_by_role("menuitem", name="Copy link").click()
    wait_for(page, "navigator.clipboard.readText().then(text => text.includes('max='))")
    assert f"max={name}" in page.evaluate("navigator.clipboard.readText()")
    if "Code …" not in items:
        return
    opener(page, name).click()
    page.get_by_role("menuitem", name="Code …").click()
    dialog = page.locator("#code")
    expect(dialog.get_by_role("heading", name="data_layer")).to_be_visible()
    for library, words in {"data_layer": "from data_layer", "AllenSDK": "from allensdk"}.items():
        dialog.get_by_role("button", name=f"Copy the code for {library}").click()
        wait_for(page, f"navigator.clipboard.readText().then(text => text.includes('{words}'))")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_single_events_are_saved_with_their_times_by_mouse_and_keyboard(
    page: Page, path: str
) -> None:
    page.goto(f"{path}?{SPAN}&tab=events&event=omission")
    wait_ready(page)
    opener(page, "events").click()
    file, content = take(page, SINGLE[0])
    assert re.fullmatch(r"experiment_\d+_single-events_60\.0-70\.0s\.csv", file)
    table = csv(content)
    opener(page, "events").click()
    drawn = csv(take(page, "Numbers as CSV")[1])
    drawn = drawn[drawn["shows"] == "event"]
    assert set(table["event_time"]) == set(drawn["event_time"])
    assert table["event"].nunique() == drawn["event_time"].nunique() > 1
    assert set(table) == {"event", "event_time", "group", "cell", "offset", "value"}
    opener(page, "events").press("Enter")
    items = page.get_by_role("menuitem")
    names = items.all_inner_texts()
    for _ in range(names.index(SINGLE[1])):
        page.keyboard.press("ArrowDown")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    again = pq.read_table(saved.value.path()).to_pandas()
    np.testing.assert_allclose(again["value"], table["value"], rtol=1e-5, atol=1e-6)


def test_the_menu_is_walked_and_chosen_from_by_keyboard(shown: Page) -> None:
    button = opener(shown, "timeline")
    button.focus()
    window = shown.evaluate("vbd.time.window()")
    shown.keyboard.press("ArrowDown")
    items = shown.get_by_role("menuitem")
    expect(items.nth(0)).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    for key, at in (("ArrowDown", 1), ("End", -1), ("ArrowDown", 0), ("ArrowUp", -1), ("Home", 0)):
        shown.keyboard.press(key)
        expect(items.nth(at)).to_be_focused()
    shown.keyboard.press("Escape")
    expect(items).to_have_count(0)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert shown.evaluate("vbd.time.window()") == window
    shown.keyboard.press("Enter")
    shown.keyboard.press("ArrowDown")
    with shown.expect_download() as saved:
        shown.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".svg")
    expect(button).to_be_focused()


def test_escape_closes_the_menu_before_the_panel_that_fills_the_page(shown: Page) -> None:
    shown.locator("#panel-timeline .maximise-button").click()
    opener(shown, "timeline").click()
    expect(shown.get_by_role("menu")).to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.get_by_role("menu")).to_have_count(0)
    expect(shown.locator("#panel-timeline")).to_have_class(re.compile("maximised"))


def test_a_click_elsewhere_and_a_second_one_close_the_menu(shown: Page) -> None:
    opener(shown, "timeline").click()
    shown.locator(".session-header h1").click()
    expect(shown.get_by_role("menu")).to_have_count(0)
    opener(shown, "timeline").click()
    opener(shown, "timeline").click()
    expect(shown.get_by_role("menu")).to_have_count(0)


def test_the_picture_is_twice_the_figure_and_shows_it(shown: Page) -> None:
    opener(shown, "timeline").click()
    _, content = take(shown, "PNG")
    box = shown.locator("#panel-timeline .js-plotly-plot").bounding_box()
    assert box
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (2 * round(box["width"]), 2 * round(box["height"]))
    opener(shown, "timeline").click()
    _, svg = take(shown, "SVG")
    for words in (b"running speed", b"time in session", b"data:image/png;base64"):
        assert words in svg


def test_the_numbers_are_those_of_the_figure(shown: Page) -> None:
    opener(shown, "timeline").click()
    _, content = take(shown, "Numbers as CSV")
    frame = csv(content)
    drawn = shown.evaluate(
        """() => {
            const { data } = vbd.plotly.plot(document.getElementById('timeline-graph'));
            const { x, y } = data.find(({ name }) => name === 'running_speed');
            const read = (a) => a.bdata ? [...new (a.dtype === 'f4' ? Float32Array : Float64Array)(
                Uint8Array.from(atob(a.bdata), (c) => c.charCodeAt(0)).buffer)] : [...a];
            return [read(x), read(y)];
        }"""
    )
    rows = frame[frame["row"] == "running_speed"]
    times, values = map(np.array, drawn)  # those of the windows beside this one too
    here = (times > rows["time"].min() - 1e-3) & (times < rows["time"].max() + 1e-3)
    assert len(rows) == here.sum() > 100
    assert rows["time"].to_numpy() == pytest.approx(times[here], abs=1e-3)
    assert rows["value"].to_numpy() == pytest.approx(values[here], abs=1e-4)


def test_the_numbers_of_a_table_are_its_rows_in_their_order(page: Page, path: str) -> None:
    page.goto(f"{path}?tab=cells")
    wait_ready(page)
    heading = page.locator("#cells-table [col-id=cell_specimen_id] .ag-header-cell-text")
    heading.click()
    heading.click()  # the largest first
    opener(page, "cells").click()
    _, content = take(page, "Numbers as Parquet")
    table = pq.read_table(io.BytesIO(content))
    ids = [id_ for id_ in table["cell_specimen_id"].to_pylist() if id_ is not None]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) > 3
    assert table.schema.field("mask_area").metadata[b"unit"] == "px²".encode()


def test_panels_of_other_pages_offer_what_they_show(page: Page, path: str) -> None:
    page.goto(f"/compare?ids={path.rpartition('/')[2]}&show=change,numbers,projection")
    wait_ready(page)
    for name, item in (("compare-plots", "SVG"), ("compare-plots", "Numbers as CSV")):
        opener(page, name).click()
        assert_is(item, take(page, item)[1])
    opener(page, "compare-numbers").click()
    _, content = take(page, "Numbers as Parquet")
    assert pq.read_table(io.BytesIO(content)).num_rows > 3


def test_a_lost_answer_is_told(shown: Page, complaints: list[str]) -> None:
    shown.route("**/numbers/**", lambda route: route.fulfill(status=404, body="Nothing there."))
    opener(shown, "timeline").click()
    shown.get_by_role("menuitem", name="Numbers as CSV").click()
    expect(shown.locator("#notice")).to_contain_text("Nothing there.")
    complaints.clear()


def test_no_graph_has_a_button_that_sends_data_away(page: Page, path: str) -> None:
    for address in (f"{path}?tab=performance", f"/compare?ids={path.rpartition('/')[2]}"):
        page.goto(address)
        wait_ready(page)
        sends = page.evaluate(
            "[...document.querySelectorAll('.js-plotly-plot')].map(p => p._context.showSendToCloud)"
        )
        assert sends
        assert not any(sends)
        expect(page.locator("[data-title*='Chart Studio'], [data-title*='cloud']")).to_have_count(0)
