"""Ids of the session page's elements; panels' own ids stand in their files."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids. Stores are described in docs/architecture.md."""

    ADDRESS = "address"
    BOUNDS = "bounds"
    EVENTS = "events"
    DEFAULTS = "defaults"
    ARRIVED = "arrived"
    WINDOW = "window"
    REQUEST = "request"
    ANSWERED = "answered"
    SELECTION = "selection"
    OPTIONS = "options"
    TABS = "tabs"
