"""The responses of a cell on each day: around changes and omissions, and to each image."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import theme
from dashboard.components.averages import (
    IMAGE_SPAN,
    SHOWN_SPAN,
    group_colors,
    line,
    of_cell,
    single_events,
)
from dashboard.figures.days.small_multiples import Cell, Line, Row
from dashboard.figures.literal import literal
from dashboard.pages.cell.days import of_day
from data_layer.around_events.splits import split_events
from data_layer.around_events.times import event_times
from data_layer.project_cache.matched_cells import CellDay
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import TriggeredSlice

NAMES_PER_LINE, PER_LINE = 4, 2
MOST_EVENTS = 60
"""Single events of a plot that are drawn."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How responses are shown: ``split`` is a key of ``SPLITS``, ``single`` adds single events."""

    split: str = "none"
    single: bool = False


def response_rows(
    stores: OpenStores,
    days: Sequence[CellDay],
    path_of: Callable[[CellDay], str],
    shown: Shown,
    *,
    streamed: bool,
) -> list[Row]:
    """Three rows of plots: around changes, around omissions, to each image; a plot per day."""
    rows = []
    for event, title, span in (
        ("change", "image change", SHOWN_SPAN),
        ("omission", "omission", SHOWN_SPAN),
        ("image", "each image", IMAGE_SPAN),
    ):
        cells = [
            of_day(
                stores,
                day,
                functools.partial(_response, shown, event, span, path_of(day)),
                lambda why: Cell(sentence=why),
                streamed=streamed,
            )
            for day in days
        ]
        rows.append(Row(title, span, cells, event))
    return rows


def _response(  # noqa: PLR0917 - what a plot is of
    shown: Shown,
    event: str,
    span: tuple[float, float],
    path: str,
    store: SessionStore,
    cell_roi_id: int,
) -> Cell:
    if event == "image":
        return _to_images(store, cell_roi_id, path)
    slice_ = of_cell(store, cell_roi_id, event, span)
    if not len(slice_.values):
        return Cell(sentence=f"no {event} in this session")
    groups = _groups(store, shown.split, event, slice_)
    notes = _legend(groups) if shown.split != "none" else [f"n = {len(slice_.values):,}"]
    if slice_.n_dropped:
        notes.append(f"{slice_.n_dropped:,} without a full window")
    lines = []
    if shown.single:
        most = MOST_EVENTS // max(len(groups), 1)
        times = event_times(store, event).times
        lines += [
            single_events(color, one, most, times[one.kept], label) for label, color, one in groups
        ]
        if len(slice_.values) > MOST_EVENTS:
            notes.append(f"{MOST_EVENTS} single events at most")
    lines += [line(label, color, [one]) for label, color, one in groups]
    drawn = [one for one in lines if one]
    return Cell(drawn, notes=notes, path=path, columns=_columns(store, event))


def _columns(store: SessionStore, event: str) -> dict[str, Any]:
    return {"ophys_experiment_id": store.ophys_experiment_id, "event": event}


def _groups(
    store: SessionStore, split: str, event: str, slice_: TriggeredSlice
) -> list[tuple[str, str, TriggeredSlice]]:
    """The label, colour and events of each group; of all events where they are not split."""
    if split == "none":
        color = theme.CHANGE_COLOR if event == "change" else theme.OMISSION_COLOR
        return [(event, color, slice_)]
    found = split_events(store, split, event_times(store, event).times)
    of_kept = found.groups[slice_.kept]
    colors = group_colors(found, store.image_names)
    parts = [
        replace(slice_, values=slice_.values[of_kept == i], kept=slice_.kept[of_kept == i])
        for i in range(len(found.labels))
    ]
    words = [theme.OUTCOME_LABELS.get(label, label) for label in found.labels]
    every = zip(words, colors, parts, strict=True)
    return [(word, color, part) for word, color, part in every if len(part.values)]


def _legend(groups: Sequence[tuple[str, str, TriggeredSlice]]) -> list[str]:
    words = [
        f"<span style='color:{color}'>━</span> {literal(label)} {len(one.values):,}"
        for label, color, one in groups
    ]
    return [" ".join(words[i : i + PER_LINE]) for i in range(0, len(words), PER_LINE)]


def _to_images(store: SessionStore, cell_roi_id: int, path: str) -> Cell:
    names = store.image_names
    lines: list[Line] = []
    words = []
    for name in names:
        color = theme.image_color(name, names)
        drawn = line(
            name, color, [of_cell(store, cell_roi_id, f"image:{name}", IMAGE_SPAN)], band=False
        )
        if drawn is not None:
            lines.append(drawn)
            words.append(f"<span style='color:{color}'>━</span> {literal(name)}")
    notes = [" ".join(words[i : i + NAMES_PER_LINE]) for i in range(0, len(words), NAMES_PER_LINE)]
    sentence = "" if lines else "no images in this session"
    notes = notes if len(words) <= 2 * NAMES_PER_LINE else []
    return Cell(lines, sentence, notes, path, _columns(store, "image"))
