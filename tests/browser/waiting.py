"""Waiting for the dashboard to have answered."""

from __future__ import annotations

from playwright.sync_api import Error, Page

IS_READY = "document.body?.dataset.state === 'ready'"
LOADING = "[id^=panel-][data-state=loading]"
LOADING_PANELS = f"[...document.querySelectorAll('{LOADING}')].map(panel => panel.id)"


def wait_ready(page: Page, seconds: float = 60) -> None:
    """Wait until no panel of the page is loading."""
    try:
        page.wait_for_function(IS_READY, timeout=seconds * 1000)
    except Error as error:
        loading = page.evaluate(LOADING_PANELS)
        raise AssertionError(f"not ready after {seconds} s; still loading: {loading}") from error
