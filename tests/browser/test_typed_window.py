"""The fields of the window bar: a start and a length are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_session import settled, window
from tests.support.waiting import wait_ready


@pytest.fixture
def session_page(page: Page, small_experiment: Path) -> Page:
    page.goto(f"/experiment/{small_experiment.stem.rpartition('_')[2]}")
    wait_ready(page)
    return page


def test_a_typed_window_is_shown(session_page: Page) -> None:
    before = window(session_page)
    session_page.locator("#window-start").fill("120")
    session_page.keyboard.press("Enter")
    typed = settled(session_page, before)
    assert typed == pytest.approx((120, 180))
    session_page.locator("#window-length").fill("12.5")
    session_page.keyboard.press("Enter")
    assert settled(session_page, typed) == pytest.approx((120, 132.5))


def test_a_typed_start_is_kept_where_the_window_is_longer_than_what_is_left(
    session_page: Page,
) -> None:
    before = window(session_page)
    session_page.get_by_role("button", name="all", exact=True).click()
    first, last = settled(session_page, before)
    session_page.locator("#window-start").fill(f"{last - 20:.1f}")
    session_page.keyboard.press("Enter")
    assert settled(session_page, (first, last)) == pytest.approx((last - 20, last), abs=0.06)
    expect(session_page.locator("#window-length")).to_have_value("20.0")
    session_page.locator("#window-start").fill(f"{last + 1:.1f}")
    session_page.keyboard.press("Enter")
    expect(session_page.locator("#notice")).to_have_text(f"The session ends at {last:.1f} s.")
    expect(session_page.locator("#window-start")).to_have_value(f"{last - 20:.1f}")
