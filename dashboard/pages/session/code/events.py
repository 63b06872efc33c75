"""The code of the panel ``events``: single events at common offsets, and the mean of each group."""

from __future__ import annotations

import json
import textwrap

import numpy as np

from dashboard.pages.session.code.program import row_of
from dashboard.pages.session.numbers.asked import Asked
from dashboard.pages.session.panels.around_events.asked import Asked as AskedEvents
from dashboard.pages.session.panels.around_events.asked import ask
from dashboard.pages.session.panels.around_events.choices import Choices
from dashboard.pages.session.panels.around_events.words import group_labels
from data_layer.around_events.triggered_signals import LICK_BIN, LICK_RATE
from data_layer.derived.event_alignment import RATE
from data_layer.values.slices import Floats, Ints
from data_layer.values.trace_kinds import TRACE_KINDS

PRESENTATIONS = 'shown = session.stimulus_presentations.sort_values("start_time")\n'
STARTS = 'times = shown["start_time"].to_numpy()'
TIMES = {
    "change": PRESENTATIONS + 'shown = shown[shown["is_change"] == True]\n' + STARTS,
    "omission": PRESENTATIONS + 'shown = shown[shown["omitted"] == True]\n' + STARTS,
    "lick": 'times = np.sort(session.licks["timestamps"].to_numpy())',
    "lick_bout": (
        'times = np.sort(session.licks["timestamps"].to_numpy())\n'
        "times = times[np.diff(times, prepend=-np.inf) > 0.7]"
    ),
    "reward": 'times = np.sort(session.rewards["timestamps"].to_numpy())',
}
"""How the times of a kind of event are found; of other kinds the program lists them."""
OF_BEHAVIOR = {
    "running_speed": ("running_speed", "speed"),
    "pupil_area": ("eye_tracking", "pupil_area"),
}
BEHAVIOR = """\
table = session.{stream}
clock, signals = table["timestamps"].to_numpy(), [table["{column}"].to_numpy(float)]"""
CELLS = """\
cells = {plane}.{attribute}
clock, signals = {plane}.ophys_timestamps, [cells.loc[cells{row}, "{column}"].iloc[0]]"""
ANOTHER = """\
signals.append(cells.loc[cells{row}, "{column}"].iloc[0])"""
EVERY = """\
cells = {plane}.{attribute}
clock, signals = {plane}.ophys_timestamps, cells["{column}"].to_list()"""
WINDOW = """\
window = {window}  # s from the event
offsets = np.arange(np.ceil(window[0] * {rate:g}), np.floor(window[1] * {rate:g}) + 1) / {rate:g}
first, last = {ends}
inside = (times + offsets[0] >= first) & (times + offsets[-1] <= last)
times, group = times[inside], group[inside]
"""
SAMPLES = """\
# Signals × events × offsets; neighbouring samples are joined by straight lines, but no pauses.
at = times[:, None] + offsets
left = np.clip(np.searchsorted(clock, at, side="right") - 1, 0, len(clock) - 2)
step = clock[left + 1] - clock[left]
inner = (at - clock[left] > 1e-9) & (clock[left + 1] - at > 1e-9)
pause = inner & (step > 1.5 * np.median(np.diff(clock)))
single = np.stack([np.where(pause, np.nan, np.interp(at, clock, one)) for one in signals])
"""
LICKS = """\
licks = np.sort(session.licks["timestamps"].to_numpy())
edges = np.append(offsets - {half}, offsets[-1] + {half})
single = np.diff(np.searchsorted(licks, times[:, None] + edges), axis=1)[None] / {bin}
"""
BASELINE = """\
baseline = (offsets >= {start!r} - 1e-9) & (offsets < {stop!r} - 1e-9)
single = single - np.nanmean(single[..., baseline], axis=-1, keepdims=True)
"""
TOGETHER = """\
single = np.nanmean(single, axis=0)
means = {name: np.nanmean(single[group == i], axis=0) for i, name in enumerate(labels)}
"""
BY_CELL = """\
means = {name: np.nanmean(one, axis=0) for name, one in zip(names, single)}
"""
BY_GROUP = """\
means = {name: np.nanmean(single[:, group == i], axis=1) for i, name in enumerate(labels)}
"""


def code(asked: Asked) -> str:
    """``offsets`` (s), ``single`` events, and the ``means`` of the groups.

    Raises:
        EmptyPanel: there is no such event.
    """
    choices = Choices.of_options(asked.options, has_cells=bool(asked.recording.planes))
    events = ask(asked.recording, asked.cells, choices)
    parts = [_times(events), _groups(events), _signals(asked, events), _window(events)]
    is_licks = choices.signal == LICK_RATE
    parts.append(LICKS.format(half=LICK_BIN / 2, bin=LICK_BIN) if is_licks else SAMPLES)
    if choices.subtract:
        start, stop = choices.baseline
        parts.append(BASELINE.format(start=start, stop=stop))
    return "\n".join([*filter(None, parts), _means(events)])


def _times(events: AskedEvents) -> str:
    kind = events.choices.event
    if kind in TIMES:
        return TIMES[kind]
    return f"# {events.choices.kind.rule}\n" + _array("times", events.events.times)


def _groups(events: AskedEvents) -> str:
    labels = json.dumps(group_labels(events), ensure_ascii=False)
    if events.choices.split == "none":
        return f"labels = {labels}\ngroup = np.zeros(len(times), int)\n"
    about = f"# {events.split.rule}; -1: in no group\nlabels = {labels}\n"
    return about + _array("group", events.split.groups)


def _array(name: str, values: Floats | Ints) -> str:
    text = ", ".join(repr(value) for value in np.asarray(values).tolist())
    lines = textwrap.fill(text, 92, initial_indent="    ", subsequent_indent="    ")
    return f"{name} = np.array(\n    [\n{textwrap.indent(lines, '    ')}\n    ]\n)\n"


def _signals(asked: Asked, events: AskedEvents) -> str:
    choices = events.choices
    if choices.signal == LICK_RATE:
        return ""
    if not choices.is_of_cells:
        stream, column = OF_BEHAVIOR[choices.signal]
        return BEHAVIOR.format(stream=stream, column=column)
    kind = TRACE_KINDS[choices.signal]
    plane = f"planes[{asked.recording.planes.index(events.plane)}]"
    known = {"plane": plane, "attribute": kind.attribute, "column": kind.column}
    if choices.of != "cells":
        return EVERY.format(**known)
    rows = [row_of(asked, cell) for cell in events.cells]
    first = [CELLS.format(row=rows[0], **known)] if rows else []
    others = [ANOTHER.format(row=row, **known) for row in rows[1:]]
    return "\n".join([*first, *others, f"names = {[f'cell {cell}' for cell in events.cells]}"])


def _window(events: AskedEvents) -> str:
    is_licks = events.choices.signal == LICK_RATE
    bounds = events.recording.behavior.bounds
    ends = f"{bounds[0]!r}, {bounds[1]!r}" if is_licks else "clock[0], clock[-1]"
    rate = 1 / LICK_BIN if is_licks else RATE
    return WINDOW.format(window=events.choices.around, rate=rate, ends=ends)


def _means(events: AskedEvents) -> str:
    choices = events.choices
    if choices.is_of_cells and choices.of == "every":
        return BY_GROUP
    if choices.is_of_cells and choices.of == "cells" and choices.split == "none":
        return BY_CELL if len(events.cells) > 1 else TOGETHER
    return TOGETHER
