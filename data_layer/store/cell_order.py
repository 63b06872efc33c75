"""Orders in which the cells of a plane can be shown; the stored order has no meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from data_layer.derived.cell_responses import change_response as derived
from data_layer.derived.cell_responses.omission_response import omission_response as of_omissions
from data_layer.prepared.kinds import ARRAY
from data_layer.prepared.registry import prepared
from data_layer.store.plane import brightness
from data_layer.values.slices import Floats, Ints

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

ORDERS = {
    "stored": "as stored",
    "change_response": "change response",
    "omission_response": "omission response",
    "activity": "mean activity",
    "brightness": "brightness",
    "cell_specimen_id": "cell id",
    "image_y": "position, top to bottom",
}


def cell_order(store: SessionStore, order: str, name: str = "dff") -> list[int]:
    """The cell_roi_ids of the plane in one of ``ORDERS``; an unknown order counts as stored."""
    cells = store.cells_of(name)
    greatest_first = {
        "change_response": lambda: change_response(store, name),
        "omission_response": lambda: omission_response(store, name),
        "activity": lambda: store.activity(name).mean_per_cell(),
        "brightness": lambda: _brightness_of(store, cells),
    }
    if order in greatest_first:
        return _descending(cells, greatest_first[order]())
    if order == "cell_specimen_id":
        return _by_specimen(store, cells)
    if order == "image_y":
        height = {outline.cell_roi_id: outline.centre[1] for outline in store.outlines}
        return sorted((int(cell) for cell in cells), key=lambda cell: height.get(cell, np.inf))
    return [int(cell) for cell in cells]


def _brightness_of(store: SessionStore, cells: Ints) -> Floats:
    """The brightness of some cells (n_cells,), gray levels; see ``plane.brightness``."""
    levels = dict(zip(store.cells["cell_roi_id"].tolist(), brightness(store), strict=True))
    return np.array([levels.get(int(cell), np.nan) for cell in cells], np.float64)


def change_response(store: SessionStore, name: str = "dff") -> Floats:
    """The change response of each cell (n_cells,) in the unit of its trace; NaN without a change.

    See :mod:`data_layer.derived.cell_responses.change_response`.
    """
    if name == "dff":
        return dff_change_response(store)
    return store.memo.get(f"change_response {name}", lambda: _change_response(store, name))


@prepared("change_response", ARRAY, needs_cells=True)
def dff_change_response(store: SessionStore) -> Floats:
    """:func:`change_response` of dF/F."""
    return _change_response(store, "dff")


def omission_response(store: SessionStore, name: str = "dff") -> Floats:
    """The omission response of each cell (n_cells,); NaN without an omission.

    See :mod:`data_layer.derived.cell_responses.omission_response`.
    """
    if name == "dff":
        return dff_omission_response(store)
    return store.memo.get(f"omission_response {name}", lambda: _omission_response(store, name))


@prepared("omission_response", ARRAY, needs_cells=True)
def dff_omission_response(store: SessionStore) -> Floats:
    """:func:`omission_response` of dF/F."""
    return _omission_response(store, "dff")


def _change_response(store: SessionStore, name: str) -> Floats:
    return _response(store, name, "is_change", derived.change_response)


def _omission_response(store: SessionStore, name: str) -> Floats:
    return _response(store, name, "omitted", of_omissions)


def _response(store: SessionStore, name: str, flag: str, compute: Callable[..., Floats]) -> Floats:
    """The response to the presentations with a flag; NaN where the file has no such flag."""
    activity, shown = store.activity(name), store.presentations
    flagged = (
        shown[flag].fillna(False).astype(bool) if flag in shown else np.zeros(len(shown), bool)
    )
    events = shown.loc[flagged, "start_time"].to_numpy(np.float64)
    n_cells = len(activity.matrix.cell_roi_ids)
    activity.matrix.fetch()
    return compute(activity.times, events, activity.matrix.read, n_cells)


def _descending(cells: Ints, values: Floats) -> list[int]:
    ranked = np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
    return [int(cells[i]) for i in ranked]


def _by_specimen(store: SessionStore, cells: Ints) -> list[int]:
    table = store.cells
    names = dict(zip(table["cell_roi_id"], table["cell_specimen_id"].fillna(2**62), strict=True))
    return sorted((int(cell) for cell in cells), key=lambda cell: int(names.get(cell, 2**62)))
