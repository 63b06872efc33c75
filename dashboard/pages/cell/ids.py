"""Ids of the cell page's elements."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids."""

    CELL = "cell-specimen"
    CROPS = "cell-crops-graph"
    TRACES = "cell-traces-graph"
    RESPONSES = "cell-responses-graph"
