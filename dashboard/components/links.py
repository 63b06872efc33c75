"""The paths of the pages, for links from one to another."""

from __future__ import annotations

from typing import Any

import pandas as pd


def experiment_path(ophys_experiment_id: int, cell: int | None = None) -> str:
    """One imaging plane of one session, with a cell selected where one is named."""
    return f"/experiment/{ophys_experiment_id}" + (f"?cells={cell}" if cell is not None else "")


def behavior_path(behavior_session_id: int, ophys_session_id: Any = None) -> str:
    """A session: all its planes where it was imaged, else its behaviour."""
    if ophys_session_id is None or pd.isna(ophys_session_id):
        return f"/behavior/{behavior_session_id}"
    return f"/session/{int(ophys_session_id)}"


def mouse_path(mouse_id: Any) -> str:
    """The training history of a mouse."""
    return f"/mouse/{mouse_id}"


def container_path(ophys_container_id: Any) -> str:
    """One imaging plane over its days."""
    return f"/container/{int(ophys_container_id)}"


def cell_path(cell_specimen_id: Any) -> str:
    """One cell on all its days."""
    return f"/cell/{int(cell_specimen_id)}"
