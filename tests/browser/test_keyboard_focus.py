"""Where the focus goes: past the bar, along tabs and choices, into dialogs and back again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.browser.shown_pages import paths
from tests.support.running import Server
from tests.support.waiting import wait_for, wait_ready

FOCUS = "document.activeElement"
IN_FIRST_TURN = 40
"""More stops than any dialog has."""


@pytest.fixture
def session(page: Page, small_cache: Cache) -> Page:
    """The page of an imaging plane."""
    page.goto(paths(small_cache)["experiment"])
    wait_ready(page)
    return page


def stops(page: Page, key: str, box: str) -> list[str]:
    """The elements that the key leads to until it is back where it began; all are in the box."""
    here = f"{FOCUS}.outerHTML"
    first = page.evaluate(here)
    passed = [first]
    for _ in range(IN_FIRST_TURN):
        page.keyboard.press(key)
        assert page.evaluate(f"{FOCUS}.closest('{box}') !== null"), page.evaluate(here)
        if page.evaluate(here) == first:
            return passed
        passed.append(page.evaluate(here))
    raise AssertionError(f"{box} has no end: {passed}")


@pytest.mark.parametrize("name", ["explore", "qc", "experiment", "mouse"])
def test_the_first_stop_leads_past_the_bar(page: Page, small_cache: Cache, name: str) -> None:
    page.goto(paths(small_cache)[name])
    wait_ready(page)
    address = page.url
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.url == address
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUS}.closest('main') !== null")
    expect(link).not_to_be_in_viewport()


def test_the_list_of_keys_keeps_the_focus_and_gives_it_back(session: Page) -> None:
    button = session.locator("#help-button")
    button.press("Enter")
    expect(session.locator("#help-close")).to_be_focused()
    assert len(stops(session, "Tab", "#help")) == len(stops(session, "Shift+Tab", "#help")) == 1
    session.keyboard.press("Escape")
    expect(session.locator("#help")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("from_", ["#notes-button", "[data-step='+trial']", None])
def test_the_notes_keep_the_focus_and_give_it_back(session: Page, from_: str | None) -> None:
    if from_:
        session.locator(from_).focus()
    session.keyboard.press("n")
    expect(session.locator("#notes-text")).to_be_focused()
    wait_ready(session)
    forward = stops(session, "Tab", "#notes-drawer")
    backward = stops(session, "Shift+Tab", "#notes-drawer")
    assert len(forward) > 4
    assert forward[1:] == backward[:0:-1]
    session.keyboard.press("Escape")
    expect(session.locator("#notes-drawer")).to_be_hidden()
    expect(session.locator(from_ or "#notes-button")).to_be_focused()


def test_the_downloads_keep_the_focus_and_give_it_back(page: Page, online_server: Server) -> None:
    page.goto(online_server.url)
    wait_ready(page)
    button = page.locator("#explore-fetch")
    button.press("Enter")
    expect(page.locator("#downloads-question button").first).to_be_visible()
    assert len(stops(page, "Tab", "#downloads")) > 1
    page.keyboard.press("Escape")
    expect(page.locator("#downloads")).to_be_hidden()
    expect(button).to_be_focused()


def test_tabs_are_opened_by_arrows_and_home_and_end(session: Page) -> None:
    window = session.evaluate("JSON.stringify(vbd.time.window())")
    tabs = session.locator(".nav-tabs [role=tab]")
    assert tabs.evaluate_all("all => all.filter(tab => tab.tabIndex === 0).length") == 1
    tabs.first.focus()
    for key, at in (("ArrowRight", 1), ("End", -1), ("ArrowRight", 0), ("ArrowLeft", -1)):
        session.keyboard.press(key)
        tab = tabs.nth(at)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
        pane = session.locator(f"#{tab.get_attribute('aria-controls')}")
        expect(pane.locator("section")).to_be_visible()
        wait_ready(session)
    assert session.evaluate("JSON.stringify(vbd.time.window())") == window


def test_a_row_of_choices_is_one_stop_and_walked_by_arrows(session: Page) -> None:
    window = session.evaluate("JSON.stringify(vbd.time.window())")
    choices = session.locator("#trials-view input")
    choices.first.focus()
    session.keyboard.press("ArrowRight")
    expect(choices.last).to_be_focused()
    expect(choices.last).to_be_checked()
    expect(session.locator("#panel-trials .ag-root")).to_be_visible()
    session.keyboard.press("Shift+Tab")
    assert session.evaluate(f"{FOCUS}.closest('#trials-view') === null")
    assert session.evaluate("JSON.stringify(vbd.time.window())") == window


def test_tables_of_explore_are_opened_by_arrows(page: Page) -> None:
    page.goto("/")
    wait_ready(page)
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab").nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab").nth(1)).to_be_focused()


@pytest.mark.parametrize("name", ["next change", "next trial", "next omission"])
def test_arrow_buttons_have_names_and_move_the_window(session: Page, name: str) -> None:
    brush = session.get_by_role("slider", name="Time window")
    before = brush.get_attribute("aria-valuetext")
    session.get_by_role("button", name=name).press("Enter")
    expect(brush).not_to_have_attribute("aria-valuetext", str(before))
    after = session.evaluate("vbd.time.window()")
    wait_for(session, f"document.getElementById('brush').ariaValueNow === '{after['start']:.1f}'")


@pytest.mark.parametrize("selector", ["#performance-metrics", "#details-keys"])
def test_what_scrolls_is_scrolled_by_keys(session: Page, selector: str) -> None:
    session.set_viewport_size({"width": 1024, "height": 640})
    session.get_by_role("tab", name=selector[1:].split("-")[0].title()).click()
    wait_ready(session)
    session.locator(selector).focus()
    session.keyboard.press("PageDown")
    wait_for(session, f"document.querySelector('{selector}').scrollTop > 0")
