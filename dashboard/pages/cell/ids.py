"""Ids of the cell page's elements."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids."""

    CELL = "cell-specimen"
    STREAMED = "cell-streamed"
    CROPS = "cell-crops-graph"
    TRACES = "cell-traces-graph"
    RESPONSES = "cell-responses-graph"
    SPLIT = "cell-split"
    SINGLE = "cell-single"
