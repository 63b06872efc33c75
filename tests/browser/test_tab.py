"""Every tab names itself to the server, which gives turns for costly work tab by tab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.support.waiting import wait_ready


def names_sent(page: Page, path: str) -> set[str | None]:
    """The names that the callbacks of a page's tab carry."""
    sent: set[str | None] = set()
    page.on(
        "request",
        lambda request: (
            sent.add(request.headers.get("x-tab"))
            if "_dash-update-component" in request.url
            else None
        ),
    )
    page.goto(path)
    wait_ready(page)
    return sent


def test_all_callbacks_of_a_tab_carry_its_name_and_tabs_differ(
    open_page: Callable[[], Page], small_experiment: Path
) -> None:
    path = f"/experiment/{small_experiment.stem.rpartition('_')[2]}"
    (first,) = names_sent(open_page(), path)
    (second,) = names_sent(open_page(), path)
    assert first
    assert second
    assert first != second
