"""Numbers that say what a cell answers to, from its trace and the times of events.

A response is the mean of the frames whose own times lie in the response window (0 to 0.5 s after
the event, 0 to 0.75 s after an omission) less that of the frames in the half second before it.
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


@dataclass(frozen=True, slots=True)
class Sums:
    """Running sums of one trace, so that the mean over any span costs two look-ups.

    ``times`` (n,) s are the samples' own; NaN samples do not count.
    """

    times: Floats
    sums: Floats
    counts: NDArray[np.int64] | None

    def mean(self, events: Floats, span: Span) -> Floats:
        """The mean of the samples in ``[event + start, event + stop)``; NaN where there are none.

        ``events`` may have any shape.
        """
        first = np.searchsorted(self.times, events + span[0])
        last = np.searchsorted(self.times, events + span[1])
        counts = last - first if self.counts is None else self.counts[last] - self.counts[first]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Floats = (self.sums[last] - self.sums[first]) / counts
        return mean


def running_sums(times: Floats, values: Floats) -> Sums:
    """The running sums of one trace: ``times`` and ``values`` (n,)."""
    values = np.asarray(values, np.float64)
    known = ~np.isnan(values)
    if known.all():
        return Sums(times, np.concatenate([[0.0], np.cumsum(values)]), None)
    counts = np.concatenate([[0], np.cumsum(known)])
    return Sums(times, np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))]), counts)


def inside(times: Floats, events: Floats, span: Span) -> Floats:
    """The events whose ``span`` lies within the recording."""
    if not len(times):
        return events[:0]
    kept = (events + span[0] >= times[0]) & (events + span[1] <= times[-1])
    result: Floats = events[kept]
    return result


def responses(sums: Sums, events: Floats, window: Span = RESPONSE) -> Floats:
    """The response to each event, of the shape of ``events``."""
    answer: Floats = sums.mean(events, window) - sums.mean(events, BASELINE)
    return answer


def mean_response(sums: Sums, events: Floats, window: Span = RESPONSE) -> float:
    """The mean response to the events that lie within the recording; NaN where there are none."""
    found = responses(sums, inside(sums.times, events, (BASELINE[0], window[1])), window)
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
    a, b = np.asarray(a[known], np.float64), np.asarray(b[known], np.float64)
    a, b = a - a.mean(), b - b.mean()
    total = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / total) if total > 0 else np.nan


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


def significance(sums: Sums, events: Floats, shuffled: Floats, window: Span = RESPONSE) -> float:
    """How often shuffled times give a mean response as far from their average as the events do.

    (1 + shuffles at least as far) / (1 + shuffles): at least 1/201 with 200 shuffles. NaN where
    there are fewer than three events.
    """
    if len(events) < FEWEST_EVENTS:
        return np.nan
    chance = mean_of_known(responses(sums, shuffled, window), axis=1)
    chance = chance[np.isfinite(chance)]
    observed = mean_response(sums, events, window)
    if not len(chance) or not np.isfinite(observed):
        return np.nan
    middle = chance.mean()
    as_far = np.abs(chance - middle) >= abs(observed - middle)
    return float((1 + as_far.sum()) / (1 + len(chance)))


def preferred(means: Mapping[str, float]) -> str | None:
    """The image with the greatest mean response; None where none is known."""
    known = {name: value for name, value in means.items() if np.isfinite(value)}
    return max(known, key=lambda name: known[name]) if known else None
