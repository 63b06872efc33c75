"""Ids of the session page's elements; panels' own ids stand in their files."""

from enum import StrEnum
from typing import Any


class Ids(StrEnum):
    """Element ids. Stores are described in docs/architecture.md."""

    ADDRESS = "address"
    BOUNDS = "bounds"
    LANDMARKS = "landmarks"
    DEFAULTS = "defaults"
    ARRIVED = "arrived"
    WINDOW = "window"
    SETTLED = "settled"
    REQUEST = "request"
    ANSWERED = "answered"
    SELECTION = "selection"
    OPTIONS = "options"
    TABS = "tabs"


def tab_body(name: Any) -> dict[str, Any]:
    """The box of a tab's panel, empty until the tab is first opened."""
    return {"type": "tab-body", "tab": name}


def tab_content(name: Any) -> dict[str, Any]:
    """The store that holds the panel of a tab that is not yet open."""
    return {"type": "tab-content", "tab": name}
