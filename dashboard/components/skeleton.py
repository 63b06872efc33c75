"""What a page shows until it has arrived: its bar and its panels, empty and in their places.

It is part of the HTML document, so that it is there before any script; ``assets/core/skeleton.css``
draws it behind the page.
"""

from __future__ import annotations

from html import escape

from dashboard.urls.address import ID_NAMES
from dashboard.urls.pages import EXPLORE

BONES = {
    "explore": ("facets", "table", "preview"),
    "recording": ("header", "navigator", "bar", "timeline", "field", "tabs"),
    "other": ("all",),
}
"""The parts of each kind of page."""


def skeleton(path: str, title: str) -> str:
    """The HTML of the skeleton of a page.

    Args:
        path: the page's, without the prefix.
        title: what stands in the bar.
    """
    kind = _kind(path)
    bones = "".join(f'<div class="bone bone-{name}"></div>' for name in BONES[kind])
    bar = f'<div class="top-bar"><span class="brand">{escape(title)}</span></div>'
    body = f'<div class="bones bones-{kind}">{bones}</div>'
    return f'<div id="skeleton" aria-hidden="true">{bar}{body}</div>'


def _kind(path: str) -> str:
    if path == EXPLORE:
        return "explore"
    return "recording" if path.split("/")[1] in ID_NAMES else "other"
