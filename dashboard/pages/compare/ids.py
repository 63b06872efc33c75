"""Ids of the comparison's elements."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids."""

    COMPARISON = "comparison"
    SHOW = "compare-show"
    CELL = "compare-cell"
    PLOTS = "compare-plots-graph"
    NUMBERS = "compare-numbers-table"
