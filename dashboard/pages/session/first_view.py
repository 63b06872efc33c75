"""The first view of a session: the time span and cell for links that do not name them."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from dashboard.pages.session.recording import Recording
from dashboard.urls import Address, ViewState
from data_layer.derived.trial_of_moment import first_moments
from data_layer.derived.trial_type import COMPLETED
from data_layer.errors import DataLayerError
from data_layer.store.cell_order import cell_order
from data_layer.store.session_store import SessionStore

FIRST_LENGTH = 60.0  # s
SHORTEST = 0.05  # s; instead of a window that is none once it is rounded
DIGITS = 4
RESOLUTION = 10**-DIGITS  # s; times are rounded to it for links and the browser


def bounds_of(recording: Recording) -> tuple[float, float]:
    """The first and last time (s) of a session that links and the browser know."""
    start, stop = recording.behavior.bounds
    return _rounded(start, math.ceil), _rounded(stop, math.floor)


def _rounded(time: float, way: Callable[[float], int] = round) -> float:
    return float(round(way(round(time / RESOLUTION, 3)) * RESOLUTION, DIGITS))


def first_span(recording: Recording, view: ViewState) -> tuple[float, float]:
    """The link's time span (s), or else one minute around the first hit, change or trial.

    A span that lies outside the session counts as none.
    """
    start, stop = bounds_of(recording)
    if view.span and view.span[0] < stop and view.span[1] > start:
        first, last = _rounded(max(view.span[0], start)), _rounded(min(view.span[1], stop))
        return (first, last) if first < last else (_rounded(last - SHORTEST), last)
    centre = _first_event(recording.behavior, default=start + FIRST_LENGTH / 2)
    latest = max(stop - FIRST_LENGTH, start)
    begin = _rounded(min(max(centre - FIRST_LENGTH / 2, start), latest))
    return begin, _rounded(min(begin + FIRST_LENGTH, stop))


def _first_event(store: SessionStore, default: float) -> float:
    try:
        every = [store.moments("hit"), store.moments("change"), store.spans("trials").starts]
    except DataLayerError:
        return default
    return next((float(times[0]) for times in every if len(times)), default)


def first_cells(recording: Recording, view: ViewState) -> list[int]:
    """The link's cells, or else the cell with the largest response to image changes.

    Where responses cannot be read, the first cell of the first plane whose cells can be.
    """
    if view.cells:
        return [cell for cell in view.cells if _may_have(recording, cell)]
    if not recording.planes:
        return []
    for plane in recording.planes:
        for order in (lambda p: cell_order(p, "change_response"), lambda p: [*p.cell_names]):
            with suppress(DataLayerError, IndexError):
                return [plane.cell_names[order(plane)[0]]]
    return []


def _may_have(recording: Recording, cell: int) -> bool:
    """Whether a plane has a cell; a plane that cannot be read may have it."""
    try:
        return recording.plane_of(cell) is not None or bool(recording.lost)
    except DataLayerError:
        return True


def landmarks(store: SessionStore) -> dict[str, Any]:
    """The times (s) to step to by kind, the image names, and the file with the images."""
    return {
        "file": _file(store).to_json(),
        "images": _image_names(store),
        **_trials(store),
        "change": _times(lambda: store.moments("change")),
        **{outcome: _times(lambda o=outcome: store.moments(o)) for outcome in COMPLETED},
        "omission": _times(lambda: _omissions(store)),
        "reward": _times(lambda: store.moments("reward")),
    }


def _trials(store: SessionStore) -> dict[str, Any]:
    """The first time of each trial, and the end of the last one (s)."""
    try:
        trials = store.spans("trials")
    except DataLayerError:
        return {"trial": [], "trials_stop": None}
    first = first_moments(trials.starts, RESOLUTION)
    stop = float(np.fmax.reduce(trials.stops)) if len(first) else None
    return {"trial": _times(lambda: first), "trials_stop": stop}


def _file(store: SessionStore) -> Address:
    if store.has_cells:
        return Address("experiment", store.ophys_experiment_id)
    return Address("behavior", store.behavior_session_id)


def _image_names(store: SessionStore) -> list[str]:
    try:
        return store.image_names if store.session.has("stimulus_templates") else []
    except DataLayerError:
        return []


def _omissions(store: SessionStore) -> Any:
    shown = store.presentation_spans
    return shown.starts[shown.flags["omitted"]] if "omitted" in shown.flags else []


def _times(read: Any) -> list[float]:
    try:
        times = np.asarray(read(), dtype=np.float64)
        return [float(t) for t in np.round(times[~np.isnan(times)], DIGITS)]
    except DataLayerError:
        return []
