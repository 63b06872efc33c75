"""The controls of a page, collected from the page itself, and how each is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import CDPSession, Locator, Page

from tests.support.pictures import Box, Picture, settled
from tests.support.waiting import wait_ready

Hand = Literal["mouse", "keyboard"]

COLLECT = """root => {
    const PROPER = '[id]:not([id^="{"], [id^="react-"], [id^=":r"])';
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
    const kinds = 'button, a[href], select, input, textarea, [role=tab], [role=separator], summary,'
        + '.ag-header-cell-sortable, .ag-header-cell-filter-button';
    // others lead back to what is pressed
    const isPressed = element => element.matches('[aria-pressed=true], [aria-checked=true]');
    const all = [...document.querySelectorAll(kinds)];
    for (const element of all.sort((a, b) => isPressed(a) - isPressed(b))) {
        const heading = element.closest('.ag-header-cell');
        if (!element.closest(root) || !isSeen(element)) continue;
        if (!heading && element.closest('.ag-root')) continue; // rows
        const kind = heading ? (heading === element ? 'heading' : 'filter')
            : element.matches('input') ? element.type : element.getAttribute('role')
            || element.localName;
        const own = element.matches(PROPER);
        const place = own ? element.id.replace(/^_dbcprivate_[a-z]+_/, '')
            : `in ${within(element)}`;
        const isLevel = place.startsWith('in facet-'); // one of a list of values
        const key = `${kind} ${place}: ${heading?.getAttribute('col-id')
            ?? (isLevel ? '' : name(element))}`;
        if (seen.has(key)) continue;
        seen.add(key);
        element.dataset.walk ??= window.walked = (window.walked ?? 0) + 1;
        const leadsHere = kind === 'a' && element.href.split('#')[0] === location.href;
        const isOff = element.disabled === true || isPressed(element) || leadsHere;
        if (!isOff) found.push([key, kind, +element.dataset.walk]);
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


@dataclass(frozen=True)
class Control:
    """A control: its name for people, its kind, its number on the page, and what shows it."""

    name: str
    kind: str
    number: int
    opener: Control | None = None

    def on(self, page: Page) -> Locator:
        """Its element."""
        return page.locator(f"[data-walk='{self.number}']")


def controls_of(page: Page, root: str) -> list[Control]:
    """The visible controls inside ``root`` that can be used, of those with one name the first."""
    found = page.evaluate(COLLECT, root)
    return [Control(name, kind, number) for name, kind, number in found]


def picture(page: Page, session: CDPSession | None = None) -> Picture:
    """What a page shows without focus and pointer, once that no longer changes."""
    page.mouse.move(1, 1)
    page.evaluate("document.activeElement?.blur()")
    wait_ready(page)
    return settled(session or page.context.new_cdp_session(page))


def boxes(control: Locator) -> list[Box]:
    """Where a control and its group are, in px: what they show of themselves proves nothing."""
    return [tuple(box) for box in control.evaluate(BOX)]


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
