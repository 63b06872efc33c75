"""Every single event of the panel ``events``, for each cell apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.components.numbers.numbers import Numbers
from dashboard.pages.session.numbers.asked import Asked
from dashboard.pages.session.numbers.events import asked_events, windows_note
from dashboard.pages.session.panels.around_events.asked import Asked as AskedEvents
from dashboard.pages.session.panels.around_events.drawing import frame_of, sliced
from dashboard.pages.session.panels.around_events.words import group_labels, note_of
from data_layer.derived.event_alignment import minus_baseline, window_mean
from data_layer.values.slices import TriggeredSlice

SAMPLES = (
    "One row per event, cell and offset (from the event). Values between samples are interpolated."
)
MEANS = "One row per event and cell: the means in the baseline and in the response window."
NO_GROUP = "left out"


def numbers(asked: Asked) -> Numbers:
    """One long table; of every cell the means in the windows alone, because the rest is too long.

    Raises:
        EmptyPanel: there is no such event, or no cell is selected.
        OverLimit: more is asked for than one request may cost.
    """
    events = asked_events(asked)
    choices = events.choices
    found = sliced(events)
    is_every = choices.is_of_cells and choices.of == "every"
    frame = _means(events, found) if is_every else _samples(events, found)
    unit = frame_of(events, found.offsets, found.unit).unit
    units = {"event_time": "s of the session", "offset": "s"}
    units |= dict.fromkeys(("value", "baseline", "response"), unit)
    windows = windows_note(choices, is_subtracted=choices.subtract and not is_every)
    left_out = int((events.split.groups[found.kept] < 0).sum())
    notes = [note_of(events, found.n_dropped, left_out), windows, MEANS if is_every else SAMPLES]
    title = f"Single events of {asked.name}"
    shown = {name: unit for name, unit in units.items() if name in frame}
    return Numbers(title, frame, shown, [*asked.notes, *notes])


def _events(events: AskedEvents, found: TriggeredSlice, each: int) -> dict[str, object]:
    """The columns that say which event and cell a row is of; ``each`` rows for every such pair."""
    n_events, n_rows, _ = found.values.shape
    labels = np.asarray([*group_labels(events), NO_GROUP], object)  # the group −1 is the last
    columns: dict[str, object] = {
        "event": np.repeat(found.kept + 1, n_rows * each),
        "event_time": np.repeat(events.events.times[found.kept], n_rows * each),
        "group": np.repeat(labels[events.split.groups[found.kept]], n_rows * each),
    }
    if names := _names(events, found):
        columns["cell"] = np.tile(np.repeat(names, each), n_events)
    return columns


def _names(events: AskedEvents, found: TriggeredSlice) -> list[int]:
    """The names of the cells; none where the rows are of no single cell."""
    if not events.choices.is_of_cells or len(found.cell_ids) != found.values.shape[1]:
        return []
    return [events.plane.cell_names[int(cell)] for cell in found.cell_ids]


def _samples(events: AskedEvents, found: TriggeredSlice) -> pd.DataFrame:
    values = found.values
    if events.choices.subtract:
        values = minus_baseline(found.offsets, values, events.choices.baseline)
    n_events, n_rows, n_t = values.shape
    offsets = np.tile(found.offsets, n_events * n_rows)
    columns = {"offset": offsets, "value": values.ravel()}
    return pd.DataFrame(_events(events, found, n_t) | columns)


def _means(events: AskedEvents, found: TriggeredSlice) -> pd.DataFrame:
    choices = events.choices
    windows = {"baseline": choices.baseline, "response": choices.response}
    columns = {
        name: window_mean(found.offsets, found.values, span).ravel()
        for name, span in windows.items()
    }
    return pd.DataFrame(_events(events, found, 1) | columns)
