"""Every control of every page changes what is seen, by mouse and by keyboard, and back.

The controls are collected from the page, so that a new one is tried too.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from dashboard.pages.session.panels import TABS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.browser.controls import (
    Box,
    Control,
    Hand,
    boxes,
    choose_other,
    controls_of,
    differs,
    height,
    needed,
    picture,
    press,
)
from tests.support.waiting import wait_ready

SIZES = {"mouse": (1440, 900), "keyboard": (1366, 768)}
RESIZED = {"mouse": (1366, 768), "keyboard": (1600, 900)}
COUNTS_NOTHING = "e => e.labels?.[0]?.querySelector('.outcome-label b')?.textContent === '0'"
TYPED = {"search": "OPHYS_1", "text": "20", "number": "1", "textarea": "a"}
LINE = 10  # px, less than the height of a line
TURNED = {"checkbox", "summary"}
CHOSEN = {"radio", "tab"}
PROVED_ELSEWHERE = {
    "Skip to the content": "tests/browser/test_keyboard_focus.py",
    "Take along": "tests/browser/test_panel_menu.py",
    "Maximise": "tests/browser/test_maximise.py",
    "Copy the code of": "tests/browser/test_ten_tasks.py",
}
"""What pages and panels share, by the start of their names, with the tests that use them."""

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


@dataclass
class Walk:
    """Tries the controls of a part of a page one after the other; ``problems`` grows."""

    page: Page
    path: str
    root: str
    hand: Hand

    def start(self) -> list[Control]:
        """Open the page anew, resized once; returns its controls."""
        width, height = SIZES[self.hand]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(self.path)
        wait_ready(self.page)
        width, height = RESIZED[self.hand]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_timeout(400)
        self.page.set_viewport_size({"width": width, "height": max(height, needed(self.page))})
        self.shown = picture(self.page)
        return controls_of(self.page, self.root)

    def problem(self, control: Control) -> str | None:
        """What is wrong with a control; None if it does something, and back."""
        control = self._again(control)
        if control.on(self.page).evaluate(COUNTS_NOTHING):
            return None
        if control.kind in CHOSEN:
            return self._chosen(control)
        if control.kind in TURNED or control.kind == "select":
            return self._turned(control)
        return self._used(control)

    def _again(self, control: Control) -> Control:
        """The control, whose element may be another one since the page was drawn anew."""
        return next(one for one in controls_of(self.page, self.root) if one.name == control.name)

    def _chosen(self, control: Control) -> str | None:
        element = control.on(self.page)
        group = "xpath=ancestor::*[@role='tablist' or contains(@class, 'segmented')][1]"
        chosen = element.locator(group).locator("input:checked, [aria-selected=true]").first
        number = chosen.get_attribute("data-walk")
        if number == str(control.number):
            return None  # the others lead back to it
        first = self.page.locator(f"[data-walk='{number}']")
        return self._there_and_back(
            control,
            lambda: press(self.page, element, self.hand),
            lambda: press(self.page, first, self.hand),
        )

    def _turned(self, control: Control) -> str | None:
        element = control.on(self.page)
        if control.kind == "summary":
            return self._opened(control)
        if control.kind != "select":
            return self._there_and_back(control, *[functools.partial(self._press, control)] * 2)
        before = []
        return self._there_and_back(
            control,
            lambda: before.append(choose_other(element, self.hand)),
            lambda: self._again(control).on(self.page).select_option(before[0]),
        )

    def _press(self, control: Control) -> None:
        press(self.page, self._again(control).on(self.page), self.hand)

    def _opened(self, control: Control) -> str | None:
        """What a summary opens, closed again if it was closed."""
        heights = [height(control.on(self.page))]
        for _ in range(2):
            press(self.page, control.on(self.page), self.hand)
            wait_ready(self.page)
            heights.append(height(control.on(self.page)))
        if abs(heights[1] - heights[0]) < LINE:  # a list that lies over the page
            return self._there_and_back(control, *[functools.partial(self._press, control)] * 2)
        return None if heights[2] == heights[0] else f"{control.name}: does not come back"

    def _there_and_back(
        self, control: Control, there: Callable[[], object], back: Callable[[], object]
    ) -> str | None:
        element = control.on(self.page)
        element.evaluate("e => (e.labels?.[0] ?? e).scrollIntoView({block: 'nearest'})")
        self.shown, hidden = picture(self.page), boxes(element)
        there()
        after = picture(self.page)
        back()
        if not differs(self.shown, after, hidden):
            return f"{control.name}: nothing changes"
        if not self._is_as_before(hidden):
            self.start()
            return f"{control.name}: what was there does not come back"
        return None

    def _is_as_before(self, hidden: list[Box]) -> bool:
        """Whether what was shown is shown again, within a few pictures."""
        return any(not differs(self.shown, picture(self.page), hidden) for _ in range(4))

    def _used(self, control: Control) -> str | None:
        element = control.on(self.page)
        hidden, url = boxes(element), self.page.url
        arrived: list[object] = []
        for event in ("download", "filechooser"):
            self.page.once(event, lambda one: arrived.append(one))
        if control.kind in TYPED:
            element.fill(TYPED[control.kind])
            element.press("Enter")
        else:
            press(self.page, element, self.hand)
        self.page.wait_for_timeout(150)
        after = picture(self.page)
        does = self.page.url != url or arrived or differs(self.shown, after, hidden)
        self.page.keyboard.press("Escape")
        if self.page.url != url or differs(self.shown, picture(self.page), []):
            self.start()
        return None if does else f"{control.name}: nothing happens"


SOON = [("/experiment/{experiment}", OF_SESSIONS[""][1], "mouse")]
"""Tried by every run of the tests; all of them take a quarter of an hour: make walk."""


@pytest.mark.parametrize(
    ("path", "root", "hand"),
    [pytest.param(*case, marks=[] if case in SOON else pytest.mark.walk) for case in CASES],
)
def test_every_control_does_something_that_is_seen(
    page: Page, ids: dict[str, int | str], path: str, root: str, hand: Hand
) -> None:
    walk = Walk(page, path.format(**ids), root, hand)
    controls = walk.start()
    assert controls
    problems = []
    for control in controls:
        start = time.monotonic()
        if not any(f": {name}" in control.name for name in PROVED_ELSEWHERE):
            problems.append(walk.problem(control))
        print(f"{time.monotonic() - start:.1f} s", control.name, problems[-1:])
    assert not list(filter(None, problems))
