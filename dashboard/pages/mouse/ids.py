"""Ids of the mouse page's elements."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids."""

    MOUSE = "mouse-id"
    GRAPH = "mouse-history-graph"
    TABLE = "mouse-sessions-table"
    BY = "mouse-by"
