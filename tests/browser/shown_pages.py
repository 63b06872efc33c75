"""One address or more of every page that the app knows, and what can be opened on a page."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Locator, Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.browser.test_access import addresses
from tests.support.waiting import wait_ready

PAGES = {
    "explore": ("explore", "/?tab=session", "/?tab=behavior", "/?view=group&by=cre_line"),
    "qc": ("qc",),
    "notes": ("notes", "/notes?view=unreviewed"),
    "session.experiment": ("experiment", "nothing", "/experiment/word"),
    "session.session": ("several planes", "/session/1"),
    "session.behavior": ("behavior", "/behavior/1"),
    "mouse": ("mouse", "/mouse/1"),
    "container": ("container", "/container/1"),
    "cell": ("cell", "/cell/1"),
    "compare": ("compare", "/compare", "/compare?ids=1"),
    "not_found_404": ("/nowhere",),
}
"""By the names of the app's pages: names of :func:`paths`, or addresses."""
VIEWS = ".segmented label:visible, [role=group] > [data-view]:visible"


def paths(cache: Cache) -> dict[str, str]:
    """The path of one page of each kind, and of a session with several planes."""
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment"))]
    planes = here.groupby("ophys_session_id").size()
    return addresses(cache) | {"several planes": f"/session/{planes.idxmax()}"}


def tabs(page: Page) -> Iterator[Locator]:
    """The boxes of the session page's tabs, each while it is open."""
    for tab in page.locator(".nav-tabs [role=tab]").all():
        tab.click()
        wait_ready(page)
        yield page.locator(".tab-pane.active")


def views(page: Page, box: Locator) -> Iterator[str]:
    """The choices of a box that show it in another way, each while it is chosen."""
    for choice in box.locator(VIEWS).all():
        choice.click()
        wait_ready(page)
        yield choice.inner_text()
