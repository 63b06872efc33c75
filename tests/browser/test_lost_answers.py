"""Answers of the server that are lost: asked for again, told in words, and recovered."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.lossy_proxy import ALWAYS, Proxy, lossy_proxy
from tests.support.waiting import wait_for, wait_ready

pytestmark = pytest.mark.fault
SMALL: ViewportSize = {"width": 1366, "height": 768}
LOSSES = ("reset", "close", "cut", 500, 502)
TIMELINE = r"panel-timeline\.data-state"
RANGE = "vbd.plotly.range(vbd.plotly.plot(document.getElementById('timeline-graph')))"
SHOWN = f"{RANGE}.every((t, i) => Math.abs(t - Object.values(vbd.time.window())[i]) < 1e-3)"
SILENT = "The server did not answer this. What is shown may be old."


@pytest.fixture
def proxy(dashboard_url: str) -> Iterator[Proxy]:
    with lossy_proxy(dashboard_url) as proxy:
        yield proxy


@pytest.fixture
def tab(browser: Browser, proxy: Proxy) -> Iterator[Page]:
    """A tab at 1366 x 768 behind the proxy."""
    context = browser.new_context(base_url=proxy.url, viewport=SMALL)
    yield context.new_page()
    context.close()


@pytest.fixture
def path(small_cache: VisualBehaviorOphysProjectCache) -> str:
    return f"/experiment/{min(small_cache.available('experiment'))}"


@pytest.fixture
def session(tab: Page, path: str) -> Page:
    tab.goto(path)
    wait_ready(tab)
    return tab


def state(page: Page, panel: str) -> str | None:
    return page.locator(f"#panel-{panel}").get_attribute("data-state")


def is_lost(page: Page, panel: str, sentence: str = SILENT) -> None:
    """The panel and the page say that an answer is lost."""
    expect(page.locator(f"#panel-{panel}")).to_have_attribute("data-state", "error")
    expect(page.locator(f"#message-{panel}")).to_have_text(sentence)
    expect(page.locator(f"#panel-{panel} .try-again")).to_be_visible()
    wait_for(page, "document.body.dataset.state === 'error'")


def boxes(page: Page) -> list[object]:
    return [panel.bounding_box() for panel in page.locator(".panel").all()]


@pytest.mark.parametrize("how", LOSSES)
def test_one_lost_answer_of_the_timeline_is_asked_for_again(
    session: Page, proxy: Proxy, how: str | int
) -> None:
    fault = proxy.plant(TIMELINE, how)
    state_at_once = "(vbd.time.pan(0.25), document.body.dataset.state)"
    assert session.evaluate(state_at_once) == "loading"
    wait_ready(session)
    assert fault.hits == 1
    assert session.evaluate(SHOWN)
    assert state(session, "timeline") == "ready"
    expect(session.locator("#message-timeline")).to_be_empty()


@pytest.mark.parametrize("how", LOSSES)
def test_an_answer_of_the_timeline_that_is_lost_twice_is_told_and_can_be_asked_for(
    session: Page, proxy: Proxy, how: str | int
) -> None:
    fault = proxy.plant(TIMELINE, how, ALWAYS)
    session.keyboard.press("ArrowRight")
    is_lost(session, "timeline")
    assert session.locator("#timeline-graph .js-plotly-plot").count()
    fault.times = 0
    session.locator("#panel-timeline .try-again").click()
    wait_ready(session)
    assert session.evaluate(SHOWN)
    expect(session.locator("#message-timeline")).to_be_empty()
    expect(session.locator("#panel-timeline .try-again")).to_be_hidden()


def test_try_again_is_reached_by_keyboard_and_a_new_window_asks_again_too(
    session: Page, proxy: Proxy
) -> None:
    fault = proxy.plant(TIMELINE, 500, ALWAYS)
    session.keyboard.press("ArrowRight")
    is_lost(session, "timeline")
    session.locator("#panel-timeline .info-button").focus()
    for _ in range(12):
        session.keyboard.press("Tab")
        if session.evaluate("document.activeElement.className").endswith("try-again"):
            break
    fault.times = 0
    session.keyboard.press("Enter")
    wait_ready(session)
    fault.times = ALWAYS
    session.keyboard.press("ArrowRight")
    is_lost(session, "timeline")
    fault.times = 0
    session.keyboard.press("ArrowRight")
    wait_ready(session)
    assert session.evaluate(SHOWN)


def test_a_selection_whose_answer_was_lost_is_in_the_answer_for_the_next_window(
    session: Page, proxy: Proxy
) -> None:
    fault = proxy.plant(TIMELINE, 500, ALWAYS)
    session.keyboard.press("j")
    is_lost(session, "timeline")
    (cell,) = session.evaluate("vbd.cells.selected()")
    fault.times = 0
    session.keyboard.press("ArrowRight")
    wait_ready(session)
    rows = session.evaluate(
        "vbd.plotly.plot(document.getElementById('timeline-graph')).layout.meta.rows"
    )
    assert any(row["cells"] == [cell] for row in rows)


def test_a_silent_server_is_given_up_after_the_limit(session: Page, proxy: Proxy) -> None:
    session.evaluate("vbd.connection.limits.answer = 400")
    fault = proxy.plant(TIMELINE, "silent", ALWAYS, seconds=3)
    session.keyboard.press("ArrowRight")
    is_lost(session, "timeline")
    fault.times = 0
    # At once: the timeline asks for what lies ahead by itself, and the button goes with its answer.
    session.evaluate("""() => { vbd.connection.limits.answer = 60000;
        document.querySelector('#panel-timeline .try-again').click(); }""")
    wait_ready(session)


def test_an_error_that_the_server_tells_ends_the_request_for_a_window(
    session: Page, proxy: Proxy
) -> None:
    told = (
        b'{"multi":true,"response":{"panel-timeline":{"data-state":"error"},'
        b'"message-timeline":{"children":"The file is damaged."}}}'
    )
    proxy.plant(TIMELINE, 200, body=told, type="application/json")
    session.keyboard.press("ArrowRight")
    expect(session.locator("#message-timeline")).to_have_text("The file is damaged.")
    session.keyboard.press("ArrowRight")
    wait_ready(session)
    assert session.evaluate(SHOWN)


@pytest.mark.parametrize("panel", ["performance", "eye", "stimuli", "cells", "details", "events"])
def test_a_panel_whose_answer_is_lost_twice_is_told_and_can_be_asked_for(
    session: Page, proxy: Proxy, panel: str
) -> None:
    fault = proxy.plant(rf"panel-{panel}\.data-state", "close", ALWAYS)
    session.get_by_role("tab", name=panel.capitalize(), exact=True).click()
    is_lost(session, panel)
    assert state(session, "timeline") == "ready"
    fault.times = 0
    session.locator(f"#panel-{panel} .try-again").click()
    wait_for(
        session,
        f"['ready', 'empty'].includes(document.getElementById('panel-{panel}').dataset.state)",
    )
    expect(session.locator(f"#panel-{panel} .try-again")).to_be_hidden()


@pytest.mark.parametrize("how", ["reset", 500])
@pytest.mark.parametrize("asked", ["/_dash-layout", "/_dash-dependencies", r"_pages_content\."])
def test_a_page_that_is_lost_is_told_in_its_frame_and_can_be_asked_for(
    tab: Page, proxy: Proxy, path: str, asked: str, how: str | int
) -> None:
    proxy.plant(asked, how)
    tab.goto(path)
    wait_ready(tab)
    fault = proxy.plant(asked, how, ALWAYS)
    tab.goto(path)
    problem = tab.locator("#panel-page-problem")
    expect(problem).to_contain_text("The server did not answer.")
    expect(tab.locator(".top-bar .brand:visible")).to_have_count(1)
    assert tab.evaluate("document.body.dataset.state") == "error"
    fault.times = 0
    problem.get_by_role("button", name="Try again").click()
    wait_ready(tab)
    expect(problem).to_have_count(0)


@pytest.mark.parametrize("asked", ["dash_renderer", "page.js", "page.css", "async-graph"])
def test_a_page_that_lacks_a_script_or_stylesheet_is_loaded_again(
    tab: Page, proxy: Proxy, path: str, asked: str
) -> None:
    fault = proxy.plant(rf"^\S*{asked}", 500)
    tab.goto(path)
    wait_ready(tab)
    wait_for(tab, "document.querySelector('#timeline-graph .js-plotly-plot')?.data.length")
    assert fault.hits == 1
    expect(tab.locator("#start-problem")).to_have_count(0)


def test_a_script_that_never_comes_is_told_with_a_button(
    tab: Page, proxy: Proxy, path: str
) -> None:
    proxy.plant("dash_renderer", 500, ALWAYS)
    tab.goto(path)
    expect(tab.locator("#start-problem")).to_contain_text("Is the server still there?")
    expect(tab.locator("#start-problem button")).to_have_text("Reload the page")
    assert proxy.asked("dash_renderer") < 10


def test_the_tables_of_explore_that_are_lost_are_told_and_can_be_asked_for(
    tab: Page, proxy: Proxy
) -> None:
    fault = proxy.plant("^/tables/", 500, ALWAYS)
    tab.goto("/")
    is_lost(tab, "table", "The table could not be loaded (500).")
    fault.times = 0
    tab.locator("#panel-table .try-again").click()
    wait_ready(tab)
    expect(tab.locator(".ag-row").first).to_be_visible()
    expect(tab.locator("#message-facets")).to_be_empty()


def test_the_matrix_of_checks_that_is_lost_is_told_and_can_be_asked_for(
    tab: Page, proxy: Proxy
) -> None:
    fault = proxy.plant("^/quality", "close", ALWAYS)
    tab.goto("/qc")
    is_lost(tab, "qc-all", "The checks could not be loaded.")
    fault.times = 0
    tab.locator("#panel-qc-all .try-again").click()
    wait_for(
        tab, "['ready', 'empty'].includes(document.getElementById('panel-qc-all').dataset.state)"
    )


def test_reviews_that_are_lost_are_told_and_can_be_asked_for(tab: Page, proxy: Proxy) -> None:
    fault = proxy.plant("^/annotations/reviews", 500, ALWAYS)
    tab.goto("/")
    expect(tab.locator("#connection")).to_contain_text("The reviews could not be loaded.")
    fault.times = 0
    tab.locator("#connection button").click()
    expect(tab.locator("#connection")).to_be_empty()


def test_a_picture_that_is_lost_is_told_and_can_be_asked_for(
    tab: Page, proxy: Proxy, path: str
) -> None:
    fault = proxy.plant(r"^/picture/\S*max_projection\.png", 500, ALWAYS)
    tab.goto(path)
    is_lost(tab, "field-of-view", "The server did not send the picture.")
    fault.times = 0
    tab.locator("#panel-field-of-view .try-again").click()
    wait_ready(tab)


def test_values_at_the_cursor_that_are_lost_are_marked_as_old(session: Page, proxy: Proxy) -> None:
    fault = proxy.plant("^/moment/", 500, ALWAYS)
    session.mouse.move(400, 400)
    expect(session.locator("#readout[data-old]")).to_be_visible()
    fault.times = 0
    session.mouse.move(420, 400)
    expect(session.locator("#readout[data-old]")).to_have_count(0)


def test_a_note_is_never_sent_twice(session: Page, proxy: Proxy) -> None:
    fault = proxy.plant(r"notes-saved\.data.*n_submit", 500, ALWAYS)
    session.keyboard.press("n")
    session.get_by_label("Your name").fill("Ada")
    session.get_by_label("Note", exact=True).fill("once")
    session.get_by_label("Note", exact=True).press("Control+Enter")
    expect(session.get_by_text("the note is not saved")).to_be_visible()
    session.wait_for_timeout(1000)  # longer than the pause before a second request
    assert fault.hits == 1
    expect(session.get_by_label("Note", exact=True)).to_have_value("once")


def test_work_beyond_half_a_second_is_told_without_moving_the_page(
    session: Page, proxy: Proxy
) -> None:
    line = session.locator("#panel-timeline > .panel-working")
    visible = (
        "getComputedStyle(document.querySelector('#panel-timeline > .panel-working')).visibility"
    )
    before = boxes(session)
    proxy.plant(TIMELINE, "slow", seconds=2.5)
    session.keyboard.press("ArrowRight")
    session.wait_for_selector("#panel-timeline[data-state=loading]")
    began = time.monotonic()
    assert session.evaluate(visible) == "hidden"
    wait_for(session, f"{visible} === 'visible'")
    assert time.monotonic() - began < 2
    expect(line).to_have_text("Still working …")
    assert boxes(session) == before
    wait_ready(session)
    expect(line).to_be_hidden()
