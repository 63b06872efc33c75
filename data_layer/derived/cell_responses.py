"""Numbers that say what a cell answers to, from its trace and the times of events.

A response is the mean of the frames whose own times lie in the response window (0 to 0.5 s after
the event, 0 to 0.75 s after an omission), for changes and omissions less that of the frames in the
half second before. Flashes of an image follow each other: before one a cell still answers to the
last, so from the response to an image nothing is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_layer.derived.event_alignment import mean_of_known

Floats = NDArray[np.floating]
Span = tuple[float, float]

BASELINE: Span = (-0.5, 0.0)
RESPONSE: Span = (0.0, 0.5)
OMISSION_RESPONSE: Span = (0.0, 0.75)
SHUFFLES = 200
SHORTEST_SHIFT = 10.0  # s
FEWEST_EVENTS = 3


Places = tuple[NDArray[np.integer], NDArray[np.integer]]
"""First and one-past-last sample of each span."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Running sums of one trace, so that the mean over any span costs two look-ups.

    ``counts`` is None where no sample is NaN; those that are do not count.
    """

    sums: Floats
    counts: NDArray[np.int64] | None

    def over(self, places: Places) -> Floats:
        """The mean of the samples at ``places``, of any shape; NaN where there are none."""
        first, last = places
        counts = last - first if self.counts is None else self.counts[last] - self.counts[first]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Floats = (self.sums[last] - self.sums[first]) / counts
        return mean


@dataclass(frozen=True, slots=True)
class Around:
    """Which samples are the response to each event, and which, if any, the baseline before it."""

    response: Places
    baseline: Places | None


def running_sums(values: Floats) -> Sums:
    """The running sums of one trace (n,)."""
    values = np.asarray(values, np.float64)
    known = ~np.isnan(values)
    if known.all():
        return Sums(np.concatenate([[0.0], np.cumsum(values)]), None)
    counts = np.concatenate([[0], np.cumsum(known)])
    return Sums(np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))]), counts)


def places_of(times: Floats, events: Floats, span: Span) -> Places:
    """The samples in ``[event + start, event + stop)``; ``events`` (s) may have any shape.

    ``times`` (n,) are the samples' own, in seconds, ascending.
    """
    return np.searchsorted(times, events + span[0]), np.searchsorted(times, events + span[1])


def around(
    times: Floats, events: Floats, response: Span = RESPONSE, baseline: Span | None = BASELINE
) -> Around:
    """The samples of response and baseline; the same for all traces that share ``times``."""
    before = None if baseline is None else places_of(times, events, baseline)
    return Around(places_of(times, events, response), before)


def inside(times: Floats, events: Floats, span: Span) -> Floats:
    """The events whose ``span`` lies within the recording."""
    if not len(times):
        return events[:0]
    kept = (events + span[0] >= times[0]) & (events + span[1] <= times[-1])
    result: Floats = events[kept]
    return result


def responses(sums: Sums, events: Around) -> Floats:
    """The response to each event, less its baseline where it has one."""
    answer = sums.over(events.response)
    return answer if events.baseline is None else answer - sums.over(events.baseline)


def mean_response(sums: Sums, events: Around) -> float:
    """The mean response; NaN where there is none."""
    found = responses(sums, events)
    return float(np.nanmean(found)) if np.isfinite(found).any() else np.nan


def lifetime_sparseness(means: Floats) -> float:
    """How selective a cell is among images: 0 answers to all alike, 1 to one only.

    (1 − (Σr/n)² / (Σr²/n)) / (1 − 1/n) over the mean response ``r`` to each of n images, negative
    ones as zero. NaN for fewer than two images or where no response is positive.
    """
    known = np.clip(means[np.isfinite(means)], 0.0, None)
    if len(known) < 2 or not known.any():
        return np.nan
    return float((1 - known.mean() ** 2 / np.mean(known**2)) / (1 - 1 / len(known)))


def modulation(response: float, reference: float) -> float:
    """(a − b) / (|a| + |b|): 1 where only the first answers, −1 where only the second does."""
    total = abs(response) + abs(reference)
    return (response - reference) / total if total > 0 else np.nan


def reliability(trials: Floats) -> float:
    """The mean correlation between two trials (n_trials, n_t) over all pairs.

    Trials with a gap, and those without any variation, are left out; NaN for fewer than two.
    """
    trials = np.asarray(trials, np.float64)
    trials = trials[np.isfinite(trials).all(axis=1)]
    centred = trials - trials.mean(axis=1, keepdims=True)
    norms = np.linalg.norm(centred, axis=1)
    centred = centred[norms > 0] / norms[norms > 0, None]
    n = len(centred)
    if n < 2:
        return np.nan
    return float((np.sum(centred.sum(axis=0) ** 2) - n) / (n * (n - 1)))


def correlation(a: Floats, b: Floats) -> float:
    """Pearson's correlation over the samples at which both are known."""
    known = np.isfinite(a) & np.isfinite(b)
    if known.sum() < 2:
        return np.nan
    a, b = (np.asarray(x if known.all() else x[known], np.float64) for x in (a, b))
    a, b = a - a.mean(), b - b.mean()
    # Sums, not BLAS: its threads wait for each other where several requests are answered.
    total = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / total) if total > 0 else np.nan


def on_times(times: Floats, values: Floats, wanted: Floats) -> Floats:
    """A signal at other times, linearly between its samples; NaN outside them and in its gaps."""
    if not len(times):
        return np.full(len(wanted), np.nan)
    return np.asarray(np.interp(wanted, times, values, left=np.nan, right=np.nan))


def shifted(events: Floats, span: Span, n: int = SHUFFLES, seed: int = 0) -> Floats:
    """Event times shuffled by turning them around within a span: (n, n_events).

    Each row is moved by one random time of at least 10 s and wraps at the ends of ``span``, so
    that the intervals between events stay.

    Args:
        events: (n_events,) s.
        span: where events may lie (s); the block of the task.
        n: how many shuffles.
        seed: of the random shifts.
    """
    length = span[1] - span[0]
    least = min(SHORTEST_SHIFT, length / 4)
    shifts = np.random.default_rng(seed).uniform(least, length - least, n)
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
    """How often shuffled times give any group a mean response as great as the best group's.

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
    """The greatest mean of a group in each row (n_rows, n_events); NaN where none is known."""
    means = np.stack(
        [mean_of_known(values[:, groups == group], axis=1) for group in np.unique(groups)]
    )
    best: Floats = np.where(np.isnan(means), -np.inf, means).max(axis=0)
    return np.where(np.isinf(best), np.nan, best)


def preferred(means: Mapping[str, float]) -> str | None:
    """The image with the greatest mean response; None where none is known."""
    known = {name: value for name, value in means.items() if np.isfinite(value)}
    return max(known, key=lambda name: known[name]) if known else None
