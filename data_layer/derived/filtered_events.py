"""Events smoothed for the eye: a causal half-Gaussian over the frames before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SCALE_SECONDS = 2.0 / 31.0
N_STEPS = 20


def half_gaussian(scale: float, n_steps: int = N_STEPS) -> Floats:
    """Weights of the present frame and the ``n_steps`` - 1 before it, together 1.

    Args:
        scale: standard deviation in frames (``SCALE_SECONDS`` times the frame rate).
        n_steps: how many frames are weighed.
    """
    if n_steps < 1 or not scale > 0:
        raise ValueError(f"The filter needs a positive width, not {scale} over {n_steps} frames.")
    weights = np.exp(-0.5 * (np.arange(n_steps) / scale) ** 2)
    return np.asarray(weights / weights.sum())


def filter_events(events: Floats, weights: Floats) -> Floats:
    """Smooth each column.

    To filter a window of a recording, pass it with the ``len(weights)`` - 1 frames before it
    and drop as many rows of the answer.

    Args:
        events: (n_frames, n_cells).
        weights: (n_steps,), from :func:`half_gaussian`.

    Returns:
        (n_frames, n_cells); each frame weighs itself and the frames before it.
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
    """As :func:`filter_events` for one cell of which only the frames that are not zero are known.

    Args:
        n_frames: of the recording.
        indices: (n_events,) indices of frames, ascending.
        values: (n_events,) of the events there.
        weights: (n_steps,), from :func:`half_gaussian`; ``[1.0]`` leaves the events as they are.

    Returns:
        (n_frames,) of the type of ``values``.
    """
    filtered = np.zeros(n_frames, values.dtype)
    for step, weight in enumerate(weights.tolist()):
        last = int(np.searchsorted(indices, n_frames - step))
        filtered[indices[:last] + step] += values[:last] * weight
    return filtered
