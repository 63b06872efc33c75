"""Signals around task events, read from the store in bounded memory.

Values between samples are interpolated linearly; see ``data_layer.derived.event_alignment``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from data_layer.around_events.triggered_cells import CellBlocks
from data_layer.derived.event_alignment import (
    Alignment,
    Span,
    align,
    common_offsets,
    full_windows,
    take,
)
from data_layer.store.signals import SIGNALS
from data_layer.values.slices import Floats, Ints, TriggeredMeans, TriggeredSlice
from data_layer.values.trace_kinds import TRACE_KINDS

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

LICK_RATE, LICK_BIN = "lick_rate", 0.1  # s
NO_CELLS = np.empty(0, np.int64)


def triggered(
    store: SessionStore,
    signal: str,
    cell_roi_ids: Sequence[int] | None,
    times: Floats,
    span: Span,
) -> TriggeredSlice:
    """The values of some cells, or of a behaviour signal, around each single event.

    Needs 4 bytes per event, cell and offset. For many cells and events see
    :func:`triggered_means`.

    Args:
        store: the session's store.
        signal: a name of ``TRACE_KINDS`` or ``SIGNALS``, or ``lick_rate`` (licks/s, bins of 0.1 s).
        cell_roi_ids: the cells; None for all. Ignored for behaviour signals.
        times: (n_events,) s, any order.
        span: s from the event, such as (-2.5, 2.8).

    Raises:
        StreamMissing: The file lacks the signal.
        KeyError: There is no such signal.
    """
    if signal not in TRACE_KINDS:
        return _of_behavior(store, signal, times, span)
    blocks = _blocks(store, signal, cell_roi_ids, times, span)
    return _slice(blocks, signal, blocks.collected())


def triggered_population(
    store: SessionStore,
    signal: str,
    cell_roi_ids: Sequence[int] | None,
    times: Floats,
    span: Span,
) -> TriggeredSlice:
    """The mean over cells at each task event, as a single row; see :func:`triggered`."""
    blocks = _blocks(store, signal, cell_roi_ids, times, span)
    return _slice(blocks, signal, blocks.mean_over_cells()[:, None])


def triggered_means(
    store: SessionStore,
    signal: str,
    cell_roi_ids: Sequence[int] | None,
    times: Floats,
    span: Span,
    *,
    groups: Ints | None = None,
    n_groups: int = 1,
) -> TriggeredMeans:
    """The mean of each cell over each group of task events, without storing single trials.

    Args are those of :func:`triggered`, and ``groups`` (n_events,) from 0 to ``n_groups`` - 1;
    events with -1 are left out.
    """
    blocks = _blocks(store, signal, cell_roi_ids, times, span)
    groups = np.zeros(len(times), np.int64) if groups is None else np.asarray(groups)
    kept = groups[blocks.alignment.kept]
    counts = np.bincount(kept[kept >= 0], minlength=n_groups)
    means = blocks.mean_over_events(kept, n_groups)
    return TriggeredMeans(
        signal,
        blocks.unit,
        blocks.alignment.offsets,
        means,
        counts,
        blocks.cell_ids,
        blocks.alignment.kept,
        blocks.alignment.n_dropped,
    )


def _blocks(
    store: SessionStore,
    signal: str,
    cell_roi_ids: Sequence[int] | None,
    times: Floats,
    span: Span,
) -> CellBlocks:
    activity = store.activity(signal)
    everything = activity.matrix.cell_roi_ids
    cells = everything if cell_roi_ids is None else np.asarray(cell_roi_ids, np.int64)
    return CellBlocks(store, activity, cells, align(activity.times, times, span))


def _slice(blocks: CellBlocks, signal: str, values: Floats) -> TriggeredSlice:
    plan = blocks.alignment
    return TriggeredSlice(
        signal,
        blocks.unit,
        plan.offsets,
        values.astype(np.float32, copy=False),
        blocks.cell_ids,
        plan.kept,
        plan.n_dropped,
    )


def _of_behavior(store: SessionStore, signal: str, times: Floats, span: Span) -> TriggeredSlice:
    if signal == LICK_RATE:
        return _lick_rate(store, times, span)
    samples = store.samples(signal)
    plan: Alignment = align(samples[0], times, span)
    values = take(plan, samples[1])[:, None].astype(np.float32)
    unit = SIGNALS[signal].unit
    return TriggeredSlice(signal, unit, plan.offsets, values, NO_CELLS, plan.kept, plan.n_dropped)


def _lick_rate(store: SessionStore, times: Floats, span: Span) -> TriggeredSlice:
    """Licks per second in bins of 0.1 s around each offset."""
    offsets = common_offsets(span, 1 / LICK_BIN)
    times = np.asarray(times, np.float64)
    kept = full_windows(np.asarray(store.bounds), times, offsets)
    licks = np.sort(store.lick_table["timestamps"].to_numpy(np.float64))
    edges = np.append(offsets - LICK_BIN / 2, offsets[-1] + LICK_BIN / 2)
    counts = np.diff(np.searchsorted(licks, times[kept][:, None] + edges), axis=1)
    values = (counts[:, None] / LICK_BIN).astype(np.float32)
    dropped = len(times) - len(kept)
    return TriggeredSlice(LICK_RATE, "licks/s", offsets, values, NO_CELLS, kept, dropped)
