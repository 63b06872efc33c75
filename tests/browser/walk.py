"""The walk over the controls of a part of a page: each is used, and what is seen is compared."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Error, Page

from tests.browser.controls import (
    Control,
    Hand,
    boxes,
    choose_other,
    controls_of,
    height,
    needed,
    picture,
    press,
)
from tests.browser.headings import filtered, sorted_by
from tests.support.pictures import Box, Picture, differs
from tests.support.waiting import wait_ready

SIZES = {"mouse": (1440, 900), "keyboard": (1366, 768)}
RESIZED = {"mouse": (1366, 768), "keyboard": (1600, 900)}
COUNTS_NOTHING = "e => e.labels?.[0]?.querySelector('.outcome-label b')?.textContent === '0'"
TYPED = {"search": "OPHYS_1", "text": "20", "number": "1", "textarea": "a"}
LINE = 10  # px, less than the height of a line
PATIENCE = 3  # s until something must be seen
TURNED = {"checkbox", "summary", "select"}
CHOSEN = {"radio", "tab"}
OPENING = {"button", "summary"}
CLOSING = ("close", "cancel", "×")
"""How the names end of what takes away a dialog, and shows no more than the page below it."""
ARRIVING = ("download", "filechooser", "popup")


@dataclass
class Walk:
    """Tries the controls of a part of a page one after the other."""

    page: Page
    path: str
    root: str
    hand: Hand
    elsewhere: tuple[str, ...] = ()
    """Parts of the names of controls that are used by other tests."""
    is_moved: bool = field(default=False, init=False)
    """Whether an earlier control has left the page other than it was opened."""

    def start(self) -> list[Control]:
        """Open the page anew, resized once, nothing remembered; returns its controls."""
        self.page.emulate_media(reduced_motion="reduce")
        self._resize(*SIZES[self.hand])
        if self.page.url.startswith("http"):
            self.page.evaluate("localStorage.clear()")
        self.page.goto(self.path)
        wait_ready(self.page)
        width, height = RESIZED[self.hand]
        self._resize(width, height)
        self.picture()
        self._resize(width, max(height, needed(self.page)))
        self.shown = self.below = self.picture()
        self.is_moved = False
        return controls_of(self.page, self.root)

    def _resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    @functools.cached_property
    def _session(self) -> CDPSession:
        return self.page.context.new_cdp_session(self.page)

    def picture(self) -> Picture:
        """What the page shows without focus and pointer, once that no longer changes."""
        return picture(self.page, self._session)

    def problems(self, controls: list[Control]) -> Iterator[str]:
        """What is wrong with each of some controls and with what they show; nothing if all work."""
        again = []
        for control in controls:
            start = time.monotonic()
            told = list(self._problems(control))
            print(f"{time.monotonic() - start:.1f} s", control.name, told)
            if told and control.opener:
                again.append(control)  # to be chosen, once another one is
            else:
                yield from told
        for control in again:
            yield from self._problems(control)

    def _problems(self, control: Control) -> Iterator[str]:
        if any(name in control.name for name in self.elsewhere):
            return
        problem = self._tried(control)
        if problem:
            yield problem
        elif control.kind in OPENING and not control.opener:
            revealed = [replace(one, opener=control) for one in self.revealed]
            yield from self.problems(revealed)
            if revealed:
                self.start()

    def _tried(self, control: Control) -> str | None:
        """What is wrong with a control, on a page as it was opened if need be."""
        was_moved = self.is_moved
        try:
            problem = self.problem(control)
        except (Error, AssertionError) as error:
            problem = f"{control.name}: {error}"
        if not (problem and was_moved):
            return problem
        self.start()  # an earlier control may have left this one nothing to do
        return self._tried(control)

    def _reveal(self) -> None:
        """Take down the controls that are there only now that a control has been used."""
        if self._path() == urlsplit(self.path).path:
            found = controls_of(self.page, "body")
            self.revealed += [one for one in found if one.name not in self.known]
            self.known |= {one.name for one in found}

    def _open(self, control: Control) -> None:
        self.below = self.picture()
        press(self.page, control.on(self.page), self.hand)
        wait_ready(self.page)
        self.is_moved = True

    def _path(self) -> str:
        return urlsplit(self.page.url).path

    def _found(self, control: Control) -> Control:
        """The control, whose element may be another one since the page was drawn anew."""
        if self._path() != urlsplit(self.path).path:
            self.start()
        for _ in range(2):
            if found := self._seen(control):
                return found
            if control.opener and (opener := self._seen(control.opener)):
                self._open(opener)
                if found := self._seen(control):
                    return found
            self.start()
        raise AssertionError(f"{control.name} is gone")

    def _seen(self, control: Control) -> Control | None:
        root = "body" if control.opener else self.root
        found = (one for one in controls_of(self.page, root) if one.name == control.name)
        return next((replace(one, opener=control.opener) for one in found), None)

    def problem(self, control: Control) -> str | None:
        """What is wrong with a control; None if it does something, and back."""
        control = self._found(control)
        self.known = {one.name for one in controls_of(self.page, "body")}
        self.revealed: list[Control] = []
        if control.kind in OPENING and not control.opener:
            self.below = self.picture()
        if control.on(self.page).evaluate(COUNTS_NOTHING):
            return None
        if control.kind == "heading":
            return sorted_by(self.page, control, self.hand)
        if control.kind == "filter":
            return filtered(self.page, control, self.hand)
        if control.kind in CHOSEN:
            return self._chosen(control)
        return self._turned(control) if control.kind in TURNED else self._used(control)

    def _chosen(self, control: Control) -> str | None:
        element = control.on(self.page)
        group = "xpath=ancestor::*[@role='tablist' or contains(@class, 'segmented')][1]"
        chosen = element.locator(group).locator("input:checked, [aria-selected=true]").first
        if not chosen.count():
            return self._used(control)
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
        before: list[str] = []
        return self._there_and_back(
            control,
            lambda: before.append(choose_other(element, self.hand)),
            lambda: self._found(control).on(self.page).select_option(before[0]),
        )

    def _press(self, control: Control) -> None:
        press(self.page, self._found(control).on(self.page), self.hand)

    def _opened(self, control: Control) -> str | None:
        """What a summary opens, closed again if it was closed."""
        heights = [height(control.on(self.page))]
        for _ in range(2):
            press(self.page, control.on(self.page), self.hand)
            wait_ready(self.page)
            self._reveal()
            heights.append(height(control.on(self.page)))
        if abs(heights[1] - heights[0]) < LINE:  # a list that lies over the page
            return self._there_and_back(control, *[functools.partial(self._press, control)] * 2)
        return None if heights[2] == heights[0] else f"{control.name}: does not come back"

    def _there_and_back(
        self, control: Control, there: Callable[[], object], back: Callable[[], object]
    ) -> str | None:
        element = control.on(self.page)
        element.evaluate("e => (e.labels?.[0] ?? e).scrollIntoView({block: 'nearest'})")
        self.shown, hidden = self.picture(), boxes(element)
        there()
        if not self._is_other(control, hidden):
            return f"{control.name}: nothing changes"
        back()
        if not self._is_as_before(hidden):
            self.start()
            return f"{control.name}: what was there does not come back"
        return None

    def _is_other(self, control: Control, hidden: list[Box]) -> bool:
        """Whether something else is shown, soon, which is more than what was below a menu."""
        return self._soon(lambda now: self._differs(control, now, hidden))

    def _differs(self, control: Control, now: Picture, hidden: list[Box]) -> bool:
        if not control.opener or not differs(self.shown, now, hidden):
            return differs(self.shown, now, hidden)
        is_below = not differs(self.below, now, [*hidden, *self._openers(control)])
        return is_below == control.name.lower().endswith(CLOSING)

    def _openers(self, control: Control) -> list[Box]:
        opener = control.opener and self._seen(control.opener)
        return boxes(opener.on(self.page)) if opener else []

    def _is_as_before(self, hidden: list[Box]) -> bool:
        """Whether what was shown is shown again, soon."""
        return self._soon(lambda now: not differs(self.shown, now, hidden))

    def _soon(self, is_so: Callable[[Picture], bool]) -> bool:
        end = time.monotonic() + PATIENCE
        while not is_so(self.picture()):
            if time.monotonic() > end:
                return False
        return True

    def _used(self, control: Control) -> str | None:
        element = control.on(self.page)
        self.shown, hidden, url = self.picture(), boxes(element), self.page.url
        arrived: list[object] = []
        for event in ARRIVING:
            self.page.once(event, lambda one: arrived.append(one))
        if control.kind in TYPED:
            element.fill(TYPED[control.kind])
            element.press("Enter")
        else:
            press(self.page, element, self.hand)
        self.page.wait_for_timeout(50)
        does = self._soon(
            lambda now: self.page.url != url or bool(arrived) or self._differs(control, now, hidden)
        )
        self._reveal()
        self._leave(url)
        return None if does else f"{control.name}: nothing happens"

    def _has_left(self, url: str, kind: str) -> bool:
        """Whether the address is another one, for which a link has a second."""
        end = time.monotonic() + (1 if kind == "a" else 0.05)
        while self.page.url == url and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        return self.page.url != url

    def _leave(self, url: str) -> None:
        """Close what was opened."""
        if self.page.url != url:
            self.is_moved = True
            return
        self.page.keyboard.press("Escape")
        self.is_moved = self.is_moved or differs(self.shown, self.picture())
