"""Slice: the immutable answer to a request: arrays, units, level, what was cut.

Arrays are read-only by convention; times are seconds of the session clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class SignalSlice:
    """One signal in one window, downsampled so that extremes and gaps survive.

    ``times`` and ``values`` have equal length; a NaN value is a gap. ``bin_size`` is the number of
    samples that two drawn points stand for (1 where every sample is drawn).
    """

    name: str
    unit: str
    times: Floats
    values: Floats
    n_samples: int
    bin_size: int = 1


@dataclass(frozen=True, slots=True)
class MatrixSlice:
    """Cells by time: ``values`` (n_cells, n_columns) float32, the ``statistic`` of each bin.

    ``edges`` (n_columns + 1,), evenly spaced, bound the columns in seconds; ``cell_ids`` names
    the rows (top row first); ``bin_size`` is how many frames share a bin; ``top`` is the value at
    which the colour scale ends (the 99th percentile of the session).
    """

    name: str
    unit: str
    edges: Floats
    values: NDArray[np.float32]
    cell_ids: Ints
    top: float
    bin_size: int = 1
    statistic: str = "mean"


@dataclass(frozen=True, slots=True)
class SpanSlice:
    """Spans of time with a label each, by start: flashes, trials, session blocks.

    ``labels`` says which colour a span has, ``flags`` (a boolean array each) what else is known.
    ``level`` is ``"each"``, or ``"merged"`` where neighbours of one label that would share pixels
    are drawn as one.
    """

    name: str
    starts: Floats
    stops: Floats
    labels: NDArray[np.object_]
    flags: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    level: str = "each"

    def take(self, chosen: slice | NDArray[Any]) -> SpanSlice:
        """Some of the spans."""
        flags = {name: values[chosen] for name, values in self.flags.items()}
        starts, stops, labels = self.starts[chosen], self.stops[chosen], self.labels[chosen]
        return replace(self, starts=starts, stops=stops, labels=labels, flags=flags)


@dataclass(frozen=True, slots=True)
class MarkSlice:
    """Moments, ascending: licks, rewards, changes.

    ``n_total`` counts them before marks on one pixel were merged.
    """

    name: str
    times: Floats
    flags: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    n_total: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """One ROI's outline: closed polygons in pixels (x right, y down), NaN between parts.

    ``area`` is how many pixels the mask has.
    """

    cell_roi_id: int
    cell_specimen_id: int | None
    x: Floats
    y: Floats
    centre: tuple[float, float]
    area: int


@dataclass(frozen=True, slots=True)
class RasterSlice:
    """Trials as rows, first row on top, with licks and rewards in seconds from the row's change.

    ``trials`` (index trials_id, a row per row of the raster) has AllenSDK's columns and
    ``outcome``. ``lick_rows`` and ``reward_rows`` are indices into it; ``span`` is what was looked
    at, in seconds around ``change_time``.
    """

    trials: pd.DataFrame
    span: tuple[float, float]
    lick_rows: Ints
    lick_times: Floats
    reward_rows: Ints
    reward_times: Floats
    is_auto_reward: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EventSlice:
    """Moments of one kind, ascending, to align signals to; ``clock`` says what their times hold."""

    name: str
    label: str
    times: Floats
    clock: str = ""


@dataclass(frozen=True, slots=True)
class SplitSlice:
    """Which group each event is in: ``groups`` (n_events,) are indices into ``labels``, -1 none.

    ``rule`` is the sentence that says how it was decided.
    """

    name: str
    labels: tuple[str, ...]
    groups: Ints
    rule: str


@dataclass(frozen=True, slots=True)
class TriggeredSlice:
    """A signal around events: ``values`` (n_events, n_rows, n_t) float32; a NaN is a gap.

    ``offsets`` (n_t,) are seconds from the event. Rows are the cells ``cell_ids``, or a single one
    for a signal of the behaviour (no ``cell_ids``) or the mean of all ``cell_ids``. Only the events
    ``kept`` (indices into those asked for) have a full window; ``n_dropped`` have not.
    """

    name: str
    unit: str
    offsets: Floats
    values: NDArray[np.float32]
    cell_ids: Ints
    kept: Ints
    n_dropped: int


@dataclass(frozen=True, slots=True)
class TriggeredMeans:
    """Means over groups of events: ``values`` (n_groups, n_cells, n_t) float32; a NaN is a gap.

    ``n_events`` (n_groups,) says over how many; else as :class:`TriggeredSlice`.
    """

    name: str
    unit: str
    offsets: Floats
    values: NDArray[np.float32]
    n_events: Ints
    cell_ids: Ints
    kept: Ints
    n_dropped: int
