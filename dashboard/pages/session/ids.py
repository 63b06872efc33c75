"""Ids of the session page's elements; ids of a single panel are in the panel's module."""

from enum import StrEnum
from typing import Any


class Ids(StrEnum):
    """Element ids; docs/architecture.md describes the stores."""

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
    """The id of the box for a tab's panel, which is empty until the tab is first opened."""
    return {"type": "tab-body", "tab": name}


def tab_content(name: Any) -> dict[str, Any]:
    """The id of the store with the panel of a tab that has not been opened."""
    return {"type": "tab-content", "tab": name}
