"""The table of a plane's cells with measures of their outlines, traces and activity."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data_layer.derived.block_statistics import block_statistics
from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.store.cell_order import change_response, omission_response
from data_layer.store.plane import brightness

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

FRAMES_AT_ONCE = 4096


def cell_table(store: SessionStore) -> pd.DataFrame:
    """One row per valid cell, in the order of the cell table.

    It has every column of ``store.cells`` and, if they can be read, ``mask_area`` (px²), ``r``,
    ``RMSE``, ``lambda``, ``noise_std``, ``brightness`` (gray levels from 0 to 255), and
    ``change_response`` and ``omission_response`` (ΔF/F).
    """
    table = store.cells.set_index("cell_roi_id", drop=False)
    for read in (_areas, _brightness, _neuropil_fit, _event_noise, _responses):
        with suppress(StreamMissing, StreamDamaged):
            table = table.join(read(store))
    return table.reset_index(drop=True)


def _areas(store: SessionStore) -> pd.Series[int]:
    areas = {outline.cell_roi_id: outline.area for outline in store.outlines}
    return pd.Series(areas, name="mask_area", dtype=np.int64)


def _neuropil_fit(store: SessionStore) -> pd.DataFrame:
    return store.experiment.trace_parameters("corrected_fluorescence")


def _event_noise(store: SessionStore) -> pd.DataFrame:
    return store.experiment.trace_parameters("events")


def _brightness(store: SessionStore) -> pd.Series[float]:
    roi_ids = store.cells["cell_roi_id"]
    return pd.Series(brightness(store), index=roi_ids.to_numpy(), name="brightness")


def _responses(store: SessionStore) -> pd.DataFrame:
    responses = {
        "change_response": change_response(store),
        "omission_response": omission_response(store),
    }
    return pd.DataFrame(responses, index=store.cells_of("dff"))


def dff_statistics(store: SessionStore) -> pd.DataFrame:
    """``dff_mean``, ``dff_std`` and ``dff_max`` (ΔF/F) over the session, index cell_roi_id.

    Reads every sample once, in blocks. The table has no columns if the plane has no dF/F.
    """
    return store.memo.get("dff_statistics", lambda: _dff_statistics(store))


def _dff_statistics(store: SessionStore) -> pd.DataFrame:
    try:
        matrix = store.activity("dff").matrix
    except StreamMissing:
        return pd.DataFrame()
    matrix.fetch()
    starts = range(0, matrix.shape[0], FRAMES_AT_ONCE)
    statistics = block_statistics(matrix.read(i, i + FRAMES_AT_ONCE) for i in starts)
    return statistics.add_prefix("dff_").set_index(pd.Index(matrix.cell_roi_ids))
