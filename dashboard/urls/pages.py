"""The paths of the pages."""

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
    """A recording, seen in a certain way."""
    return with_query(address.path, view.to_query())


def experiment_path(ophys_experiment_id: int, cell: int | None = None) -> str:
    """One imaging plane of one session, with a cell selected where one is named."""
    cells = () if cell is None else (cell,)
    return view_path(Address("experiment", ophys_experiment_id), ViewState(cells=cells))


def behavior_path(behavior_session_id: int, ophys_session_id: Any = None) -> str:
    """A session: all its planes where it was imaged, else its behaviour."""
    if ophys_session_id is None or pd.isna(ophys_session_id):
        return Address("behavior", behavior_session_id).path
    return Address("session", int(ophys_session_id)).path


def mouse_path(mouse_id: Any) -> str:
    """The training history of a mouse."""
    return fill(MOUSE, mouse_id=mouse_id)


def container_path(ophys_container_id: Any) -> str:
    """One imaging plane over its days."""
    return fill(CONTAINER, ophys_container_id=int(ophys_container_id))


def cell_path(cell_specimen_id: Any) -> str:
    """One cell on all its days."""
    return fill(CELL, cell_specimen_id=int(cell_specimen_id))
