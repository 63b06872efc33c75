"""One address or more of every page that the app knows, and what can be opened on a page."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Locator, Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.support.waiting import wait_ready

PAGES = {
    "explore": (
        "explore",
        "/?tab=session",
        "/?tab=behavior",
        "/?view=group&by=cre_line",
        "/?view=histograms",
    ),
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


KINDS = [
    *("experiment", "session", "behavior", "nothing"),
    *("explore", "qc", "notes", "mouse", "container", "cell", "compare"),
]
"""The keys of :func:`addresses`."""


def addresses(cache: Cache) -> dict[str, str]:
    """The path of one page of each kind."""
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment"))]
    id_, row = int(here.index[0]), here.iloc[0]
    cells = cache.get_ophys_cells_table()
    cell = cells.loc[cells["ophys_experiment_id"] == id_, "cell_specimen_id"].dropna().iloc[0]
    return {
        "explore": "/",
        "qc": "/qc",
        "notes": "/notes",
        "experiment": f"/experiment/{id_}",
        "session": f"/session/{row['ophys_session_id']}",
        "behavior": f"/behavior/{min(cache.available('behavior'))}",
        "mouse": f"/mouse/{row['mouse_id']}",
        "container": f"/container/{row['ophys_container_id']}",
        "cell": f"/cell/{int(cell)}",
        "compare": f"/compare?ids={','.join(map(str, here.index[:2]))}",
        "nothing": "/experiment/1",
    }


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
