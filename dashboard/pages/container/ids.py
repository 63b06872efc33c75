"""Ids of the container page's elements."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids."""

    CONTAINER = "container-id"
    STREAMED = "container-streamed"
    DAYS = "container-days-row"
    OUTLINES = "container-outlines"
    MATRIX = "container-cells-graph"
    NOTE = "container-cells-note"
    ORDER = "container-cells-order"
    AVERAGES = "container-averages-graph"
    BEHAVIOR = "container-behavior-graph"
