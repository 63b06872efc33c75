"""Two hands that use a page: a mouse that counts its clicks, and a keyboard without a mouse."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, Page

MANY = 150  # presses of Tab, more than any page here has stops


class TooManyClicks(AssertionError):
    """A task needed more clicks than it may."""


class Mouse:
    """Clicks at most ``at_most`` times; a choice in a select is two, as it opens a list first."""

    def __init__(self, page: Page, at_most: int) -> None:
        self.page, self.at_most, self.clicks = page, at_most, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.page.mouse.move(1, 1)

    def click(self, control: Locator, *, at: tuple[float, float] | None = None) -> None:
        """Click on a control, in its middle or ``at`` a place in it (px).

        Raises:
            TooManyClicks: it is one more than the task may need.
        """
        self._count(1)
        control.click(position=None if at is None else {"x": at[0], "y": at[1]})

    def choose(self, select: Locator, value: str) -> None:
        """Choose a value of a select.

        Raises:
            TooManyClicks: these are more than the task may need.
        """
        self._count(2)
        select.select_option(value)

    def _count(self, clicks: int) -> None:
        self.clicks += clicks
        if self.clicks > self.at_most:
            raise TooManyClicks(f"click {self.clicks} of at most {self.at_most}")


class Keyboard:
    """Presses keys, and reaches what is on the page by Tab alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)

    def reach(self, control: Locator) -> None:
        """Press Tab until a control has the focus.

        Raises:
            AssertionError: Tab does not lead there.
        """
        control.wait_for()
        for _ in range(MANY):
            if control.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {control}")
