"""Spans and moments in a window: trials, engaged periods, blinks, licks, rewards."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.trial_type import trial_outcome
from data_layer.values.slices import Floats, MarkSlice, SpanSlice
from data_layer.values.window import Window

STROKE = 2  # px: the width of a drawn stroke; what begins on the same stroke looks the same
Flags = Mapping[str, NDArray[np.bool_]]


def within(spans: SpanSlice, window: Window) -> SpanSlice:
    """The spans that overlap a window.

    If they are crowded, only the longest of those with the same label and stroke is included.
    """
    seen = spans.take((spans.stops >= window.start) & (spans.starts <= window.stop))
    if len(seen.starts) <= window.pixels / STROKE:
        return seen
    labels, _ = pd.factorize(seen.labels)
    return _longest_per_stroke(seen, window, labels)


def _strokes(times: Floats, window: Window) -> Floats:
    strokes: Floats = np.floor((times - window.start) / (STROKE * window.seconds_per_pixel))
    return strokes


def _longest_per_stroke(
    spans: SpanSlice, window: Window, labels: NDArray[np.integer] | None = None
) -> SpanSlice:
    stroke = _strokes(spans.starts, window)
    key = stroke if labels is None else stroke * (labels.max(initial=0) + 1) + labels
    order = np.lexsort((spans.starts - spans.stops, key))
    longest = order[np.flatnonzero(np.diff(key[order], prepend=-np.inf))]
    return spans.take(np.sort(longest))


def trial_spans(trials: pd.DataFrame) -> SpanSlice:
    """Every trial labelled with its outcome."""
    return SpanSlice(
        name="trials",
        starts=trials["start_time"].to_numpy(dtype=np.float64),
        stops=trials["stop_time"].to_numpy(dtype=np.float64),
        labels=trial_outcome(trials),
    )


def flagged(spans: SpanSlice, flag: str, window: Window) -> MarkSlice:
    """The starts of the spans with a flag in a window; empty if there is no such flag."""
    if flag not in spans.flags:
        return MarkSlice(flag, np.empty(0))
    return marks(flag, spans.starts[spans.flags[flag]], window)


def marks(name: str, times: Floats, window: Window, flags: Flags | None = None) -> MarkSlice:
    """Moments (ascending) inside a window.

    Of moments with the same stroke and flags only the first is included.
    """
    known = np.isfinite(times)
    if not known.all():
        times = times[known]
        flags = {key: values[known] for key, values in (flags or {}).items()}
    first, last = np.searchsorted(times, (window.start, np.nextafter(window.stop, np.inf)))
    seen = {key: values[first:last] for key, values in (flags or {}).items()}
    inside = times[first:last]
    stroke = _strokes(inside, window)
    keep = np.ones(len(inside), dtype=bool)
    if len(inside) > 1:
        same = stroke[1:] == stroke[:-1]
        for values in seen.values():
            same &= values[1:] == values[:-1]
        keep[1:] = ~same
    return MarkSlice(name, inside[keep], {key: v[keep] for key, v in seen.items()}, len(inside))


def flagged_runs(name: str, times: Floats, flags: NDArray[np.bool_], stop: float) -> SpanSlice:
    """Spans in which ``flags`` (n,) is True; each ends at the time of the next False sample.

    ``times`` (n,) are the times of the samples (s); a span that lasts to the end stops at ``stop``.
    """
    edges = np.diff(np.concatenate([[0], np.asarray(flags, dtype=np.int8), [0]]))
    first, after = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    ends = np.append(times, stop)
    return SpanSlice(
        name=name,
        starts=times[first],
        stops=ends[after],
        labels=np.full(len(first), name, dtype=object),
    )


def merged(spans: SpanSlice, window: Window) -> SpanSlice:
    """The spans of a window; of those that begin on the same stroke only the longest."""
    return _longest_per_stroke(within(spans, window), window)
