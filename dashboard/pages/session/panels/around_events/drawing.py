"""Builds the figures of the panel ``events`` from slices of the chosen signal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.arguments.limits import within
from dashboard.components.answering import EmptyPanel
from dashboard.components.averages import group_colors
from dashboard.figures.around_events.averages import Line, Trials, averages_figure
from dashboard.figures.around_events.cells import cells_figure
from dashboard.figures.around_events.frame import Frame
from dashboard.pages.session.panels.around_events.asked import Asked
from dashboard.pages.session.panels.around_events.choices import (
    CELL_ORDERS,
)
from dashboard.pages.session.panels.around_events.words import group_labels, note_of
from dashboard.pages.session.recording import cell_roi_id
from dashboard.theme import CELL_COLORS
from data_layer.around_events.orders import cell_indices
from data_layer.around_events.triggered_signals import (
    triggered,
    triggered_means,
    triggered_population,
)
from data_layer.derived.event_alignment import (
    Average,
    bootstrap,
    mean_and_sem,
    mean_of_known,
    minus_baseline,
)
from data_layer.values.slices import Floats, Ints, TriggeredMeans, TriggeredSlice
from data_layer.values.trace_kinds import TRACE_KINDS

SEED = 0


def draw(asked: Asked) -> tuple[dict[str, Any], str]:
    """The figure and the note below it."""
    if asked.choices.is_of_cells and asked.choices.of == "every":
        return _every_cell(asked)
    return _means_and_trials(asked)


def sliced(asked: Asked) -> TriggeredSlice:
    """The signal around each single event: a row per selected or every cell, or one row.

    Raises:
        EmptyPanel: no cell is selected.
    """
    choices, times = asked.choices, asked.events.times
    if not choices.is_of_cells:
        store = asked.recording.behavior
        return triggered(store, choices.signal, None, times, choices.around)
    if choices.of == "population":
        return triggered_population(asked.plane, choices.signal, None, times, choices.around)
    if choices.of == "every":
        return triggered(asked.plane, choices.signal, None, times, choices.around)
    if not asked.cells:
        raise EmptyPanel("No cell is selected: click one in the field of view or in a table.")
    rois = [cell_roi_id(asked.plane, cell) or cell for cell in asked.cells]
    return triggered(asked.plane, choices.signal, rois, times, choices.around)


@dataclass(frozen=True, slots=True)
class Averages:
    """What the figure of means and single events shows, one line and colour per group or cell.

    ``n_dropped`` events have no full window, ``n_left_out`` no group.
    """

    offsets: Floats
    unit: str
    lines: list[Line]
    trials: Trials
    labels: list[str]
    colors: list[str]
    n_dropped: int
    n_left_out: int


def averages(asked: Asked) -> Averages:
    """The means of the groups with their intervals, and the single events.

    Raises:
        EmptyPanel: no cell is selected.
    """
    found = sliced(asked)
    groups, values = asked.split.groups[found.kept], found.values
    if asked.choices.subtract:
        values = minus_baseline(found.offsets, values, asked.choices.baseline)
    rows = np.flatnonzero(groups >= 0)
    rows = rows[np.argsort(groups[rows], kind="stable")]
    together = mean_of_known(values, axis=1)
    return Averages(
        found.offsets,
        found.unit,
        _lines(asked, values, together, groups),
        Trials(together[rows], asked.events.times[found.kept][rows], groups[rows]),
        group_labels(asked),
        _colors(asked),
        found.n_dropped,
        int((groups < 0).sum()),
    )


def _means_and_trials(asked: Asked) -> tuple[dict[str, Any], str]:
    shown = averages(asked)
    frame = frame_of(asked, shown.offsets, shown.unit)
    figure = averages_figure(frame, shown.lines, shown.trials, shown.labels, shown.colors)
    return figure, note_of(asked, shown.n_dropped, shown.n_left_out)


def _lines(asked: Asked, values: Floats, together: Floats, groups: Ints) -> list[Line]:
    """One line per group, or one per cell if there is only one group."""
    average = _average(asked.choices.band)
    per_cell = asked.choices.split == "none" and values.shape[1] > 1
    if asked.choices.band == "bootstrap":
        drawn = values.size if per_cell else together.size
        within("max_bootstrap_samples", drawn, "samples for bootstrap intervals")
    if per_cell:
        return [
            _as_line(f"cell {cell}", CELL_COLORS[i % len(CELL_COLORS)], values[:, i], average)
            for i, cell in enumerate(asked.cells)
        ]
    labels, colors = (
        group_labels(asked),
        _colors(asked),
    )
    return [
        _as_line(label, colors[i], together[groups == i], average) for i, label in enumerate(labels)
    ]


def _colors(asked: Asked) -> list[str]:
    return group_colors(asked.split, asked.recording.behavior.image_names)


def _average(band: str) -> Any:
    return (lambda values: bootstrap(values, SEED)) if band == "bootstrap" else mean_and_sem


def _as_line(label: str, color: str, values: Floats, average: Any) -> Line:
    if not len(values):
        nothing = np.full(values.shape[1], np.nan)
        return Line(label, color, nothing, nothing, nothing, 0)
    found: Average = average(values)
    return Line(label, color, found.mean, found.low, found.high, len(values))


def ordered_means(asked: Asked) -> tuple[TriggeredMeans, Floats, list[int]]:
    """The mean of every cell over each group; values in the order of the rows, and their names."""
    choices, times = asked.choices, asked.events.times
    means = triggered_means(
        asked.plane,
        choices.signal,
        None,
        times,
        choices.around,
        groups=asked.split.groups,
        n_groups=len(asked.split.labels),
    )
    order = cell_indices(asked.plane, choices.order, means, choices.response, choices.baseline)
    values: Floats = means.values
    if choices.subtract:
        values = minus_baseline(means.offsets, values, choices.baseline)
    names = [asked.plane.cell_names[int(means.cell_ids[i])] for i in order]
    return means, values[:, order], names


def _every_cell(asked: Asked) -> tuple[dict[str, Any], str]:
    means, values, names = ordered_means(asked)
    titles = [
        f"{label}, n = {n:,}"
        for label, n in zip(group_labels(asked), means.n_events.tolist(), strict=True)
    ]
    figure = cells_figure(
        frame_of(asked, means.offsets, means.unit),
        values,
        titles,
        names,
        CELL_ORDERS[asked.choices.order],
        selected=asked.cells,
    )
    left_out = int((asked.split.groups[means.kept] < 0).sum())
    return figure, note_of(asked, means.n_dropped, left_out)


def frame_of(asked: Asked, offsets: Floats, unit: str) -> Frame:
    """The axes of the figure."""
    name, from_zero = asked.frame
    choices = asked.choices
    unit = TRACE_KINDS[choices.signal].axis if choices.is_of_cells else unit
    shown = "activity" if choices.signal == "dff" else name
    label = asked.events.label
    return Frame(offsets, shown, unit, label, choices.response, choices.baseline, from_zero)
