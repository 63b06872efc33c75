"""Whether a cell answers more than chance: against shuffled times of the task events."""

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
SHORTEST_SHIFT = 10.0  # s
FEWEST_EVENTS = 3


def shifted(events: Floats, span: Span, n: int = SHUFFLES, seed: int = 0) -> Floats:
    """Times shuffled by turning them around within a span: (n, n_events).

    Each row is moved by one random time of at least 10 s and wraps at the ends of ``span``, so
    that the intervals between events stay.

    Args:
        events: (n_events,) s.
        span: where events may lie (s); the block of the task.
        n: how many shuffles.
        seed: of the random shifts.
    """
    length = span[1] - span[0]
    shortest = min(SHORTEST_SHIFT, length / 4)
    shifts = np.random.default_rng(seed).uniform(shortest, length - shortest, n)
    return np.asarray(span[0] + (events - span[0] + shifts[:, None]) % length)


def significance(sums: Sums, events: Around, shuffled: Around) -> float:
    """How often shuffled times give a mean response as far from their average as the events do.

    (1 + shuffles at least as far) / (1 + shuffles): at least 1/201 with 200 shuffles. NaN where
    there are fewer than three events.

    Args:
        sums: of the trace.
        events: of (n_events,) times.
        shuffled: of (n_shuffles, n_events) times, from :func:`shifted`.
    """
    if len(events.response[0]) < FEWEST_EVENTS:
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
    """How often shuffled times give any group a mean response as large as the best group's.

    That the best of several groups (images) was picked is so allowed for: the best of the
    shuffled ones is picked as well. Args and range as :func:`significance`.

    Args:
        sums: of the trace.
        events: of (n_events,) times.
        shuffled: of (n_shuffles, n_events) times.
        groups: (n_events,) from 0.
    """
    if len(groups) < FEWEST_EVENTS:
        return np.nan
    observed = _best_mean(responses(sums, events)[None], groups)[0]
    chance = _best_mean(responses(sums, shuffled), groups)
    chance = chance[np.isfinite(chance)]
    if not len(chance) or not np.isfinite(observed):
        return np.nan
    return float((1 + (chance >= observed).sum()) / (1 + len(chance)))


def _best_mean(values: Floats, groups: NDArray[np.integer]) -> Floats:
    """The largest mean of a group in each row (n_rows, n_events); NaN where none is known."""
    means = np.stack(
        [mean_of_known(values[:, groups == group], axis=1) for group in np.unique(groups)]
    )
    best: Floats = np.where(np.isnan(means), -np.inf, means).max(axis=0)
    return np.where(np.isinf(best), np.nan, best)
