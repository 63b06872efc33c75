"""The login in the browser, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.http.access.passwords import write_password
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.complaints import listen_for_complaints
from tests.support.running import vbdash
from tests.support.waiting import wait_ready

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def guarded_url(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a dashboard that asks for ``PASSWORD``."""
    path = tmp_path_factory.mktemp("password") / "password"
    write_password(path, PASSWORD)
    with vbdash("serve", "--cache-dir", small_release, "--password-file", path) as server:
        url = server.url.rstrip("/")
        assert f"is asked for the password in {path}" in server.printed.splitlines()[0]
        yield url


@pytest.fixture
def guarded(browser: Browser, guarded_url: str, complaints: list[str]) -> Iterator[Page]:
    """A page of a visitor who has not logged in."""
    with browser.new_context(base_url=guarded_url) as context:
        page = context.new_page()
        listen_for_complaints(page, complaints)
        yield page
        assert [one for one in complaints if "401" not in one] == []  # the login itself is 401


@pytest.fixture
def link(small_cache: VisualBehaviorOphysProjectCache) -> str:
    """A link to a moment of an experiment."""
    return f"/experiment/{min(small_cache.available('experiment'))}?t=60-70"


def log_in(page: Page, password: str = PASSWORD) -> None:
    expect(page.get_by_label("Password")).to_be_focused()  # what is typed earlier is lost
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.mark.fault
def test_a_wrong_password_is_told_and_the_right_one_leads_to_the_link(
    guarded: Page, link: str, complaints: list[str]
) -> None:
    guarded.goto(link)
    log_in(guarded, "wrong")
    expect(guarded.get_by_role("alert")).to_have_text("This is not the password.")
    assert [complaint for complaint in complaints if "401" not in complaint] == []
    complaints.clear()
    log_in(guarded)
    wait_ready(guarded)
    assert guarded.evaluate("location.pathname + location.search").startswith(link)


def test_the_logout_leads_to_the_login_and_what_was_shown_is_asked_for_anew(
    guarded: Page, link: str, complaints: list[str]
) -> None:
    guarded.goto("/notes")
    log_in(guarded)
    wait_ready(guarded)
    guarded.get_by_role("button", name="Log out").focus()
    guarded.keyboard.press("Enter")
    expect(guarded.get_by_label("Password")).to_be_focused()
    guarded.goto(link)
    expect(guarded.get_by_label("Password")).to_be_focused()


def test_a_reload_and_a_second_tab_stay_logged_in(guarded: Page, link: str) -> None:
    guarded.goto("/notes")
    log_in(guarded)
    wait_ready(guarded)
    guarded.reload()
    wait_ready(guarded)
    second = guarded.context.new_page()
    second.goto(link)
    wait_ready(second)
    assert guarded.evaluate("document.cookie") == ""
