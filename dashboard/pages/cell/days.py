"""The data of a cell on each day: the tissue and a part of its trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from dashboard.components.buttons.stream_link import NOT_HERE, NOT_LOADED
from dashboard.components.problems.parts import in_short
from dashboard.figures.days.cell_crops import Crop
from dashboard.figures.days.cell_traces import Snippet
from dashboard.urls.routes import projection_url
from data_layer.around_events.times import event_times
from data_layer.errors import DataLayerError
from data_layer.project_cache.matched_cells import CellDay
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window

T = TypeVar("T")
NOT_FOUND = "not found on this day"
SNIPPET = (-20.0, 40.0)  # s around the first hit
PIXELS = 500


def of_day(
    stores: OpenStores,
    day: CellDay,
    answer: Callable[[SessionStore, int], T],
    instead: Callable[[str], T],
    *,
    streamed: bool,
) -> T:
    """``answer(store, cell_roi_id)`` for a day, or ``instead(reason)`` if it cannot be computed.

    ``streamed`` says whether days that are not on this machine are read from object storage.
    """
    if day.cell_roi_id is None:
        return instead(NOT_FOUND)
    if not (day.here or (streamed and day.available)):
        return instead(NOT_LOADED if day.available else NOT_HERE)
    try:
        return answer(stores.experiment(day.ophys_experiment_id), day.cell_roi_id)
    except (DataLayerError, KeyError) as error:
        return instead(in_short(error))


def crop(store: SessionStore, cell_roi_id: int) -> Crop:
    """The projection around the cell, with its outline and those of its neighbours."""
    height, width = np.shape(store.experiment.max_projection)
    picture = projection_url(store.ophys_experiment_id)
    own = next((o for o in store.outlines if o.cell_roi_id == cell_roi_id), None)
    if own is None:
        return Crop(sentence="its ROI is not in the file")
    others = [one for one in store.outlines if one is not own]
    return Crop(picture, int(width), int(height), own, others)


def snippet(store: SessionStore, cell_roi_id: int) -> Snippet:
    """The trace around the first hit, or the first change, or the start."""
    name, moment = _moment(store)
    start, stop = moment + SNIPPET[0], moment + SNIPPET[1]
    trace = store.cell_signal("dff", cell_roi_id, Window(start, stop, PIXELS))
    marks = {
        kind: _within(event_times(store, kind).times, start, stop) - moment
        for kind in ("change", "omission")
    }
    return Snippet(
        trace.times - moment, trace.values, name, moment, marks["change"], marks["omission"]
    )


def _within(times: np.ndarray, start: float, stop: float) -> np.ndarray:
    return times[(times >= start) & (times <= stop)]


def _moment(store: SessionStore) -> tuple[str, float]:
    trials = store.trials
    hits = trials.loc[trials["hit"].astype(bool), "change_time"].dropna()
    if len(hits):
        return "first hit", float(hits.iloc[0])
    changes = event_times(store, "change").times
    if len(changes):
        return "first image change", float(changes[0])
    return "start of the session", store.bounds[0] - SNIPPET[0]
