"""All values at one moment, for the read-out, the eye panel and hovering over the heatmap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from data_layer.derived.trial_of_moment import trial_of_moment
from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.store.eye import ELLIPSE, EYE_PARTS, eye_frame
from data_layer.values.slices import Floats, Ints
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore


def nearest(times: Floats, t: float, within: float) -> int | None:
    """Index of the sample nearest to ``t``; None if it is more than ``within`` s away."""
    if not len(times):
        return None
    after = int(np.clip(np.searchsorted(times, t), 1, max(len(times) - 1, 1)))
    best = min((i for i in (after - 1, after) if i < len(times)), key=lambda i: abs(times[i] - t))
    return best if abs(times[best] - t) <= within else None


def trial_at(store: SessionStore, times: Floats) -> Ints:
    """The index of the trial at each time (s); -1 outside the trials.

    See :mod:`data_layer.derived.trial_of_moment`.
    """
    trials = store.spans("trials")
    return trial_of_moment(times, trials.starts, np.fmax.reduce(trials.stops, initial=-np.inf))


def behavior_at(store: SessionStore, t: float) -> dict[str, Any]:
    """Image, trial, running speed and eye at time ``t``; None for values absent at that time.

    ``unreadable`` names those whose part of the file is damaged; they are None too.
    """
    moment: dict[str, Any] = {"time": t}
    unreadable = []
    for name, read in _PARTS.items():
        try:
            moment[name] = read(store, t)
        except StreamMissing:
            moment[name] = None
        except StreamDamaged:
            moment[name] = None
            unreadable.append(name)
    return moment | {"unreadable": unreadable}


def cell_value(store: SessionStore, name: str, cell: int, t: float) -> float | None:
    """The sample of one cell's trace (``dff``, ``events``, …) nearest to ``t``."""
    times, values = store.cell_samples(name, cell)
    i = nearest(times, t, 2 * store.activity(name).frame_period)
    return None if i is None else _number(values[i])


def _image(store: SessionStore, t: float) -> str | None:
    shown = store.presentation_spans
    i = int(np.searchsorted(shown.starts, t, side="right")) - 1
    return str(shown.labels[i]) if i >= 0 and t <= shown.stops[i] else None


def _trial(store: SessionStore, t: float) -> dict[str, Any] | None:
    index = int(trial_at(store, np.array([t]))[0])
    if index < 0:
        return None
    outcome = str(store.spans("trials").labels[index])
    return {"trials_id": int(store.trials_ids[index]), "outcome": outcome}


def _value(store: SessionStore, name: str, t: float, within: float = 0.1) -> float | None:
    around = store.signal(name, Window(t - within, t + within))
    i = nearest(around.times, t, within)
    return None if i is None else _number(around.values[i])


def _eye(store: SessionStore, t: float) -> dict[str, Any] | None:
    times, _ = store.samples("pupil_area")
    i = nearest(times, t, 0.1)
    if i is None:
        return None
    row = eye_frame(store, i)
    parts = {part: {key: _number(row[f"{part}_{key}"]) for key in ELLIPSE} for part in EYE_PARTS}
    return {"frame": i, "likely_blink": bool(row["likely_blink"])} | parts


def _number(value: float) -> float | None:
    return None if not np.isfinite(value) else float(value)


_PARTS: Mapping[str, Callable[[SessionStore, float], Any]] = {
    "image": _image,
    "trial": _trial,
    "running_speed": lambda store, t: _value(store, "running_speed", t),
    "pupil_area": lambda store, t: _value(store, "pupil_area", t),
    "eye": _eye,
}
