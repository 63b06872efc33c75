"""Orders in which the cells of a plane can be shown; the stored order has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data_layer.derived.cell_responses import change_response as derived
from data_layer.prepared.kinds import ARRAY
from data_layer.prepared.registry import prepared
from data_layer.values.slices import Floats, Ints

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

ORDERS = {
    "stored": "as stored",
    "change_response": "change response",
    "activity": "mean activity",
    "cell_specimen_id": "cell id",
    "image_y": "position, top to bottom",
}


def cell_order(store: SessionStore, order: str, name: str = "dff") -> list[int]:
    """The cell_roi_ids of the plane in one of ``ORDERS``; an unknown order counts as stored."""
    cells = store.cells_of(name)
    if order == "change_response":
        return _descending(cells, change_response(store, name))
    if order == "activity":
        return _descending(cells, store.activity(name).mean_per_cell())
    if order == "cell_specimen_id":
        return _by_specimen(store, cells)
    if order == "image_y":
        height = {outline.cell_roi_id: outline.centre[1] for outline in store.outlines}
        return sorted((int(cell) for cell in cells), key=lambda cell: height.get(cell, np.inf))
    return [int(cell) for cell in cells]


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


def _change_response(store: SessionStore, name: str) -> Floats:
    activity, shown = store.activity(name), store.presentations
    changes = shown.loc[shown["is_change"].astype(bool), "start_time"].to_numpy(np.float64)
    n_cells = len(activity.matrix.cell_roi_ids)
    activity.matrix.fetch()
    return derived.change_response(activity.times, changes, activity.matrix.read, n_cells)


def _descending(cells: Ints, values: Floats) -> list[int]:
    ranked = np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
    return [int(cells[i]) for i in ranked]


def _by_specimen(store: SessionStore, cells: Ints) -> list[int]:
    table = store.cells
    names = dict(zip(table["cell_roi_id"], table["cell_specimen_id"].fillna(2**62), strict=True))
    return sorted((int(cell) for cell in cells), key=lambda cell: int(names.get(cell, 2**62)))
