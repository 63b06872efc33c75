"""Waits until the dashboard has drawn a page."""

from __future__ import annotations

from playwright.sync_api import Error, Page

IS_READY = """document.body?.dataset.state === 'ready'
    && [...document.querySelectorAll('[data-state=ready] .dash-graph')].every(
        graph => !graph.offsetParent || graph.querySelector('.js-plotly-plot')?.data)"""
LOADING = "[id^=panel-][data-state=loading]"
LOADING_PANELS = f"[...document.querySelectorAll('{LOADING}')].map(panel => panel.id)"


def wait_ready(page: Page, seconds: float = 60) -> None:
    """Wait until no panel of the page is loading and every graph in sight is drawn."""
    try:
        page.wait_for_function(IS_READY, timeout=seconds * 1000)
    except Error as error:
        loading = page.evaluate(LOADING_PANELS)
        raise AssertionError(f"not drawn after {seconds} s; still loading: {loading}") from error
