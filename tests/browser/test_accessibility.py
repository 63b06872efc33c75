"""axe-core finds nothing grave on any page, tab, view, menu, dialog or drawer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import dash
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dashboard.app import create_app
from dashboard.http.access.login_page import login_page
from dashboard.pages.session.panels import TABS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.settings import Settings
from tests.browser.shown_pages import PAGES, paths, tabs, views
from tests.support.axe import Violation, grave, violations
from tests.support.complaints import listen_for_complaints
from tests.support.running import Server
from tests.support.waiting import wait_for, wait_ready

REST: dict[tuple[str, str], str] = {}
"""Rule and place of each violation that is not grave, with the reason why it stays."""
STILL = "document.getAnimations().every(({playState}) => playState !== 'running')"
UNNAMED = """[...document.querySelectorAll('.js-plotly-plot')].filter(figure =>
    figure.role !== 'img' || !figure.ariaLabel).map(figure => figure.parentElement.id)"""
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
MENUS = ".option-menu > button:visible, .columns-menu > summary:visible"


@pytest.fixture(scope="module")
def known(small_cache: Cache) -> dict[str, str]:
    """The path of one page of each kind."""
    return paths(small_cache)


@pytest.fixture
def seen(page: Page) -> Page:
    """A page of a small laptop, where more is scrolled."""
    page.set_viewport_size(LAPTOP)
    return page


def found(page: Page, within: str | None = None) -> list[Violation]:
    """What axe finds once nothing moves; fails where it is grave, or in no list."""
    wait_for(page, STILL)
    all_ = violations(page, within)
    assert not grave(all_), "\n".join(map(str, grave(all_)))
    assert not [one for one in all_ if not reason(one)], "\n".join(map(str, all_))
    return all_


def reason(violation: Violation) -> str | None:
    """Why a violation stays, of those in ``REST``."""
    for (rule, place), why in REST.items():
        if rule == violation.rule and place in violation.html:
            return why
    return None


def test_every_page_of_the_app_is_among_those_looked_at(small_cache: Cache, tmp_path: Path) -> None:
    create_app(small_cache, Settings(work_dir=tmp_path, prepare=0))
    assert set(dash.page_registry) == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_grave_on_a_page_and_its_headings_in_order(
    seen: Page, known: dict[str, str], name: str
) -> None:
    for address in PAGES[name]:
        seen.goto(known.get(address, address))
        wait_ready(seen)
        found(seen)
        expect(seen.locator("h1")).to_have_count(1)
        expect(seen.locator("main")).to_have_count(1)
        expect(seen.locator("html")).to_have_attribute("lang", "en")
        wait_for(seen, f"({UNNAMED}).length === 0")  # named once they are drawn
        levels = seen.locator("h1, h2, h3, h4").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["experiment", "several planes", "behavior"])
def test_nothing_grave_on_any_tab_and_in_its_views(
    seen: Page, known: dict[str, str], name: str
) -> None:
    seen.goto(known[name])
    wait_ready(seen)
    wanted = [tab.label for tab in TABS.values() if name != "behavior" or not tab.needs_planes]
    assert seen.get_by_role("tab").all_inner_texts() == wanted
    for box in tabs(seen):
        found(seen, ".tabs-box")
        for _ in views(seen, box) if name == "experiment" else ():
            found(seen, ".tabs-box")


@pytest.mark.parametrize("name", ["experiment", "explore", "qc", "container"])
def test_nothing_grave_in_menus_and_explanations_which_esc_closes(
    seen: Page, known: dict[str, str], name: str
) -> None:
    seen.goto(known[name])
    wait_ready(seen)
    for button in seen.locator(MENUS).all():
        button.press("Enter")
        found(seen)
        seen.keyboard.press("Escape")
        expect(seen.locator(".dropdown-menu.show, .columns-menu[open]")).to_have_count(0)
        expect(button).to_be_focused()
    rest = set()
    for button in seen.locator(".info-button:visible").all():
        button.press("Enter")
        expect(seen.locator(".popover")).to_be_visible()
        rest |= {reason(one) for one in found(seen)}
        seen.keyboard.press("Escape")
        expect(seen.locator(".popover")).to_have_count(0)
        expect(button).to_be_focused()
    print(*REST.items(), sep="\n")
    assert rest == set(REST.values())


def test_nothing_grave_in_the_filter_of_a_table(seen: Page, known: dict[str, str]) -> None:
    seen.goto(known["experiment"])
    wait_ready(seen)
    seen.locator("#trials-view label", has_text="table").click()
    heading = seen.locator("#panel-trials .ag-header-cell").nth(1)
    heading.hover()
    heading.locator(".ag-header-cell-filter-button").click()
    expect(seen.locator(".ag-filter")).to_be_visible()
    found(seen)


@pytest.mark.parametrize("opens", ["#help-button", "#notes-button"])
def test_nothing_grave_in_dialogs_and_the_drawer(
    seen: Page, known: dict[str, str], opens: str
) -> None:
    seen.goto(known["experiment"])
    wait_ready(seen)
    seen.locator(opens).click()
    expect(seen.locator("dialog[open], [role=dialog].open")).to_be_visible()
    wait_ready(seen)
    found(seen)


@pytest.fixture
def online(browser: Browser, online_server: Server, complaints: list[str]) -> Iterator[Page]:
    """A page of a dashboard that offers downloads."""
    with browser.new_context(base_url=online_server.url.rstrip("/"), viewport=LAPTOP) as context:
        page = context.new_page()
        listen_for_complaints(page, complaints)
        yield page


def test_nothing_grave_in_the_downloads(online: Page) -> None:
    online.goto("/")
    wait_ready(online)
    online.locator("#explore-fetch").click()
    expect(online.locator("#downloads-question button").first).to_be_visible()
    found(online)


def test_nothing_grave_on_the_page_that_asks_for_the_password(page: Page) -> None:
    page.set_content(login_page("That is not the password.").get_data(as_text=True))
    found(page)
