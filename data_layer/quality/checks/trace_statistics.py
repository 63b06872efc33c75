"""Statistics of traces, collected in one pass over blocks of frames.

Memory holds one value per cell and half second, and at most ``SAMPLES`` whole frames; nothing else
grows with the recording.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
BIN_SECONDS = 0.5
SAMPLES = 4096
PARTS = 10
MAD_TO_STD = 1.4826


class TraceStatistics:
    """Collects every block of frames (n, n_cells), in order; gives statistics per cell (n_cells,).

    Attributes:
        n_frames, n_cells: size of the recording.
    """

    def __init__(self, n_frames: int, n_cells: int, frame_period: float) -> None:
        self.n_frames, self.n_cells = n_frames, n_cells
        self._bin = max(round(BIN_SECONDS / frame_period), 1)
        self._stride = -(-n_frames // SAMPLES)
        n_bins = -(-n_frames // self._bin)
        self._sums = np.zeros((n_bins, n_cells))
        self._counts = np.zeros((n_bins, n_cells), dtype=np.int32)
        self._samples: list[Floats] = []
        self._steps: list[Floats] = []
        self._last: Floats = np.empty((0, n_cells))

    def add(self, start: int, block: Floats) -> None:
        """Add a block of frames (n, n_cells) that begins at ``start``."""
        self._samples.append(block[-start % self._stride :: self._stride].astype(np.float32))
        self._add_steps(start, block)
        bins, edges = self._bins(start, len(block))
        if np.isnan(block.min(initial=0.0)):  # faster than isnan().any(); min() propagates NaN
            known = ~np.isnan(block)
            counts = np.add.reduceat(known, edges, axis=0, dtype=np.int32)
            block = np.where(known, block, 0.0)
        else:
            sizes = np.diff(np.append(edges, len(block))).astype(np.int32)
            counts = np.broadcast_to(sizes[:, None], (len(edges), self.n_cells))
        self._counts[bins] += counts
        self._sums[bins] += np.add.reduceat(block, edges, axis=0)

    def _add_steps(self, start: int, block: Floats) -> None:
        """Add the differences of sampled frames and the next frames, also across blocks."""
        after = np.arange((1 - start) % self._stride, len(block), self._stride)
        if start and len(after) and after[0] == 0:
            self._steps.append((block[:1] - self._last).astype(np.float32))
        after = after[after > 0]
        self._steps.append((block[after] - block[after - 1]).astype(np.float32))
        self._last = block[-1:].copy()

    def _bins(self, start: int, n: int) -> tuple[slice, NDArray[np.int64]]:
        """The bins of a block, and the index in the block at which each begins."""
        first, last = start // self._bin, (start + n - 1) // self._bin
        begins = np.arange(first, last + 1) * self._bin - start
        return slice(first, last + 1), begins.clip(0)

    @property
    def n_known(self) -> NDArray[np.int64]:
        """Number of samples that are not NaN."""
        return np.asarray(self._counts.sum(axis=0, dtype=np.int64))

    def noise(self) -> Floats:
        """Robust noise level from sampled pairs of neighbouring frames."""
        return np.asarray(_mad(np.concatenate(self._steps)) * MAD_TO_STD / np.sqrt(2))

    def bins(self) -> Floats:
        """Means over half a second each: (n_bins, n_cells) float32; NaN without any value."""
        with np.errstate(invalid="ignore", divide="ignore"):
            means: Floats = self._sums / np.where(self._counts, self._counts, np.nan)
        return means.astype(np.float32)

    def percentile(self, percent: float) -> Floats:
        """A percentile over evenly sampled frames of the session; NaN without any value."""
        return _nanpercentile(np.concatenate(self._samples), percent)

    def of_parts(self, percent: float) -> Floats:
        """A percentile of the half-second means in each tenth of the session: (10, n_cells)."""
        parts = np.array_split(self.bins(), PARTS)
        return np.stack([_nanpercentile(part, percent) for part in parts if len(part)])

    def correlation(self) -> Floats:
        """Correlations (n_cells, n_cells) over evenly sampled frames, without frames with NaN.

        The correlation of a cell with itself and with constant cells is set to 0.
        """
        frames = np.concatenate(self._samples)
        usable = frames[:, ~np.isnan(frames).all(axis=0)]
        complete = np.nan_to_num(frames[~np.isnan(usable).any(axis=1)]).astype(np.float64)
        centred = complete - (complete.mean(axis=0) if len(complete) else 0.0)
        std = np.sqrt((centred**2).sum(axis=0))
        scaled = np.divide(centred, std, out=np.zeros_like(centred), where=std > 0)
        values: Floats = scaled.T @ scaled
        np.fill_diagonal(values, 0.0)
        return values


class EventCounts:
    """Counts the events of each cell, and those that are smaller than its noise."""

    def __init__(self, noise_std: Floats) -> None:
        self._noise = noise_std
        self.counts = np.zeros(len(noise_std), dtype=np.int64)
        self.small = np.zeros(len(noise_std), dtype=np.int64)

    def add(self, start: int, block: Floats) -> None:
        """Add a block of frames (n, n_cells)."""
        del start
        events = block > 0
        self.counts += events.sum(axis=0)
        self.small += (events & (block < self._noise)).sum(axis=0)


def _mad(values: Floats) -> Floats:
    # Contiguous rows in single precision take a tenth of the time.
    rows = np.ascontiguousarray(values.T, dtype=np.float32)
    median = np.nanmedian if np.isnan(rows).any() else np.median
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a cell without any value is NaN
        away = np.abs(rows - median(rows, axis=1, keepdims=True))
        return np.asarray(median(away, axis=1), dtype=np.float64)


def _nanpercentile(values: Floats, percent: float) -> Floats:
    """A percentile along the first axis; NaN for columns without any value."""
    if not np.isnan(values).any():
        return np.asarray(np.percentile(values, percent, axis=0))
    result = np.full(values.shape[1], np.nan)
    some = ~np.isnan(values).all(axis=0)
    if some.any():
        result[some] = np.nanpercentile(values[:, some], percent, axis=0)
    return result
