"""The activity of a plane's cells in one block, in the brightness that a replay shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_layer.store.session_store import SessionStore
from data_layer.values.slices import Floats
from data_layer.values.window import Window

LEVELS = 255


@dataclass(frozen=True, slots=True)
class ActivityFrames:
    """Imaging frames of a block: ``levels`` (n_frames, n_cells) uint8, cells in table order.

    A level of 0 is a missing value, 1 is zero or below, and 255 is ``top`` (``unit``) or above.
    ``times`` (n_frames,) are s.
    """

    times: Floats
    levels: NDArray[np.uint8]
    top: float
    unit: str


def activity_frames(store: SessionStore, kind: str, window: Window) -> ActivityFrames:
    """The frames of a plane in a block and one to either side, of a kind of ``TRACE_KINDS``."""
    activity = store.activity(kind)
    first, last = np.searchsorted(activity.times, (window.start, window.stop))
    begin, end = max(int(first) - 1, 0), min(int(last) + 1, len(activity.times))
    values = activity.matrix.read(begin, end)
    top, unit = float(activity.top) or 1.0, activity.matrix.unit
    columns = _columns(store, activity.matrix.cell_roi_ids)
    return ActivityFrames(activity.times[begin:end], _levels(values, columns, top), top, unit)


def _columns(store: SessionStore, stored: NDArray[np.integer]) -> NDArray[np.int64]:
    """The column of each cell of the table in the matrix; -1 for one without such a trace."""
    column_of = {cell: column for column, cell in enumerate(stored.tolist())}
    cells = store.cells["cell_roi_id"].astype(int).tolist()
    return np.array([column_of.get(cell, -1) for cell in cells], np.int64)


def _levels(values: Floats, columns: NDArray[np.int64], top: float) -> NDArray[np.uint8]:
    if not values.shape[1]:
        return np.zeros((len(values), len(columns)), np.uint8)
    chosen = values[:, columns]
    shades = 1 + np.clip(chosen / top, 0, 1) * (LEVELS - 1)
    known = np.isfinite(chosen) & (columns >= 0)
    return np.where(known, np.nan_to_num(shades).round(), 0).astype(np.uint8)
