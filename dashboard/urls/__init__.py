"""All URLs of the dashboard: every path and query is built and parsed here.

The exception is Explore's query, which only the browser needs (``assets/explore/address.js``).
"""

from dashboard.urls.address import ID_NAMES, RECORDING, Address, Kind
from dashboard.urls.comparison import MAX_COMPARED, Comparison
from dashboard.urls.pages import (
    behavior_path,
    cell_path,
    container_path,
    experiment_path,
    mouse_path,
    view_path,
)
from dashboard.urls.view_state import DEFAULT_OPTIONS, EVENT_OPTIONS, ViewState

__all__ = [
    "DEFAULT_OPTIONS",
    "EVENT_OPTIONS",
    "ID_NAMES",
    "MAX_COMPARED",
    "RECORDING",
    "Address",
    "Comparison",
    "Kind",
    "ViewState",
    "behavior_path",
    "cell_path",
    "container_path",
    "experiment_path",
    "mouse_path",
    "view_path",
]
