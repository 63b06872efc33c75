"""Writes the tables of trials and of stimulus presentations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hdmf.common import ElementIdentifiers, VectorData, VectorIndex
from numpy.typing import NDArray
from pynwb import NWBFile, TimeSeries
from pynwb.base import TimeSeriesReference, TimeSeriesReferenceVectorData
from pynwb.epoch import TimeIntervals

_PRESENTATION_COLUMNS = [
    "start_time",
    "stop_time",
    "stimulus_block",
    "stimulus_block_name",
    "image_index",
    "image_name",
    "movie_frame_index",
    "duration",
    "start_frame",
    "end_frame",
    "is_change",
    "is_image_novel",
    "omitted",
    "movie_repeat",
    "flashes_since_change",
    "trials_id",
    "active",
    "stimulus_name",
    "is_sham_change",
    "image_set",
    "orientation",
    "phase",
    "spatial_frequency",
]
_DESCRIPTIONS = {
    "start_time": "Start time of epoch, in seconds",
    "stop_time": "Stop time of epoch, in seconds",
}


def add_trials(nwbfile: NWBFile, trials: pd.DataFrame) -> None:
    """Write ``/intervals/trials``."""
    columns = []
    for name in trials.columns:
        if name == "lick_times":
            columns += _lick_times(list(trials["lick_times"]))
        else:
            columns.append(_column(name, trials[name]))
    nwbfile.trials = TimeIntervals(
        name="trials",
        description="experimental trials",
        id=_row_ids(len(trials)),
        columns=columns,
        colnames=list(trials.columns),
    )


def add_presentations(nwbfile: NWBFile, presentations: pd.DataFrame) -> None:
    """Write one table of presentations for each stimulus name."""
    frames = nwbfile.processing["stimulus"]["timestamps"]
    for name, rows in presentations.groupby("stimulus_name", sort=True):
        present = [c for c in _PRESENTATION_COLUMNS if c in rows and rows[c].notna().any()]
        columns = [_column(column, rows[column]) for column in present]
        columns += _tags(len(rows)) + _frame_references(rows, frames)
        nwbfile.add_time_intervals(
            TimeIntervals(
                name=f"{name}_presentations",
                description=f"Presentations of {name}; pictures are named in the templates",
                id=_row_ids(len(rows)),
                columns=columns,
                colnames=[*present, "tags", "timeseries"],
            )
        )


def _column(name: str, values: pd.Series[Any]) -> VectorData:
    data: Any = values.to_numpy()
    if data.dtype == object or pd.api.types.is_string_dtype(values):
        data = [str(value) for value in values]
    return VectorData(name=name, description=_DESCRIPTIONS.get(name, "no description"), data=data)


def _row_ids(n: int) -> ElementIdentifiers:
    return ElementIdentifiers(name="id", data=np.arange(n))


def _lick_times(licks: list[NDArray[np.float64]]) -> list[VectorData]:
    """The ragged column; as in the release, a session without licks has one empty text."""
    ends = np.cumsum([len(times) for times in licks])
    data: Any = np.concatenate(licks) if ends[-1] else [""]
    column = VectorData(name="lick_times", description="Times of the trial's licks, s", data=data)
    return [VectorIndex(name="lick_times_index", data=_smallest(ends), target=column), column]


def _tags(n: int) -> list[VectorData]:
    column = VectorData(
        name="tags", description="user-defined tags", data=["stimulus_time_interval"] * n
    )
    index = VectorIndex(name="tags_index", data=_smallest(np.arange(1, n + 1)), target=column)
    return [index, column]


def _frame_references(rows: pd.DataFrame, frames: TimeSeries) -> list[VectorData]:
    """References from each presentation to its monitor frames."""
    first = np.searchsorted(frames.timestamps, rows["start_time"])
    count = np.searchsorted(frames.timestamps, rows["stop_time"]) - first
    references = [
        TimeSeriesReference(int(start), int(n), frames)
        for start, n in zip(first, count, strict=True)
    ]
    column = TimeSeriesReferenceVectorData(
        name="timeseries", description="index into a TimeSeries object", data=references
    )
    ends = _smallest(np.arange(1, len(rows) + 1))
    return [VectorIndex(name="timeseries_index", data=ends, target=column), column]


def _smallest(ends: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    """End indices in the smallest unsigned integer type that fits them."""
    return np.asarray(ends).astype(np.min_scalar_type(int(ends[-1])))
