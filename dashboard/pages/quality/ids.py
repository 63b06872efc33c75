"""Element ids of the QC page."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids."""

    START = "qc-start"
    GRID = "qc-matrix"
    SHOWN = "qc-shown"
    SEARCH = "qc-search"
    FAMILY = "qc-family"
    REVIEW = "qc-review"
    COUNT = "qc-count"
