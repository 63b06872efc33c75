"""Tables of traces as in AllenSDK: one row per cell, one array per row."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.filtered_events import filter_events
from data_layer.nwb.aliases import Events
from data_layer.nwb.cells import Cells
from data_layer.nwb.file import NwbFile
from data_layer.nwb.tables import object_column
from data_layer.nwb.traces import TraceMatrix
from data_layer.values.trace_kinds import OPHYS

Floats = NDArray[np.float64]
Table = TypeVar("Table", bound=pd.DataFrame)

CORRECTED = f"{OPHYS}/corrected_fluorescence"
EVENTS = f"{OPHYS}/event_detection"
PARAMETERS = {
    "corrected_fluorescence": {"r": f"{CORRECTED}/r/data", "RMSE": f"{CORRECTED}/RMSE/data"},
    "events": {"lambda": f"{EVENTS}/lambdas", "noise_std": f"{EVENTS}/noise_stds"},
}


def trace_table(nwb: NwbFile, matrix: TraceMatrix, cells: Cells, column: str) -> pd.DataFrame:
    """Index cell_specimen_id; cell_roi_id and ``column``, a (n_frames,) array per cell.

    Raises:
        StreamDamaged: A cell has no trace, or the numbers of frames and timestamps differ.
    """
    missing = np.setdiff1d(cells.roi_ids, matrix.cell_roi_ids)
    if missing.size:
        raise nwb.damaged(column, f"cells {missing.tolist()} have no trace")
    len(matrix.timestamps)  # raises if their number is wrong
    table = cells.table[["cell_roi_id"]].copy()
    table[column] = _one_array_per_row(matrix.by_cell())
    return table


def corrected_table(nwb: NwbFile, matrix: TraceMatrix, cells: Cells) -> pd.DataFrame:
    """:func:`trace_table` with r and RMSE of the neuropil fit, if the file has them."""
    table = trace_table(nwb, matrix, cells, "corrected_fluorescence")
    return _with_parameters(table, trace_parameters(nwb, matrix))


def events_table(nwb: NwbFile, matrix: TraceMatrix, cells: Cells, weights: Floats) -> Events:
    """Index cell_specimen_id; cell_roi_id, events, filtered_events, lambda and noise_std.

    Cells without events in the file are left out.
    """
    len(matrix.timestamps)  # raises if their number is wrong
    kept = cells.table["cell_roi_id"].isin(matrix.cell_roi_ids)
    table = Events(cells.table.loc[kept, ["cell_roi_id"]])
    events = matrix.by_cell()
    table["events"] = _one_array_per_row(events)
    table["filtered_events"] = _one_array_per_row(filter_events(events.T, weights).T)
    return _with_parameters(table, trace_parameters(nwb, matrix))


def trace_parameters(nwb: NwbFile, matrix: TraceMatrix) -> pd.DataFrame:
    """The parameters of each cell's trace; the traces are not read.

    Index cell_roi_id in the order of ``matrix``. Columns: lambda and noise_std for events; r and
    RMSE for corrected fluorescence, which files of the first release lack; none for other traces.
    """
    paths = PARAMETERS.get(matrix.name, {})
    if matrix.name == "corrected_fluorescence" and not all(map(nwb.has, paths.values())):
        paths = {}
    values = {column: matrix.read_per_cell(path) for column, path in paths.items()}
    return pd.DataFrame(values, index=pd.Index(matrix.cell_roi_ids, name="cell_roi_id"))


def _with_parameters(table: Table, parameters: pd.DataFrame) -> Table:
    for column in parameters:
        table[column] = parameters[column].to_numpy()
    return table


def _one_array_per_row(traces: Floats) -> NDArray[np.object_]:
    traces.setflags(write=False)
    return object_column(list(traces)).to_numpy()
