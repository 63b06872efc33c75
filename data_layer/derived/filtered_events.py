"""Smooths events for display with a causal half-Gaussian filter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SCALE_SECONDS = 2.0 / 31.0
N_STEPS = 20


def half_gaussian(scale: float, n_steps: int = N_STEPS) -> Floats:
    """Weights (n_steps,) of a frame and the ``n_steps`` - 1 frames before it; their sum is 1.

    Args:
        scale: standard deviation in frames (``SCALE_SECONDS`` times the frame rate).
        n_steps: number of frames.
    """
    if n_steps < 1 or not scale > 0:
        raise ValueError(f"The filter needs a positive width, not {scale} over {n_steps} frames.")
    weights = np.exp(-0.5 * (np.arange(n_steps) / scale) ** 2)
    return np.asarray(weights / weights.sum())


def filter_events(events: Floats, weights: Floats) -> Floats:
    """Smooth each column.

    To filter a window of a recording, include the ``len(weights)`` - 1 frames before it and drop
    the same number of rows from the result.

    Args:
        events: (n_frames, n_cells).
        weights: (n_steps,), from :func:`half_gaussian`.

    Returns:
        (n_frames, n_cells); each value is a weighted sum of its frame and the frames before it.
    """
    filtered = np.zeros_like(events, float)  # in the memory order of ``events``
    if not len(events):
        return filtered
    for cell in range(events.shape[1]):
        filtered[:, cell] = np.convolve(events[:, cell], weights)[: len(events)]
    return filtered


def filter_sparse(
    n_frames: int, indices: NDArray[np.integer], values: NDArray[np.floating], weights: Floats
) -> NDArray[np.floating]:
    """:func:`filter_events` for one cell, given only its nonzero frames.

    Args:
        n_frames: number of frames of the recording.
        indices: (n_events,) frame indices, ascending.
        values: (n_events,) values of the events in these frames.
        weights: (n_steps,), from :func:`half_gaussian`; ``[1.0]`` does not filter.

    Returns:
        (n_frames,) with the type of ``values``.
    """
    filtered = np.zeros(n_frames, values.dtype)
    for step, weight in enumerate(weights.tolist()):
        last = int(np.searchsorted(indices, n_frames - step))
        filtered[indices[:last] + step] += values[:last] * weight
    return filtered
