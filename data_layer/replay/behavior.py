"""One block of a session without its cells: stimuli, trials, licks, rewards, running and eye."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.levels.downsampling import window_indices
from data_layer.replay.outcome_times import outcome_times
from data_layer.store.eye import COLUMNS, ELLIPSE, EYE_PARTS, frames_of_eye
from data_layer.store.session_store import SessionStore
from data_layer.values.samples import Samples
from data_layer.values.slices import SpanSlice
from data_layer.values.window import Window

Arrays = Mapping[str, NDArray[Any]]
RESPONSE_WINDOW_STOP = 0.75
"""s after the change, where the file does not say it."""
LEAD = 2.0
"""s before a block from which its licks and rewards are, because a replay shows them a while."""
ELLIPSES = slice(0, len(EYE_PARTS) * len(ELLIPSE))
BLINK = COLUMNS.index("likely_blink")


def behavior_block(store: SessionStore, window: Window) -> dict[str, Any]:
    """The arrays of each part of a block by name; None for a part that the session lacks.

    ``unreadable`` names the parts whose data are damaged; they are None too. Times are in
    seconds of the session. ``presentations`` overlap the block; ``trials`` are those of its moments
    (see :mod:`data_layer.derived.trial_of_moment`); samples are those within it and one to either
    side.
    """
    block: dict[str, Any] = {"unreadable": []}
    for name, read in PARTS.items():
        try:
            block[name] = read(store, window)
        except (StreamMissing, StreamDamaged) as problem:
            block[name] = None
            if isinstance(problem, StreamDamaged):
                block["unreadable"].append(name)
    return block


def _presentations(store: SessionStore, window: Window) -> Arrays:
    every = store.presentation_spans
    spans = every.take(~(every.stops < window.start) & (every.starts <= window.stop))
    return {"start": spans.starts, "stop": spans.stops, "name": spans.labels} | _changes(spans)


def _changes(spans: SpanSlice) -> dict[str, NDArray[Any]]:
    none = np.zeros(len(spans.starts), bool)
    names = ("is_change", "is_sham_change")
    return {name: spans.flags.get(name, none) for name in names}


def _trials(store: SessionStore, window: Window) -> Arrays:
    spans = store.spans("trials")
    first = np.searchsorted(spans.starts, window.start, side="right") - 1
    last = np.searchsorted(spans.starts, window.stop, side="right")
    chosen = slice(max(int(first), 0), int(last))
    known = store.memo.get("outcome times", lambda: _outcome_times(store))
    return {
        "id": store.trials_ids[chosen],
        "start": spans.starts[chosen],
        "stop": spans.stops[chosen],
        "outcome": spans.labels[chosen],
        "known": known[chosen],
    }


def _outcome_times(store: SessionStore) -> NDArray[np.float64]:
    return outcome_times(store.trials, _response_window_stop(store))


def _response_window_stop(store: SessionStore) -> float:
    try:
        return float(store.session.task_parameters["response_window_sec"][1])
    except (StreamMissing, StreamDamaged, KeyError, TypeError):
        return RESPONSE_WINDOW_STOP


def _licks(store: SessionStore, window: Window) -> Arrays:
    times = store.lick_table["timestamps"].to_numpy(np.float64)
    return {"time": times[_lately(times, window)]}


def _rewards(store: SessionStore, window: Window) -> Arrays:
    table = store.reward_table
    times = table["timestamps"].to_numpy(np.float64)
    lately = _lately(times, window)
    return {"time": times[lately], "free": table["auto_rewarded"].to_numpy(bool)[lately]}


def _lately(times: NDArray[np.float64], window: Window) -> NDArray[np.bool_]:
    return (times >= window.start - LEAD) & (times <= window.stop)


def _running(store: SessionStore, window: Window) -> Arrays:
    times, speeds = _part(store.samples("running_speed"), window)
    return {"time": times, "value": speeds.astype(np.float32)}


def _eye(store: SessionStore, window: Window) -> Arrays:
    """The ellipses of each camera frame (n_frames, 15): pupil, eye, cr; the pupil's area (px²)."""
    times, areas = store.samples("pupil_area")
    first, last = window_indices(times, window.start, window.stop)
    frames = frames_of_eye(store, first, last)
    return {
        "time": times[first:last],
        "frame": np.arange(first, last),
        "ellipses": frames[:, ELLIPSES].astype(np.float32),
        "blink": frames[:, BLINK] > 0,
        "area": areas[first:last].astype(np.float32),
    }


def _part(samples: Samples, window: Window) -> Samples:
    times, values = samples
    first, last = window_indices(times, window.start, window.stop)
    return times[first:last], values[first:last]


PARTS: Mapping[str, Callable[[SessionStore, Window], Arrays]] = {
    "presentations": _presentations,
    "trials": _trials,
    "licks": _licks,
    "rewards": _rewards,
    "running": _running,
    "eye": _eye,
}
