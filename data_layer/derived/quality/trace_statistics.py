"""What the checks of traces need, gathered in one pass over blocks of frames.

Memory does not grow with the recording but for one value per cell and half second, and at most
``SAMPLES`` frames.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
BIN_SECONDS = 0.5
SAMPLES = 4096
NOISE_STRIDE = 4
PARTS = 10
MAD_TO_STD = 1.4826


class TraceStatistics:
    """Is told of every block of (n, n_cells) frames, in order, and answers per cell (n_cells,).

    Attributes:
        n_frames: how many frames were told.
        n_known: samples that are not NaN.
    """

    def __init__(self, n_frames: int, n_cells: int, frame_period: float) -> None:
        self.n_frames, self.n_cells = n_frames, n_cells
        self._bin = max(round(BIN_SECONDS / frame_period), 1)
        self._stride = -(-n_frames // SAMPLES)
        n_bins = -(-n_frames // self._bin)
        self._sums = np.zeros((n_bins, n_cells), dtype=np.float32)
        self._counts = np.zeros((n_bins, n_cells), dtype=np.int32)
        self._samples: list[Floats] = []
        self._noises: list[tuple[int, Floats]] = []
        self.n_known = np.zeros(n_cells, dtype=np.int64)

    def add(self, start: int, block: Floats) -> None:
        """Frames ``start`` and following."""
        known = ~np.isnan(block)
        filled = block if known.all() else np.where(known, block, 0.0)
        self._samples.append(block[-start % self._stride :: self._stride].astype(np.float32))
        self.n_known += known.sum(axis=0)
        bins, edges = self._bins(start, len(block))
        self._sums[bins] += np.add.reduceat(filled, edges, axis=0).astype(np.float32)
        self._counts[bins] += np.add.reduceat(known, edges, axis=0, dtype=np.int32)
        steps = block[1::NOISE_STRIDE] - block[: len(block) - 1 : NOISE_STRIDE]
        if len(steps):
            self._noises.append((len(steps), _mad(steps) * MAD_TO_STD / np.sqrt(2)))

    def _bins(self, start: int, n: int) -> tuple[slice, NDArray[np.int64]]:
        """The bins that a block touches, and where each begins in it."""
        first, last = start // self._bin, (start + n - 1) // self._bin
        begins = np.arange(first, last + 1) * self._bin - start
        return slice(first, last + 1), begins.clip(0)

    def noise(self) -> Floats:
        """Robust noise from neighbouring frames, averaged over blocks."""
        weights = np.array([n for n, _ in self._noises], dtype=np.float64)[:, None]
        noises = np.stack([noise for _, noise in self._noises])
        weights = np.where(np.isnan(noises), 0.0, weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Floats = (np.nan_to_num(noises) * weights).sum(0) / weights.sum(0)
        return mean

    def bins(self) -> Floats:
        """Means of half a second each: (n_bins, n_cells) float32, NaN where nothing is known."""
        with np.errstate(invalid="ignore", divide="ignore"):
            means: Floats = self._sums / np.where(self._counts, self._counts, np.nan)
        return means.astype(np.float32)

    def percentile(self, percent: float) -> Floats:
        """A percentile over frames taken evenly from the session; NaN without any."""
        return _nanpercentile(np.concatenate(self._samples), percent)

    def of_parts(self, percent: float) -> Floats:
        """A percentile of the half-second means in each tenth of the session: (10, n_cells)."""
        parts = np.array_split(self.bins(), PARTS)
        return np.stack([_nanpercentile(part, percent) for part in parts if len(part)])


class CrossProducts:
    """Correlation between cells, from the same blocks; frames with any NaN are left out."""

    def __init__(self, n_cells: int) -> None:
        self._n, self._sums = 0, np.zeros(n_cells)
        self._products = np.zeros((n_cells, n_cells))
        self._origin: Floats | None = None

    def add(self, start: int, block: Floats) -> None:
        """One block of (n, n_cells) frames; cells that are NaN throughout it count as zero."""
        del start
        usable = block[:, ~np.isnan(block).all(axis=0)]
        complete = np.nan_to_num(block[~np.isnan(usable).any(axis=1)])
        if not len(complete):
            return
        if self._origin is None:
            self._origin = complete.mean(axis=0)
        centred = (complete - self._origin).astype(np.float32)
        self._n += len(centred)
        self._sums += centred.sum(axis=0, dtype=np.float64)
        self._products += centred.T @ centred

    def correlation(self) -> Floats:
        """(n_cells, n_cells); 0 with itself and with cells that never change."""
        if self._n < 2:
            return np.zeros_like(self._products)
        covariance = self._products / self._n - np.outer(self._sums, self._sums) / self._n**2
        std = np.sqrt(np.diag(covariance).clip(0))
        scale = np.outer(std, std)
        with np.errstate(invalid="ignore", divide="ignore"):
            values: Floats = np.where(scale > 0, covariance / scale, 0.0)
        np.fill_diagonal(values, 0.0)
        return values


class EventCounts:
    """How many events each cell has, and how many of them are smaller than its noise."""

    def __init__(self, noise_std: Floats) -> None:
        self._noise = noise_std
        self.counts = np.zeros(len(noise_std), dtype=np.int64)
        self.small = np.zeros(len(noise_std), dtype=np.int64)

    def add(self, start: int, block: Floats) -> None:
        """One block of (n, n_cells) frames."""
        del start
        events = block > 0
        self.counts += events.sum(axis=0)
        self.small += (events & (block < self._noise)).sum(axis=0)


def _mad(values: Floats) -> Floats:
    middle = _nanpercentile(values, 50)
    return _nanpercentile(np.abs(values - middle), 50)


def _nanpercentile(values: Floats, percent: float) -> Floats:
    """Along the first axis; columns without any value are NaN, without a warning."""
    if not np.isnan(values).any():
        return np.asarray(np.percentile(values, percent, axis=0))
    result = np.full(values.shape[1], np.nan)
    some = ~np.isnan(values).all(axis=0)
    if some.any():
        result[some] = np.nanpercentile(values[:, some], percent, axis=0)
    return result
