"""Ids of the Explore page's elements."""

from enum import StrEnum


class Ids(StrEnum):
    """Element ids; those of the panels follow the panel convention (``panel-facets``, …)."""

    TABS = "explore-tabs"
    COUNT = "explore-count"
    SEARCH = "explore-search"
    CHIPS = "explore-chips"
    FACETS = "explore-facets"
    VIEWS = "explore-views"
    GRID = "explore-grid"
    GROUP = "explore-group"
    COMPOSITION = "explore-composition"
    HISTOGRAMS = "explore-histograms"
    NOTHING = "explore-nothing"
    COLUMNS = "explore-columns"
    FETCH = "explore-fetch"
    PREPARE = "explore-prepare"
    CSV = "explore-csv"
    START = "explore-start"
    STARTED = "explore-started"
    HIGHLIGHT = "explore-highlight"
    PREVIEW = "explore-preview"
