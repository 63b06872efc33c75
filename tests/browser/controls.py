"""The controls of a page, collected from the page itself, and how each is used."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.support.waiting import wait_ready

Hand = Literal["mouse", "keyboard"]

COLLECT = """root => {
    const PROPER = '[id]:not([id^="{"], [id^="react-"], [id^=":r"])';
    for (const old of document.querySelectorAll('[data-walk]')) delete old.dataset.walk;
    const seen = new Set();
    const within = element => element.closest(PROPER)?.id ?? '';
    const plain = text => text.replace(/\\d[\\d,.]*/g, 'N').trim().slice(0, 40);
    const name = element => plain(element.getAttribute('aria-label') || element.innerText
        || element.labels?.[0]?.innerText || element.title || element.placeholder || '');
    const isSeen = element => {
        const shown = element.matches('input[type=radio], input[type=checkbox]')
            ? element.labels?.[0] ?? element : element;
        const {width, height} = shown.getBoundingClientRect();
        return width > 0 && height > 0 && shown.checkVisibility({visibilityProperty: true});
    };
    const found = [];
    const kinds = 'button, a[href], select, input, textarea, [role=tab], [role=separator], summary';
    const isPressed = element => element.matches('[aria-pressed=true]'); // others lead back to it
    const all = [...document.querySelectorAll(kinds)];
    for (const element of all.sort((a, b) => isPressed(a) - isPressed(b))) {
        if (!element.closest(root) || !isSeen(element) || element.closest('.ag-root')) continue;
        const kind = element.matches('input') ? element.type : element.getAttribute('role')
            || element.localName;
        const own = element.matches(PROPER);
        const place = own ? element.id.replace(/^_dbcprivate_[a-z]+_/, '')
            : `in ${within(element)}`;
        const isLevel = place.startsWith('in facet-'); // one of a list of values
        const key = `${kind} ${place}: ${isLevel ? '' : name(element)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        element.dataset.walk = found.length;
        const leadsHere = kind === 'a' && element.href.split('#')[0] === location.href;
        found.push([key, kind, element.disabled === true || isPressed(element) || leadsHere]);
    }
    return found;
}"""
GROUP = ".segmented, .outcomes, .nav-tabs, [role=tablist], label, .form-check"
CHANGING = "#preparation"  # what changes by itself
BOX = f"""e => {{
    const label = e.labels?.[0];
    const group = e.closest('{GROUP}') ?? label ?? e;
    const others = document.querySelectorAll('{CHANGING}');
    return [label ?? e, group, ...others].map(one => {{
        const {{left, top, right, bottom}} = one.getBoundingClientRect();
        return [left, top, right, bottom];
    }});
}}"""
REST = """() => document.activeElement?.blur()"""
SETTLED = 5  # s
FEWEST = 60
"""Pixels that must differ for a change to be seen."""

Box = tuple[float, float, float, float]
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Control:
    """A control: its name for people, its kind, and its number on the page."""

    name: str
    kind: str
    number: int

    def on(self, page: Page) -> Locator:
        """Its element."""
        return page.locator(f"[data-walk='{self.number}']")


def controls_of(page: Page, root: str) -> list[Control]:
    """The visible controls inside ``root`` that can be used, of those with one name the first."""
    found = page.evaluate(COLLECT, root)
    return [Control(name, kind, i) for i, (name, kind, off) in enumerate(found) if not off]


def boxes(control: Locator) -> list[Box]:
    """Where a control and its group are, in px: what they show of themselves proves nothing."""
    return [tuple(box) for box in control.evaluate(BOX)]


def picture(page: Page) -> Picture:
    """What the page shows without focus and pointer, once that no longer changes."""
    page.mouse.move(1, 1)
    page.evaluate(REST)
    wait_ready(page)
    now, end = _shot(page), time.monotonic() + SETTLED
    while time.monotonic() < end:
        page.wait_for_timeout(50)
        before, now = now, _shot(page)
        if np.array_equal(before, now):
            break
    return now


def _shot(page: Page) -> Picture:
    content = page.screenshot(animations="disabled", caret="hide")
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def differs(one: Picture, other: Picture, hidden: list[Box]) -> bool:
    """Whether two pictures differ outside of some boxes."""
    if one.shape != other.shape:
        return True
    changed = (one != other).any(axis=2)
    for left, top, right, bottom in hidden:
        changed[max(int(top) - 3, 0) : int(bottom) + 4, max(int(left) - 3, 0) : int(right) + 4] = 0
    return int(changed.sum()) >= FEWEST


def height(summary: Locator) -> float:
    """How much of what a summary opens is there, in px; it may be below the edge of the window."""
    return float(summary.evaluate("e => e.parentElement.getBoundingClientRect().height"))


def needed(page: Page) -> int:
    """The height in px in which all of a page can be seen."""
    bottom = "[...document.querySelectorAll('.panel')].map(e => e.getBoundingClientRect().bottom)"
    return int(page.evaluate(f"Math.max(0, ...{bottom}) + 20"))


def press(page: Page, control: Locator, hand: Hand) -> None:
    """Use a button, switch, radio, tab or link."""
    if hand == "keyboard":
        control.press("Space" if control.evaluate("e => e.matches('input')") else "Enter")
        return
    control.evaluate("e => (e.labels?.[0] ?? e).scrollIntoView({block: 'nearest'})")
    left, top, right, bottom = boxes(control)[0]
    page.mouse.click((left + right) / 2, (top + bottom) / 2)


def choose_other(control: Locator, hand: Hand) -> str:
    """Choose another option of a select; returns the option that was chosen before."""
    before = str(control.input_value())
    values = control.evaluate("e => [...e.options].filter(o => !o.disabled).map(o => o.value)")
    number = values.index(before)
    if hand == "mouse":
        control.select_option(values[(number + 1) % len(values)])
    else:
        control.press("ArrowDown" if number + 1 < len(values) else "ArrowUp")
    return before
