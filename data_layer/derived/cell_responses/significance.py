"""Tests whether a cell's response exceeds chance, by shuffling the times of the task events."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_layer.derived.cell_responses.windows import (
    Around,
    Floats,
    Span,
    Sums,
    mean_response,
    responses,
)
from data_layer.derived.event_alignment import mean_of_known

SHUFFLES = 200
MIN_SHIFT = 10.0  # s
MIN_EVENTS = 3


def shifted(events: Floats, span: Span, n: int = SHUFFLES, seed: int = 0) -> Floats:
    """Shuffled times (n, n_events): all times are shifted cyclically within a span.

    Each row is shifted by one random time of at least 10 s and wraps around at the ends of
    ``span``, so that the intervals between events are preserved.

    Args:
        events: (n_events,) s.
        span: the span in which events may be (s), which is the block of the task.
        n: number of shuffles.
        seed: seed of the random shifts.
    """
    length = span[1] - span[0]
    min_shift = min(MIN_SHIFT, length / 4)
    shifts = np.random.default_rng(seed).uniform(min_shift, length - min_shift, n)
    return np.asarray(span[0] + (events - span[0] + shifts[:, None]) % length)


def significance(sums: Sums, events: Around, shuffled: Around) -> float:
    """Two-sided p-value of the mean response, from shuffled times.

    (1 + number of shuffles whose mean response is at least as far from the shuffles' average) /
    (1 + shuffles): at least 1/201 with 200 shuffles. NaN for fewer than three events.

    Args:
        sums: running sums of the trace.
        events: samples around the events (n_events,).
        shuffled: samples around shuffled events (n_shuffles, n_events), see :func:`shifted`.
    """
    if len(events.response[0]) < MIN_EVENTS:
        return np.nan
    chance = mean_of_known(responses(sums, shuffled), axis=1)
    chance = chance[np.isfinite(chance)]
    observed = mean_response(sums, events)
    if not len(chance) or not np.isfinite(observed):
        return np.nan
    middle = chance.mean()
    as_far = np.abs(chance - middle) >= abs(observed - middle)
    return float((1 + as_far.sum()) / (1 + len(chance)))


def best_group_significance(
    sums: Sums, events: Around, shuffled: Around, groups: NDArray[np.integer]
) -> float:
    """One-sided p-value of the largest mean response of any group, from shuffled times.

    The largest mean of each shuffle is compared, which corrects for choosing the best of several
    groups (images). The range is as in :func:`significance`.

    Args:
        sums: running sums of the trace.
        events: samples around the events (n_events,).
        shuffled: samples around shuffled events (n_shuffles, n_events).
        groups: (n_events,) group of each event, from 0.
    """
    if len(groups) < MIN_EVENTS:
        return np.nan
    observed = _best_mean(responses(sums, events)[None], groups)[0]
    chance = _best_mean(responses(sums, shuffled), groups)
    chance = chance[np.isfinite(chance)]
    if not len(chance) or not np.isfinite(observed):
        return np.nan
    return float((1 + (chance >= observed).sum()) / (1 + len(chance)))


def _best_mean(values: Floats, groups: NDArray[np.integer]) -> Floats:
    """The largest group mean of each row of (n_rows, n_events); NaN if all are NaN."""
    means = np.stack(
        [mean_of_known(values[:, groups == group], axis=1) for group in np.unique(groups)]
    )
    best: Floats = np.where(np.isnan(means), -np.inf, means).max(axis=0)
    return np.where(np.isinf(best), np.nan, best)
