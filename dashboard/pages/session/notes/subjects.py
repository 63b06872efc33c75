"""The subjects of notes on a session page: its planes and its session."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.urls import Address
from data_layer.annotations.annotation import Subject
from data_layer.project_cache.protocol import Cache

PANELS = ("session", "timeline", "field of view")  # beside those in tabs
SESSION = "the whole session"


def subjects_of(cache: Cache, address: Address, facts: dict[str, Any]) -> dict[Subject, str]:
    """The subjects with their names: the page's own first, then those that belong to it.

    ``facts`` are the metadata of the page's recording; empty if it is unknown.
    """
    if not facts:
        return {}
    session = address.id if address.kind == "behavior" else facts.get("behavior_session_id")
    whole = {} if session is None else {Subject("session", int(session)): SESSION}
    if address.kind == "experiment":
        return {Subject("experiment", address.id): "this plane"} | whole
    return whole | _planes(cache.get_ophys_experiment_table(), session)


def _planes(experiments: pd.DataFrame, behavior_session_id: Any) -> dict[Subject, str]:
    planes = experiments[(experiments["behavior_session_id"] == behavior_session_id).fillna(False)]
    rows = zip(planes.index.tolist(), planes.to_dict("records"), strict=True)
    return {Subject("experiment", id_): _named(id_, row) for id_, row in rows}


def _named(id_: int, row: dict[Any, Any]) -> str:
    return f"plane {theme.place(row) or id_}"
