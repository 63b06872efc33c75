"""Waits until the dashboard has drawn a page."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Error, Page

IS_READY = """document.body?.dataset.state === 'ready'
    && [...document.querySelectorAll('[data-state=ready] .dash-graph')].every(
        graph => !graph.offsetParent || graph.querySelector('.js-plotly-plot')?.data)"""
LOADING = "[id^=panel-][data-state=loading]"
LOADING_PANELS = f"[...document.querySelectorAll('{LOADING}')].map(panel => panel.id)"
STATE = """[document.body.dataset.state, document.body.innerText.match(/.*lost.*|.*server.*/gi),
    [...document.querySelectorAll('[data-lost]')].map(one => one.id || one.src)]"""


LEFT = "Execution context was destroyed"  # the page went on to another address meanwhile


def wait_for(page: Page, expression: str, *, arg: Any = None, timeout: float = 30_000) -> None:
    """Wait up to ``timeout`` ms until an expression, or a function of ``arg``, is true in the page.

    Playwright's own ``wait_for_function`` evaluates text in the page, which its content security
    policy forbids.
    """
    end = time.monotonic() + timeout / 1000
    while not _is_true(page, expression, arg):
        if time.monotonic() > end:
            raise Error(f"not true after {timeout / 1000:g} s: {expression}")
        page.wait_for_timeout(30)


def _is_true(page: Page, expression: str, arg: Any) -> bool:
    try:
        return bool(page.evaluate(expression, arg))
    except Error as error:
        if LEFT not in error.message:
            raise
        return False


def wait_ready(page: Page, seconds: float = 60) -> None:
    """Wait until no panel of the page is loading and every graph in sight is drawn."""
    try:
        wait_for(page, IS_READY, timeout=seconds * 1000)
    except Error as error:
        loading, state = page.evaluate(LOADING_PANELS), page.evaluate(STATE)
        told = f"the page is {state}; still loading: {loading}"
        raise AssertionError(f"not drawn after {seconds} s: {told}") from error
