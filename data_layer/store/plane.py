"""The cells of an imaging plane: their table, their outlines, and the cells of each trace kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.levels.outlines import outline
from data_layer.prepared.kinds import ARRAY, OUTLINES, TABLE
from data_layer.prepared.registry import Datum, prepared
from data_layer.store.session_data import SessionData
from data_layer.values.slices import Floats, Ints, Outline
from data_layer.values.trace_kinds import TRACE_KINDS


@prepared("cells", TABLE, needs_cells=True)
def cells(data: SessionData) -> pd.DataFrame:
    """One row per valid cell, table order; cell_specimen_id is NA for unmatched cells."""
    return data.experiment.cells


@prepared("outlines", OUTLINES, needs_cells=True)
def outlines(data: SessionData) -> tuple[Outline, ...]:
    """The outline of every valid cell, table order."""
    table = cells(data)
    data.experiment.fetch_roi_masks()
    specimens = table["cell_specimen_id"].astype(object)
    return tuple(
        outline(
            data.experiment.roi_mask(roi_id),
            roi_id,
            None if pd.isna(specimen) else int(specimen),
        )
        for roi_id, specimen in zip(table["cell_roi_id"].tolist(), specimens, strict=True)
    )


@prepared("brightness", ARRAY, needs_cells=True)
def brightness(data: SessionData) -> Floats:
    """The mean of the average projection inside each valid cell's mask (n_cells,), table order.

    In gray levels from 0 to 255; NaN for a cell without a pixel.
    """
    picture = np.asarray(data.experiment.average_projection.data, np.float64)
    data.experiment.fetch_roi_masks()
    masks = (data.experiment.roi_mask(roi_id) for roi_id in cells(data)["cell_roi_id"].tolist())
    return np.array([picture[mask].mean() if mask.any() else np.nan for mask in masks], np.float64)


def _cells_of(kind: str, data: SessionData) -> Ints:
    return data.activity(kind).matrix.cell_roi_ids


CELLS_OF: Mapping[str, Datum[SessionData, NDArray[Any]]] = {
    kind: prepared(f"cells of {kind}", ARRAY, needs_cells=True)(partial(_cells_of, kind))
    for kind in TRACE_KINDS
}
"""The cell_roi_id of every cell that has a kind of trace, in stored order."""
