"""Starts a headless Chromium, and opens pages with new profiles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

from benchmarks.harness import CannotMeasure
from tests.support import chromium
from tests.support.complaints import listen_for_complaints

LAPTOP: ViewportSize = {"width": 1440, "height": 900}


@contextmanager
def headless() -> Iterator[Browser]:
    """A browser that is closed at the end of the block."""
    try:
        path = chromium.find()
    except chromium.NoChromium as error:
        raise CannotMeasure(str(error)) from error
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=chromium.OPTIONS) as browser,
    ):
        yield browser


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """A page with a new profile; errors in the browser fail the measurement."""
    complaints: list[str] = []
    context = browser.new_context(viewport=LAPTOP)
    try:
        page = context.new_page()
        listen_for_complaints(page, complaints)
        yield page
    except Error as error:
        raise CannotMeasure(error.message.splitlines()[0]) from error
    finally:
        context.close()
    if complaints:
        raise CannotMeasure(f"the browser complained: {complaints[0]}")
