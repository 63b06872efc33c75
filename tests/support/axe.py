"""Runs axe-core in a page: what a screen reader, a keyboard or weak eyes cannot use there.

The source is evaluated by the browser's debugger, which the page's content security policy allows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("critical", "serious")
# What axe cannot decide is not asked for.
RUN = """async within => {
    const options = {resultTypes: ['violations'], elementRef: false};
    const { violations } = await axe.run(within ?? document, options);
    return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(
        ({ target, html, any }) => [target.flat().join(' '), html.slice(0, 240),
            any.map(({ message }) => message).join('; ').slice(0, 240)]) }));
}"""


class Violation(NamedTuple):
    """An element that breaks a rule of axe; ``impact`` is axe's word for how grave that is."""

    rule: str
    impact: str
    element: str
    html: str
    why: str

    def __str__(self) -> str:
        return f"{self.impact}: {self.rule}: {self.element}\n    {self.html}\n    {self.why}"


def violations(page: Page, within: str | None = None) -> list[Violation]:
    """Every violation of the page as it is now, or of the element of a selector."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(RUN, within)
    return [
        Violation(one["id"], one["impact"], *element) for one in found for element in one["nodes"]
    ]


def grave(found: list[Violation]) -> list[Violation]:
    """Those of impact critical or serious."""
    return [one for one in found if one.impact in GRAVE]


@cache
def _source() -> str:
    return SOURCE.read_text()
