"""Cells of a container matched across days, from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import UnknownId
from data_layer.project_cache.protocol import Cache


@dataclass(frozen=True, slots=True)
class MatchedCells:
    """The cells of one container on each of its days.

    ``cell_roi_ids`` (n_cells, n_days) has the cell's ROI on each day, -1 if it was not found.
    Rows are ``cell_specimen_ids`` (ascending), columns ``ophys_experiment_ids`` (by date).
    ``unmatched`` (n_days,) is the number of ROIs without a cell_specimen_id on each day.
    """

    cell_specimen_ids: NDArray[np.int64]
    ophys_experiment_ids: tuple[int, ...]
    cell_roi_ids: NDArray[np.int64]
    unmatched: NDArray[np.int64]

    @property
    def found(self) -> NDArray[np.bool_]:
        """Whether each cell was found on each day: (n_cells, n_days)."""
        return self.cell_roi_ids >= 0


def container_days(cache: Cache, ophys_container_id: int) -> pd.DataFrame:
    """The rows of the experiment table of one container, by date.

    Raises:
        UnknownId: No experiment belongs to this container.
    """
    table = cache.get_ophys_experiment_table()
    days = table[(table["ophys_container_id"] == ophys_container_id).fillna(False)]
    if days.empty:
        raise UnknownId("ophys_container_id", ophys_container_id)
    return _by_date(days)


def _by_date(days: pd.DataFrame) -> pd.DataFrame:
    # Sorting by id first makes the order of equal dates the same on every machine.
    return days.sort_index().sort_values("date_of_acquisition", kind="stable")


def specimen_of(cache: Cache, id_: int) -> int | None:
    """The cell_specimen_id for an id of a cell or ROI; None if the ROI is unmatched.

    Raises:
        UnknownId: Neither a cell nor a ROI of the tables has this id.
        TableDamaged: The table of cells cannot be read.
    """
    cells = cache.get_ophys_cells_table()
    if (cells["cell_specimen_id"] == id_).fillna(False).any():
        return id_
    if id_ not in cells.index:
        raise UnknownId("cell_specimen_id", id_)
    specimen = cells.loc[[id_], "cell_specimen_id"].iloc[0]
    return None if pd.isna(specimen) else int(specimen)


def container_of_cell(cache: Cache, cell_specimen_id: int) -> int | None:
    """The container in which a cell was matched; None if the tables do not name it.

    Raises:
        UnknownId: The tables have no ROI of this cell.
        TableDamaged: The table of cells cannot be read.
    """
    containers = _found_days(cache, cell_specimen_id)["ophys_container_id"].dropna()
    return None if containers.empty else int(containers.iloc[0])


def _found_days(cache: Cache, cell_specimen_id: int) -> pd.DataFrame:
    cells = cache.get_ophys_cells_table()
    mine = (cells["cell_specimen_id"] == cell_specimen_id).fillna(False).to_numpy(bool)
    experiments = cache.get_ophys_experiment_table()
    found = experiments[experiments.index.isin(cells["ophys_experiment_id"][mine].dropna())]
    if found.empty:
        raise UnknownId("cell_specimen_id", cell_specimen_id)
    return _by_date(found)


def matched_cells(cache: Cache, ophys_experiment_ids: Sequence[int]) -> MatchedCells:
    """The cells of a container, matched across its days.

    Args:
        cache: the cache with the table of cells.
        ophys_experiment_ids: the days of the container, by date.

    Raises:
        TableDamaged: The table of cells cannot be read.
    """
    cells = cache.get_ophys_cells_table()
    cells = cells[cells["ophys_experiment_id"].isin(ophys_experiment_ids)]
    is_matched = cells["cell_specimen_id"].notna().to_numpy()
    matched, single = cells[is_matched], cells[~is_matched]
    names = np.unique(matched["cell_specimen_id"].to_numpy(np.int64))
    column = {id_: i for i, id_ in enumerate(ophys_experiment_ids)}
    rois = np.full((len(names), len(column)), -1, dtype=np.int64)
    rows = np.searchsorted(names, matched["cell_specimen_id"].to_numpy(np.int64))
    columns = matched["ophys_experiment_id"].map(column).to_numpy(np.int64)
    rois[rows, columns] = matched.index.to_numpy(np.int64)
    per_day = single["ophys_experiment_id"].value_counts()
    unmatched = np.array([int(per_day.get(id_, 0)) for id_ in ophys_experiment_ids])
    return MatchedCells(names, tuple(ophys_experiment_ids), rois, unmatched)


@dataclass(frozen=True, slots=True)
class CellDay:
    """One day of a cell's container: its row in the experiment table, and the cell's ROI.

    ``cell_roi_id`` is None if the cell was not found; ``here`` says whether the file is on this
    machine, ``available`` whether it is or can be streamed.
    """

    ophys_experiment_id: int
    row: pd.Series
    cell_roi_id: int | None
    here: bool
    available: bool


def cell_days(cache: Cache, cell_specimen_id: int) -> tuple[CellDay, ...]:
    """Every day of a cell's container, by date; the days on which it was found if that is unknown.

    Raises:
        UnknownId: The tables have no ROI of this cell.
        TableDamaged: The table of cells cannot be read.
    """
    container = container_of_cell(cache, cell_specimen_id)
    if container is None:
        days = _found_days(cache, cell_specimen_id)
    else:
        days = container_days(cache, container)
    cells = matched_cells(cache, [int(id_) for id_ in days.index])
    row = int(np.searchsorted(cells.cell_specimen_ids, cell_specimen_id))
    rois = [roi if roi >= 0 else None for roi in cells.cell_roi_ids[row].tolist()]
    here, available = cache.here("experiment"), cache.available("experiment")
    return tuple(
        CellDay(id_, days.loc[[id_]].iloc[0], roi, id_ in here, id_ in available)
        for id_, roi in zip(days.index.tolist(), rois, strict=True)
    )
