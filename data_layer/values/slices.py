"""Slices: immutable answers to requests, with arrays, units, level and what was left out.

Arrays are read-only by convention. Times are in seconds on the session clock.
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
    """One signal in one window, downsampled so that extremes and gaps stay visible.

    ``times`` and ``values`` have equal length; a NaN value is a gap. ``n_samples`` counts the
    samples of the window before downsampling. Each bin of ``bin_size`` samples is drawn as its
    minimum and maximum; with ``bin_size`` 1 every sample is drawn.
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

    ``edges`` (n_columns + 1,), evenly spaced, are the edges of the columns in seconds.
    ``cell_ids`` names the rows, top row first. ``bin_size`` is the number of frames per bin.
    ``top`` is the upper end of the colour scale in the whole session (see ``robust_top``).
    """

    name: str
    unit: str
    edges: Floats
    values: NDArray[np.float32]
    cell_ids: Ints
    top: float
    bin_size: int = 1
    statistic: str = "mean"


UNNAMED = "image without a name"
"""The label of the span of an image whose name the file lacks."""


@dataclass(frozen=True, slots=True)
class SpanSlice:
    """Labelled spans of time, sorted by start: flashes, trials, session blocks.

    ``labels`` decide the colours; ``flags`` are further boolean arrays (n_spans,). ``level`` is
    ``"each"``, or ``"merged"`` where neighbours with the same label that would share pixels are
    drawn as one.
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
    """Moments in ascending order: licks, rewards, changes.

    ``n_total`` is their number before marks on the same pixel were merged.
    """

    name: str
    times: Floats
    flags: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    n_total: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one ROI: closed polygons in pixels (x right, y down), NaN between parts.

    ``area`` is the number of pixels of the mask.
    """

    cell_roi_id: int
    cell_specimen_id: int | None
    x: Floats
    y: Floats
    centre: tuple[float, float]
    area: int


@dataclass(frozen=True, slots=True)
class RasterSlice:
    """Trials as rows, first row on top; lick and reward times in seconds from the row's change.

    ``trials`` (index trials_id, one row per row of the raster) has AllenSDK's columns and
    ``outcome``. ``lick_rows`` and ``reward_rows`` are row indices into it. ``span`` is the time
    shown, in seconds from ``change_time``.
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
    """Times (s) of one kind of event, ascending, to align signals to.

    ``clock`` is a sentence that explains the times, such as the clock they are measured on.
    """

    name: str
    label: str
    times: Floats
    clock: str = ""


@dataclass(frozen=True, slots=True)
class SplitSlice:
    """The group of each event: ``groups`` (n_events,) are indices into ``labels``, -1 for none.

    ``rule`` is a sentence that explains how events are grouped.
    """

    name: str
    labels: tuple[str, ...]
    groups: Ints
    rule: str


@dataclass(frozen=True, slots=True)
class TriggeredSlice:
    """A signal around events: ``values`` (n_events, n_rows, n_t) float32; a NaN is a gap.

    ``offsets`` (n_t,) are seconds from the event. There is one row per cell of ``cell_ids``, or a
    single row: a behaviour signal (no ``cell_ids``) or the mean over ``cell_ids``. ``kept`` are
    the indices of the requested events that have a full window; ``n_dropped`` events have not.
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

    ``n_events`` (n_groups,) is the number of events per group. The other fields are as in
    :class:`TriggeredSlice`.
    """

    name: str
    unit: str
    offsets: Floats
    values: NDArray[np.float32]
    n_events: Ints
    cell_ids: Ints
    kept: Ints
    n_dropped: int
