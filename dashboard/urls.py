"""Every URL of the dashboard: paths of pages and pictures, and what a view's query says.

A session page's query, which ``assets/session/view.js`` writes the same way::

    ?t=1203.4-1263.4&cells=1086500017,1086500034&rows=stimulus,licks&activity=dff&sort=stored
    &traces=dff,events&projection=max_projection&tab=events&event=omission&split=image
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import pandas as pd

Kind = Literal["experiment", "behavior", "session"]
ID_NAMES: dict[Kind, str] = {
    "experiment": "ophys_experiment_id",
    "behavior": "behavior_session_id",
    "session": "ophys_session_id",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One imaging plane, one behaviour session, or all planes of one imaging session."""

    kind: Kind
    id: int

    @property
    def id_name(self) -> str:
        """AllenSDK's name of the id."""
        return ID_NAMES[self.kind]

    @property
    def path(self) -> str:
        """The page's path in the URL."""
        return f"/{self.kind}/{self.id}"

    def to_json(self) -> dict[str, str | int]:
        """What the page's ``address`` store holds."""
        return {"kind": self.kind, "id": self.id}

    @classmethod
    def from_json(cls, data: dict[str, str | int]) -> Address:
        """Read what the ``address`` store holds."""
        return cls(cast(Kind, data["kind"]), int(data["id"]))


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


MAX_COMPARED = 6  # experiments side by side
DEFAULT_ROWS = ("stimulus", "trials", "licks", "running_speed", "pupil_area", "activity", "cells")
EVENT_OPTIONS = {
    "event": "change",
    "signal": "dff",
    "of": "cells",
    "split": "outcome",
    "around": "",
    "baseline": "",
    "response": "",
    "subtract": "no",
    "band": "sem",
    "at": "",
    "engaged": "",
    "order": "response",
    "show": "figure",
}
"""Choices of the panel ``events``; an empty window is the usual one of the event."""

DEFAULT_OPTIONS: dict[str, Any] = {
    "rows": list(DEFAULT_ROWS),
    "activity": "dff",
    "sort": "stored",
    "traces": ["dff"],
    "projection": "max_projection",
    "tab": "trials",
    **EVENT_OPTIONS,
}
_SPAN = re.compile(r"^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class ViewState:
    """A time span (s), the selected cells and the options; None and empty mean: choose for me."""

    span: tuple[float, float] | None = None
    cells: tuple[int, ...] = ()
    options: dict[str, Any] = field(default_factory=lambda: dict(DEFAULT_OPTIONS))

    @classmethod
    def from_query(cls, query: dict[str, Any]) -> ViewState:
        """Read a URL query; what cannot be understood is left at its default."""
        options = dict(DEFAULT_OPTIONS)
        for name, default in DEFAULT_OPTIONS.items():
            if text := str(query.get(name) or ""):
                options[name] = text.split(",") if isinstance(default, list) else text
        return cls(_span(query.get("t")), _cells(query.get("cells")), options)


def _span(text: Any) -> tuple[float, float] | None:
    match = _SPAN.match(str(text or ""))
    if not match:
        return None
    start, stop = float(match[1]), float(match[2])
    return (start, stop) if stop > start else None


def _cells(text: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in str(text or "").split(",") if part.isdigit())
