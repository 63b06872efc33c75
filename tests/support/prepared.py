"""Sessions of many kinds for tests of prepared stores, and all values that a page reads of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from data_layer.quality.measures import measures
from data_layer.quality.session_checks import quality
from data_layer.store.attributes import rows_of
from data_layer.store.cell_order import ORDERS, cell_order, change_response
from data_layer.store.eye import eye_range, pupil_centres
from data_layer.store.moment import behavior_at
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS
from data_layer.values.window import Window
from tests.support import recordings
from tests.support.nwb_files import write_experiment
from tests.support.writable import writable

ACTIVITIES = ("dff", "events", "filtered_events", "corrected_fluorescence")
KINDS = (*recordings.KINDS, "one cell", "no cells", "gaps in everything")


def write(kind: str, folder: Path) -> Path:
    """Write the NWB file of a session of one of ``KINDS``."""
    if kind in recordings.KINDS:
        return recordings.write(kind, folder)
    if kind == "gaps in everything":
        return _with_gaps(write_experiment(folder, n_cells=3))
    n_cells = 1 if kind == "one cell" else 0
    return write_experiment(folder, n_cells=n_cells + 1, n_invalid=1)


def _with_gaps(path: Path) -> Path:
    """Put NaN into running and traces: single samples, long gaps, and one whole cell."""
    with writable(path) as file:
        speed = file["processing/running/speed/data"]
        traces = file["processing/ophys/dff/traces/data"]
        for dataset in (speed, traces):
            values = dataset[:]
            values[100:900] = np.nan
            values[1000::97] = np.nan
            dataset[:] = values
        traces[:, 1] = np.nan
    return path


def windows(store: SessionStore) -> Iterator[Window]:
    """The whole session at several widths, parts of it, its edges, and beyond."""
    start, stop = store.bounds
    length = stop - start
    for pixels in (37, 1500):
        yield Window(start, stop, pixels)
    for part, pixels in ((0.4, 211), (0.05, 90), (0.01, 1000)):
        yield Window(start + 0.3 * length, start + (0.3 + part) * length, pixels)
    yield Window(start - 5, start + 5, 100)
    yield Window(stop + 50, stop + 60, 100)


def signal_names(store: SessionStore) -> list[str]:
    """The signals that a session of this kind may have."""
    return [name for name, s in SIGNALS.items() if hasattr(type(store.session), s.stream)]


def everything(store: SessionStore) -> dict[str, Any]:
    """All values that a page can read of a session, by name."""
    answers = _behavior(store)
    if store.has_cells and len(store.cells):
        answers |= _imaging(store)
    return answers


def _behavior(store: SessionStore) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "presentations": store.presentations,
        "trials": store.trials,
        "licks": store.lick_table,
        "rewards": store.reward_table,
        "engaged": store.engaged(),
        "blocks": store.blocks(),
        "eye range": eye_range(store),
        "quality": quality(store),
        "measures": measures(store),
        "pupil centres": pupil_centres(store),
        "presentations as stored": rows_of(store, "stimulus_presentations").read(0, 10_000),
    }
    for part in (0.1, 0.5, 0.73):
        start, stop = store.bounds
        answers[f"moment {part}"] = behavior_at(store, start + part * (stop - start))
    for name in signal_names(store):
        answers[f"samples of {name}"] = store.samples(name)
        answers[f"range of {name}"] = store.usual_range(name)
        answers[f"ends of {name}"] = store.recorded(name)
    for i, window in enumerate(windows(store)):
        for ask in (store.flashes, store.trial_spans, store.licks, store.rewards, store.blinks):
            answers[f"{ask.__name__} {i}"] = ask(window)
        for flag in ("is_change", "omitted"):
            answers[f"{flag} {i}"] = store.flash_marks(flag, window)
        for name in signal_names(store):
            answers[f"{name} {i}"] = store.signal(name, window)
    return answers


def _imaging(store: SessionStore) -> dict[str, Any]:
    cells = store.cells["cell_roi_id"].tolist()
    answers: dict[str, Any] = {"outlines": store.outlines, "response": change_response(store)}
    answers |= {f"order {order}": cell_order(store, order) for order in ORDERS}
    for name in ACTIVITIES:
        traced = [cell for cell in cells if cell in store.activity(name).matrix.cell_roi_ids]
        for i, window in enumerate(windows(store)):
            answers[f"{name} map {i}"] = store.heatmap(name, window, cells[::-1])
            answers |= {
                f"{name} of {cell} {i}": store.cell_signal(name, cell, window) for cell in traced
            }
    return answers
