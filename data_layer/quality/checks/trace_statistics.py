"""What the checks of traces need, gathered in one pass over blocks of frames.

Memory does not grow with the recording but for one value per cell and half second, and at most
``SAMPLES`` frames.
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
    """Is told of every block of (n, n_cells) frames, in order, and answers per cell (n_cells,).

    Attributes:
        n_frames, n_cells: the recording's.
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
        """Frames ``start`` and following."""
        self._samples.append(block[-start % self._stride :: self._stride].astype(np.float32))
        self._add_steps(start, block)
        bins, edges = self._bins(start, len(block))
        if np.isnan(block.min(initial=0.0)):  # a quick look: NaN goes through
            known = ~np.isnan(block)
            counts = np.add.reduceat(known, edges, axis=0, dtype=np.int32)
            block = np.where(known, block, 0.0)
        else:
            sizes = np.diff(np.append(edges, len(block))).astype(np.int32)
            counts = np.broadcast_to(sizes[:, None], (len(edges), self.n_cells))
        self._counts[bins] += counts
        self._sums[bins] += np.add.reduceat(block, edges, axis=0)

    def _add_steps(self, start: int, block: Floats) -> None:
        """From each sampled frame to the one after it, wherever blocks begin."""
        after = np.arange((1 - start) % self._stride, len(block), self._stride)
        if start and len(after) and after[0] == 0:
            self._steps.append((block[:1] - self._last).astype(np.float32))
        after = after[after > 0]
        self._steps.append((block[after] - block[after - 1]).astype(np.float32))
        self._last = block[-1:].copy()

    def _bins(self, start: int, n: int) -> tuple[slice, NDArray[np.int64]]:
        """The bins that a block touches, and where each begins in it."""
        first, last = start // self._bin, (start + n - 1) // self._bin
        begins = np.arange(first, last + 1) * self._bin - start
        return slice(first, last + 1), begins.clip(0)

    @property
    def n_known(self) -> NDArray[np.int64]:
        """How many samples are not NaN."""
        return np.asarray(self._counts.sum(axis=0, dtype=np.int64))

    def noise(self) -> Floats:
        """Robust noise from sampled pairs of neighbouring frames."""
        return np.asarray(_mad(np.concatenate(self._steps)) * MAD_TO_STD / np.sqrt(2))

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

    def correlation(self) -> Floats:
        """(n_cells, n_cells) over frames taken evenly from the session, those with NaN left out.

        0 with itself and with cells that never change.
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
    # Along rows of memory and in single precision it takes a tenth of the time.
    rows = np.ascontiguousarray(values.T, dtype=np.float32)
    median = np.nanmedian if np.isnan(rows).any() else np.median
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a cell without any value is NaN
        away = np.abs(rows - median(rows, axis=1, keepdims=True))
        return np.asarray(median(away, axis=1), dtype=np.float64)


def _nanpercentile(values: Floats, percent: float) -> Floats:
    """Along the first axis; columns without any value are NaN, without a warning."""
    if not np.isnan(values).any():
        return np.asarray(np.percentile(values, percent, axis=0))
    result = np.full(values.shape[1], np.nan)
    some = ~np.isnan(values).all(axis=0)
    if some.any():
        result[some] = np.nanpercentile(values[:, some], percent, axis=0)
    return result
