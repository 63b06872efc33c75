"""Aligns signals to task events: resamples the values around each event at common offsets.

Values between two samples are interpolated linearly, as ``numpy.interp`` does. NaN samples and
pauses of the recording (neighbours more than 1.5 median sample periods apart) stay gaps. Task
events whose window is not completely inside the recording are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.int64]
Span = tuple[float, float]

RATE = 30.0  # Hz, of the common offsets
PAUSE = 1.5  # median sample periods
EXACT = 1e-9  # s
BOOTSTRAPS, COVERAGE = 1000, 0.95
VALUES_AT_ONCE = 2**20
"""How many values a bootstrap handles at once, so that its memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The samples and weights that give the values around each task event with a full window.

    The value at ``offsets[j]`` of the i-th kept event is interpolated between sample
    ``left[i, j]`` and the next one, which has the weight ``weight[i, j]``. It is NaN where
    ``is_gap[i, j]``.

    Attributes:
        offsets: (n_t,) s.
        kept: (n_kept,) indices of the requested task events that have a full window.
        n_dropped: number of events without a full window.
        left: (n_kept, n_t) indices of samples.
        weight: (n_kept, n_t), 0 to 1.
        is_gap: (n_kept, n_t).
    """

    offsets: Floats
    kept: Ints
    n_dropped: int
    left: Ints
    weight: Floats
    is_gap: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Average:
    """A mean over task events and its interval, each (n_t,); ``n`` is the number of events."""

    mean: Floats
    low: Floats
    high: Floats
    n: Ints


def common_offsets(span: Span, rate: float = RATE) -> Floats:
    """The multiples of ``1 / rate`` s in a span (s from the event), (n_t,).

    Raises:
        ValueError: The span does not end after it starts.
    """
    start, stop = span
    if not stop > start:
        raise ValueError(f"A window must end after it starts: {start} to {stop} s.")
    first, last = np.ceil(start * rate - 1e-6), np.floor(stop * rate + 1e-6)
    return np.asarray(np.arange(first, last + 1) / rate)


def align(times: Floats, events: Floats, span: Span, rate: float = RATE) -> Alignment:
    """Find the samples around each task event.

    Args:
        times: (n_samples,) s, ascending; recorded times, not frame numbers divided by a rate.
        events: (n_events,) s, any order, none NaN.
        span: s from the event, such as (-0.5, 0.75).
        rate: rate of the offsets, Hz.
    """
    offsets = common_offsets(span, rate)
    kept = full_windows(times, events, offsets)
    wanted = np.asarray(events, np.float64)[kept][:, None] + offsets
    if len(times) < 2:
        nothing = np.zeros(wanted.shape)
        return Alignment(
            offsets,
            kept,
            len(events) - len(kept),
            nothing.astype(np.int64),
            nothing,
            np.ones(wanted.shape, bool),
        )
    left = np.clip(np.searchsorted(times, wanted, side="right") - 1, 0, len(times) - 2)
    step = times[left + 1] - times[left]
    weight = np.clip((wanted - times[left]) / step, 0.0, 1.0)
    usual = float(np.median(np.diff(times)))
    between = (weight * step > EXACT) & ((1 - weight) * step > EXACT)
    is_gap = between & (step > PAUSE * usual)
    return Alignment(offsets, kept, len(events) - len(kept), left, weight, is_gap)


def full_windows(times: Floats, events: Floats, offsets: Floats) -> Ints:
    """Indices of the task events whose offsets are all between the first and the last sample."""
    events = np.asarray(events, np.float64)
    if not len(times) or not len(offsets):
        return np.empty(0, np.int64)
    inside = (events + offsets[0] >= times[0] - EXACT) & (events + offsets[-1] <= times[-1] + EXACT)
    return np.flatnonzero(inside)


def take(alignment: Alignment, values: Floats) -> Floats:
    """The values of one signal (n_samples,) around each kept task event: (n_kept, n_t)."""
    if not alignment.left.size:
        return np.empty(alignment.left.shape, values.dtype)
    weight = alignment.weight.astype(values.dtype)
    left, right = values[alignment.left], values[np.minimum(alignment.left + 1, len(values) - 1)]
    return between(left, right, weight, alignment.is_gap)


def between(left: Floats, right: Floats, weight: Floats, is_gap: NDArray[np.bool_]) -> Floats:
    """Values interpolated between two samples; a sample with the weight 0 may be NaN."""
    value: Floats = left + (right - left) * weight
    if np.isnan(value).any():
        value = np.where(weight == 0, left, np.where(weight == 1, right, value))
    value[is_gap] = np.nan
    return value


def window_mean(offsets: Floats, values: Floats, span: Span) -> Floats:
    """The mean over the offsets in ``[start, stop)``, ignoring gaps: (..., n_t) to (...)."""
    inside = (offsets >= span[0] - EXACT) & (offsets < span[1] - EXACT)
    return mean_of_known(values[..., inside], axis=-1)


def minus_baseline(offsets: Floats, values: Floats, span: Span) -> Floats:
    """``values`` (..., n_t) minus their mean over the baseline ``span``.

    NaN where the baseline has only gaps.
    """
    result: Floats = values - window_mean(offsets, values, span)[..., None]
    return result


def mean_of_known(values: Floats, axis: int) -> Floats:
    """The mean along an axis, ignoring NaN; NaN if there is nothing else."""
    plain: Floats = (
        values.mean(axis=axis)
        if values.shape[axis]
        else np.full(np.delete(values.shape, axis), np.nan)
    )
    if not np.isnan(plain).any():
        return plain
    known = ~np.isnan(values)
    counts = known.sum(axis=axis)
    sums = np.where(known, values, 0).sum(axis=axis)
    return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan))


def mean_and_sem(values: Floats) -> Average:
    """Mean and standard error over task events (n_events, n_t).

    The interval is NaN for fewer than two events.
    """
    known = np.asarray(values, np.float64)
    n = (~np.isnan(known)).sum(axis=0)
    mean = mean_of_known(known, axis=0)
    squares = np.nansum((known - mean) ** 2, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        sem = np.where(n > 1, np.sqrt(squares / (n - 1) / n), np.nan)
    return Average(mean, mean - sem, mean + sem, n)


def bootstrap(values: Floats, seed: int = 0, n: int = BOOTSTRAPS) -> Average:
    """Mean and 95 % bootstrap interval over task events, drawn ``n`` times with replacement.

    Args:
        values: (n_events, n_t).
        seed: seed of the draws; equal seeds give equal intervals.
        n: number of draws.
    """
    if len(values) < 2:
        mean = mean_of_known(np.asarray(values, np.float64), axis=0)
        nothing = np.full(mean.shape, np.nan)
        return Average(mean, nothing, nothing, (~np.isnan(values)).sum(axis=0))
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(values), np.full(len(values), 1 / len(values)), size=n)
    times_drawn = drawn.astype(np.float64)
    n_blocks = -(-values.size // VALUES_AT_ONCE) or 1
    blocks = [_bootstrapped(part, times_drawn) for part in np.array_split(values, n_blocks, axis=1)]
    return Average(
        np.concatenate([block.mean for block in blocks]),
        np.concatenate([block.low for block in blocks]),
        np.concatenate([block.high for block in blocks]),
        np.concatenate([block.n for block in blocks]),
    )


def _bootstrapped(values: Floats, times_drawn: Floats) -> Average:
    """Mean and interval of some offsets; ``times_drawn`` is (n draws, n_events)."""
    values = np.asarray(values, np.float64)
    known = ~np.isnan(values)
    sums = times_drawn @ np.where(known, values, 0.0)
    with np.errstate(invalid="ignore"):
        if known.all():
            means = sums / len(values)
        else:
            means = sums / (times_drawn @ known.astype(np.float64))
    tails = (1 - COVERAGE) / 2
    low, high = _quantiles(means, (tails, 1 - tails))
    return Average(mean_of_known(values, axis=0), low, high, known.sum(axis=0))


def _quantiles(means: Floats, at: tuple[float, float]) -> tuple[Floats, Floats]:
    """Quantiles of each column, ignoring NaN (draws in which no event was known)."""
    empty = np.isnan(means).all(axis=0)
    filled = np.where(empty, 0.0, means)
    low, high = (
        np.nanquantile(filled, at, axis=0)
        if np.isnan(filled).any()
        else np.quantile(filled, at, axis=0)
    )
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)
