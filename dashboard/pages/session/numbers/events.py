"""The numbers of the panel ``events``: averages and single events, or the means of every cell."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.components.numbers.numbers import Numbers
from dashboard.pages.session.numbers.asked import Asked
from dashboard.pages.session.panels.around_events.asked import Asked as AskedEvents
from dashboard.pages.session.panels.around_events.asked import ask
from dashboard.pages.session.panels.around_events.choices import Choices, span_text
from dashboard.pages.session.panels.around_events.cost import refuse_too_large
from dashboard.pages.session.panels.around_events.drawing import (
    Averages,
    averages,
    frame_of,
    ordered_means,
)
from dashboard.pages.session.panels.around_events.words import group_labels, note_of

COLUMNS = ("shows", "group", "n", "event_time", "cell", "offset", "value", "low", "high")
ABOUT = (
    "shows: mean (with low and high, the interval drawn around it, of n events) or event (one "
    "event at event_time). offset: from the event. Values between samples are interpolated."
)


def numbers(asked: Asked) -> Numbers:
    """One long table.

    Raises:
        EmptyPanel: there is no such event, or no cell is selected.
        OverLimit: more is asked for than one request may cost.
    """
    events = asked_events(asked)
    choices = events.choices
    if choices.is_of_cells and choices.of == "every":
        frame, note, unit = _every_cell(events)
    else:
        shown = averages(events)
        frame = pd.concat([_means(shown), _single(shown)], ignore_index=True)
        note = note_of(events, shown.n_dropped, shown.n_left_out)
        unit = frame_of(events, shown.offsets, shown.unit).unit
    units = {"event_time": "s of the session", "offset": "s"}
    units |= dict.fromkeys(("value", "low", "high"), unit)
    windows = windows_note(choices, is_subtracted=choices.subtract)
    notes = [*asked.notes, note, windows, ABOUT]
    return Numbers(f"Around events of {asked.name}", frame.reindex(columns=COLUMNS), units, notes)


def asked_events(asked: Asked) -> AskedEvents:
    """The events and cells of a request.

    Raises:
        EmptyPanel: there is no such event, or no cell is selected.
        OverLimit: more is asked for than one request may cost.
    """
    choices = Choices.of_options(asked.options, has_cells=bool(asked.recording.planes))
    events = ask(asked.recording, asked.cells, choices)
    refuse_too_large(events)
    return events


def windows_note(choices: Choices, *, is_subtracted: bool) -> str:
    """A sentence with the windows, and whether the baseline's mean is taken from the values."""
    return (
        f"Windows in s from the event: shown {span_text(choices.around)}; baseline "
        f"{span_text(choices.baseline)}; response {span_text(choices.response)}"
        f"{'; minus baseline' if is_subtracted else ''}."
    )


def _means(shown: Averages) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "shows": "mean",
                "group": line.label,
                "n": line.n,
                "offset": shown.offsets,
                "value": line.mean,
                "low": line.low,
                "high": line.high,
            }
        )
        for line in shown.lines
    ]
    return pd.concat(parts, ignore_index=True)


def _single(shown: Averages) -> pd.DataFrame:
    values, times = shown.trials.values, shown.trials.times
    n_events, n_t = values.shape
    groups = np.asarray(shown.labels, object)[shown.trials.groups]
    return pd.DataFrame(
        {
            "shows": "event",
            "group": np.repeat(groups, n_t),
            "event_time": np.repeat(times, n_t),
            "offset": np.tile(shown.offsets, n_events),
            "value": values.ravel(),
        }
    )


def _every_cell(events: AskedEvents) -> tuple[pd.DataFrame, str, str]:
    means, values, names = ordered_means(events)
    n_groups, n_cells, n_t = values.shape
    frame = pd.DataFrame(
        {
            "shows": "mean",
            "group": np.repeat(np.asarray(group_labels(events), object), n_cells * n_t),
            "n": np.repeat(means.n_events, n_cells * n_t),
            "cell": pd.array(np.tile(np.repeat(names, n_t), n_groups), dtype="Int64"),
            "offset": np.tile(means.offsets, n_groups * n_cells),
            "value": values.ravel(),
        }
    )
    left_out = int((events.split.groups[means.kept] < 0).sum())
    unit = frame_of(events, means.offsets, means.unit).unit
    return frame, note_of(events, means.n_dropped, left_out), unit
