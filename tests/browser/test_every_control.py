"""Every control of every page changes what is seen, by mouse and by keyboard, and back.

The controls are collected from the page, so that a new one is tried too.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from dashboard.pages.session.panels import TABS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.browser.controls import Hand
from tests.browser.walk import Walk

PROVED_ELSEWHERE = {
    ": Skip to the content": "tests/browser/test_keyboard_focus.py",
    ": Take along": "tests/browser/test_panel_menu.py",
    ": Maximise": "tests/browser/test_maximise.py",
    "notes-label": "tests/browser/test_notes.py",
    ": Copy the code of": "tests/browser/test_ten_tasks.py",
    "replay-": "tests/browser/test_replay.py",
}
"""What pages and panels share, by parts of their names, with the tests that use them."""

PAGES = {
    ("/", "body"): "mouse",
    ("/notes", "#_pages_content"): "mouse",
    ("/mouse/{mouse}", "#_pages_content"): "mouse",
    ("/cell/{cell}", "#_pages_content"): "mouse",
    ("/qc", "#_pages_content"): "keyboard",
    ("/compare?ids={experiment},{other}", "#_pages_content"): "keyboard",
    ("/container/{container}", "#_pages_content"): "keyboard",
}
OF_SESSIONS = {
    "": [
        ".session-header, .window-bar",
        "#panel-timeline, #panel-navigator",
        "#panel-field-of-view, .nav-tabs",
    ],
    **{f"?tab={name}": [f"#panel-{name}"] for name in TABS},
}
SHORT_TABS = ("eye", "stimuli", "cells", "details")
OF_PLANES = ("", "?tab=events", "?tab=details")
"""Where the controls of a session of several planes are others than those of one plane."""

CASES = (
    [(*page, hand) for page, hand in PAGES.items()]
    + [
        (f"/experiment/{{experiment}}{query}", root, "mouse")
        for query, roots in OF_SESSIONS.items()
        for root in roots
    ]
    + [
        (f"/session/{{session}}{query}", root, "keyboard")
        for query in OF_PLANES
        for root in OF_SESSIONS[query]
    ]
)


@pytest.fixture(scope="module")
def ids(small_cache: VisualBehaviorOphysProjectCache) -> dict[str, int | str]:
    """The ids that stand in the paths, of one session with several planes."""
    table = small_cache.get_ophys_experiment_table()
    table = table[table.index.isin(list(small_cache.available("experiment")))]
    session = int(table["ophys_session_id"].value_counts().index[0])
    first, second = sorted(table.index[table["ophys_session_id"] == session])[:2]
    cells = small_cache.get_ophys_cells_table()
    cell = cells["cell_specimen_id"][cells["ophys_experiment_id"] == first].dropna().iloc[0]
    row = table.loc[first]
    return {
        "session": session,
        "experiment": first,
        "other": second,
        "mouse": row["mouse_id"],
        "container": int(row["ophys_container_id"]),
        "cell": int(cell),
    }


SHORT = [
    ("/notes", "#_pages_content", "mouse"),
    *((f"/experiment/{{experiment}}?tab={tab}", f"#panel-{tab}", "mouse") for tab in SHORT_TABS),
]
SOON = [SHORT[date.today().toordinal() % len(SHORT)]]
"""Tried by every run of the tests, each day another; all of them are tried by make walk."""


@pytest.mark.parametrize(
    ("path", "root", "hand"),
    [pytest.param(*case, marks=[] if case in SOON else pytest.mark.walk) for case in CASES],
)
def test_every_control_does_something_that_is_seen(
    page: Page, ids: dict[str, int | str], path: str, root: str, hand: Hand
) -> None:
    walk = Walk(page, path.format(**ids), root, hand, tuple(PROVED_ELSEWHERE))
    controls = walk.start()
    assert controls
    assert not list(walk.problems(controls))
