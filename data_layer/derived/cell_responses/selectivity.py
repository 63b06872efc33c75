"""Selectivity, reliability, modulation and correlation of a cell's responses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def lifetime_sparseness(means: Floats) -> float:
    """Selectivity among images: 0 if all responses are equal, 1 if there is only one response.

    (1 − (Σr/n)² / (Σr²/n)) / (1 − 1/n), where ``r`` is the mean response to each of n images;
    negative responses count as zero. NaN for fewer than two images or if no response is positive.
    """
    known = np.clip(means[np.isfinite(means)], 0.0, None)
    if len(known) < 2 or not known.any():
        return np.nan
    return float((1 - known.mean() ** 2 / np.mean(known**2)) / (1 - 1 / len(known)))


def modulation(response: float, reference: float) -> float:
    """(a − b) / (|a| + |b|): 1 if there is only the response, −1 if only the reference."""
    total = abs(response) + abs(reference)
    return (response - reference) / total if total > 0 else np.nan


def reliability(trials: Floats) -> float:
    """The mean correlation over all pairs of trials (n_trials, n_t).

    Trials with a gap or without any variation are left out. NaN for fewer than two trials.
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
    """Pearson's correlation over the samples at which neither is NaN."""
    known = np.isfinite(a) & np.isfinite(b)
    if known.sum() < 2:
        return np.nan
    a, b = (np.asarray(x if known.all() else x[known], np.float64) for x in (a, b))
    a, b = a - a.mean(), b - b.mean()
    # Sums rather than BLAS, whose threads wait for each other when several requests run at once.
    total = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / total) if total > 0 else np.nan


def on_times(times: Floats, values: Floats, wanted: Floats) -> Floats:
    """A signal interpolated linearly at ``wanted``; NaN outside its samples and in its gaps."""
    if not len(times):
        return np.full(len(wanted), np.nan)
    return np.asarray(np.interp(wanted, times, values, left=np.nan, right=np.nan))
