"""The headings of tables, which sort rows and filter them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.controls import Control, Hand, press

PATIENCE = 3  # s
COLUMN = "e => e.closest('.ag-header-cell').getAttribute('col-id')"
CELLS = """(heading, column) => {
    const cells = heading.closest('.ag-root').querySelectorAll('.ag-row .ag-cell');
    return [...cells].filter(cell => cell.getAttribute('col-id') === column)
        .map(cell => [+cell.parentElement.getAttribute('row-index'), cell.innerText])
        .sort((a, b) => a[0] - b[0]).map(([, text]) => text);
}"""
NOWHERE = {"number": "-987654321", "text": "no such text"}
"""What stands in no row, by the type of the box of a filter."""


def sorted_by(page: Page, control: Control, hand: Hand) -> str | None:
    """What is wrong with a heading, which sorts one way, the other way and not at all."""
    heading = control.on(page)
    order, before = heading.get_attribute("aria-sort"), _cells(heading)
    seen = {}
    for _ in range(3):
        press(page, heading, hand)
        if not _soon(page, lambda: heading.get_attribute("aria-sort") != order):  # noqa: B023
            return f"{control.name}: stays sorted {order}"
        page.wait_for_timeout(50)
        order = heading.get_attribute("aria-sort")
        seen[order] = _cells(heading)
    if set(seen) != {"ascending", "descending", "none"}:
        return f"{control.name}: is only sorted {sorted(map(str, seen))}"
    if seen["ascending"] == seen["descending"] and len(set(before)) > 1:
        return f"{control.name}: the rows stay as they are"
    return None if seen["none"] == before else f"{control.name}: the order does not come back"


def filtered(page: Page, control: Control, hand: Hand) -> str | None:
    """What is wrong with the filter of a heading, which leaves no row and then all again."""
    button = control.on(page)
    heading = button.locator("xpath=ancestor::*[contains(@class, 'ag-header-cell ')][1]")
    before = _cells(heading)
    if hand == "mouse":
        press(page, button, hand)
    else:
        heading.press("Control+Enter")
    box = page.locator(".ag-popup .ag-filter input:visible").first
    box.wait_for()
    kind = "number" if box.get_attribute("type") == "number" else "text"
    problem = None
    for text, wanted in ((NOWHERE[kind], []), ("", before)):
        box.fill(text)
        if not _soon(page, lambda: _cells(heading) == wanted):  # noqa: B023
            problem = f"{control.name}: {json.dumps(text)} does not filter"
    page.keyboard.press("Escape")
    return problem


def _cells(heading: Locator) -> list[str]:
    """What the cells of a column say, those that are drawn, from top to bottom."""
    column = heading.evaluate(COLUMN)
    return list(heading.evaluate(CELLS, column))


def _soon(page: Page, is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(30)
    return True
