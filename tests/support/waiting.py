"""Waits until the dashboard has drawn a page."""

from __future__ import annotations

from playwright.sync_api import Error, Page

IS_READY = """document.body?.dataset.state === 'ready'
    && [...document.querySelectorAll('[data-state=ready] .dash-graph')].every(
        graph => !graph.offsetParent || graph.querySelector('.js-plotly-plot')?.data)"""
LOADING = "[id^=panel-][data-state=loading]"
LOADING_PANELS = f"[...document.querySelectorAll('{LOADING}')].map(panel => panel.id)"
STATE = """[document.body.dataset.state, document.body.innerText.match(/.*lost.*|.*server.*/gi),
    [...document.querySelectorAll('[data-lost]')].map(one => one.id || one.src)]"""


def wait_ready(page: Page, seconds: float = 60) -> None:
    """Wait until no panel of the page is loading and every graph in sight is drawn."""
    try:
        page.wait_for_function(IS_READY, timeout=seconds * 1000)
    except Error as error:
        loading, state = page.evaluate(LOADING_PANELS), page.evaluate(STATE)
        told = f"the page is {state}; still loading: {loading}"
        raise AssertionError(f"not drawn after {seconds} s: {told}") from error
