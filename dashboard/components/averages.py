"""Averages around task events as lines: of all cells, one cell or a behaviour signal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.days.small_multiples import Line
from data_layer.around_events.times import event_times
from data_layer.around_events.triggered_signals import triggered, triggered_population
from data_layer.derived.event_alignment import mean_and_sem
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import SplitSlice, TriggeredSlice
from data_layer.values.trace_kinds import TRACE_KINDS

Span = tuple[float, float]
CONTAINER_SPAN: Span = (-3.0, 3.1)
SHOWN_SPAN: Span = (-2.5, 2.8)
IMAGE_SPAN: Span = (-0.5, 0.75)
UNIT = TRACE_KINDS["dff"].unit


def population(store: SessionStore, event: str, span: Span) -> TriggeredSlice:
    """The mean dF/F of all cells around each event of a kind, sampled at the imaging frames."""
    return triggered_population(store, "dff", None, event_times(store, event).times, span)


def of_cell(store: SessionStore, cell_roi_id: int, event: str, span: Span) -> TriggeredSlice:
    """One cell's dF/F around each event of a kind."""
    return triggered(store, "dff", [cell_roi_id], event_times(store, event).times, span)


def of_behavior(store: SessionStore, signal: str, event: str, span: Span) -> TriggeredSlice:
    """A behaviour signal (``running_speed``, ``lick_rate``, …) around each event of a kind."""
    return triggered(store, signal, None, event_times(store, event).times, span)


def line(
    name: str,
    color: str,
    slices: Sequence[TriggeredSlice],
    *,
    dash: str = "solid",
    width: float = 1.8,
    band: bool = True,
) -> Line | None:
    """Mean and standard error over the events of all slices; None where there are no events."""
    values = [one.values[:, 0] for one in slices if len(one.values)]
    if not values:
        return None
    events = np.concatenate(values)
    average = mean_and_sem(events)
    low, high = (average.low, average.high) if band else (None, None)
    return Line(
        name,
        color,
        slices[0].offsets,
        average.mean,
        low,
        high,
        dash,
        width,
        n=len(events),
        columns={"group": name},
    )


def group_colors(split: SplitSlice, images: Sequence[str]) -> list[str]:
    """A colour for each group of events: the conventional one if there is one.

    ``images`` are the names of the session's images.
    """
    if split.name == "image":
        return [theme.image_color(label, list(images)) for label in split.labels]
    known = theme.OUTCOME_COLORS | theme.SPLIT_COLORS
    return [
        known.get(label, theme.CELL_COLORS[i % len(theme.CELL_COLORS)])
        for i, label in enumerate(split.labels)
    ]


def single_events(
    color: str, slice_: TriggeredSlice, most: int, times: NDArray[np.floating], group: str
) -> Line | None:
    """Up to ``most`` single events, evenly chosen, as one thin line with gaps; None without any.

    ``times`` (n_events,) are those of the events of the slice, s of the session.
    """
    events = slice_.values[:, 0]
    if not len(events):
        return None
    chosen = np.unique(np.linspace(0, len(events) - 1, min(most, len(events))).astype(int))
    gap = np.full((len(chosen), 1), np.nan)
    values = np.hstack([events[chosen], gap]).ravel()
    offsets = np.tile(np.append(slice_.offsets, np.nan), len(chosen))
    columns = {
        "shows": "single event",
        "group": group,
        "event_time": {"each": len(slice_.offsets) + 1, "values": times[chosen].tolist()},
    }
    faint = theme.translucent(color, 0.3)
    return Line("single event", faint, offsets, values, width=0.6, columns=columns)


def dropped(slices: Sequence[TriggeredSlice]) -> int:
    """The number of events left out because their window is not fully recorded."""
    return sum(one.n_dropped for one in slices)
