"""The paths of the dashboard's pages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.urls.address import Address
from dashboard.urls.templates import fill, with_query
from dashboard.urls.view_state import ViewState

EXPLORE = "/"
QC = "/qc"
NOTES = "/notes"
COMPARE = "/compare"
MOUSE = "/mouse/{mouse_id}"
CONTAINER = "/container/{ophys_container_id}"
CELL = "/cell/{cell_specimen_id}"


def view_path(address: Address, view: ViewState) -> str:
    """The path of a recording's page with a view (time span, cells, options) as its query."""
    return with_query(address.path, view.to_query())


def experiment_path(ophys_experiment_id: int, cell: int | None = None) -> str:
    """The path of an imaging plane in one session; ``cell`` is selected there."""
    cells = () if cell is None else (cell,)
    return view_path(Address("experiment", ophys_experiment_id), ViewState(cells=cells))


def behavior_path(behavior_session_id: int, ophys_session_id: Any = None) -> str:
    """The path of a session: of all its planes where it was imaged, else of its behaviour."""
    if ophys_session_id is None or pd.isna(ophys_session_id):
        return Address("behavior", behavior_session_id).path
    return Address("session", int(ophys_session_id)).path


def mouse_path(mouse_id: Any) -> str:
    """The path of a mouse's training history."""
    return fill(MOUSE, mouse_id=mouse_id)


def container_path(ophys_container_id: Any) -> str:
    """The path of a container: one imaging plane on all its days."""
    return fill(CONTAINER, ophys_container_id=int(ophys_container_id))


def cell_path(cell_specimen_id: Any) -> str:
    """The path of a cell on all its days."""
    return fill(CELL, cell_specimen_id=int(cell_specimen_id))
