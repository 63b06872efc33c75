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
    times, values = activity.frames(window, store.cells["cell_roi_id"].to_numpy(np.int64))
    top, unit = float(activity.top) or 1.0, activity.matrix.unit
    return ActivityFrames(times, _levels(values.T, top), top, unit)


def _levels(values: NDArray[np.float32], top: float) -> NDArray[np.uint8]:
    shades = 1 + np.clip(values / top, 0, 1) * (LEVELS - 1)
    return np.where(np.isfinite(values), np.nan_to_num(shades).round(), 0).astype(np.uint8)
