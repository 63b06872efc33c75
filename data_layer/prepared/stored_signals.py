"""Signals in a prepared store: the times of each clock, samples, extremes and usual range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data_layer.levels.extremes import Extremes, build_extremes, usual_range
from data_layer.values.samples import Samples
from data_layer.values.slices import Floats
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.prepared.reader import PreparedStore
    from data_layer.prepared.writer import StoreWriter

TICK = 4096
"""The small arrays have the time of every ``TICK``-th sample, to find the samples of a window."""
MAX_TICKS = 16
CHUNK_SAMPLES = 32768


def signal_key(name: str) -> str:
    """Name of the array with the samples of a signal."""
    return f"signals/{name}"


def extremes_key(name: str) -> str:
    """Name of the array with the extremes of a signal."""
    return f"extremes/{name}"


def ends_key(clock: str) -> str:
    """Name of the small array with the first and last time of a clock."""
    return f"ends/{clock}"


def _times_key(clock: str) -> str:
    return f"times/{clock}"


def _ticks_key(clock: str) -> str:
    return f"ticks/{clock}"


def write_times(writer: StoreWriter, clock: str, times: Floats) -> None:
    """Write the times (s) of a clock, unless another signal of the clock has done so."""
    if not writer.has(_times_key(clock)):
        writer.array(_times_key(clock), times, CHUNK_SAMPLES)
        writer.small({_ticks_key(clock): times[::TICK], ends_key(clock): times[[0, -1]]})


def write_signal(writer: StoreWriter, name: str, clock: str, samples: Samples) -> None:
    """Write a signal, which must have at least one sample."""
    times, values = samples
    write_times(writer, clock, times)
    writer.array(signal_key(name), values, CHUNK_SAMPLES)
    levels = build_extremes(values).levels
    starts = np.cumsum([0, *(len(level) for level in levels.values())]).tolist()
    writer.array(extremes_key(name), np.concatenate([*levels.values()]), compress=True)
    offsets = {str(size): starts[i] for i, size in enumerate(levels)}
    writer.header(signal_key(name), {"offsets": offsets, "range": usual_range(values)})


def read_samples(store: PreparedStore, name: str, clock: str) -> Samples:
    """All times and values; the times are cached in memory for other signals of the clock."""
    return store.whole(_times_key(clock)), store.array(signal_key(name))[:]


def read_part(
    store: PreparedStore, array: str, clock: str, window: Window, row: int | None = None
) -> Samples | None:
    """Only the samples around a narrow window; None for a wide window.

    The index of the first sample is a multiple of ``TICK``, so that bins have the same edges as in
    the whole signal.

    Args:
        store: the prepared store.
        array: the name of the array of samples.
        clock: the clock of the samples.
        window: the window; some more samples on each side are returned.
        row: the row of a two-dimensional array.
    """
    ticks, length = store.small[_ticks_key(clock)], store.array(array).shape[-1]
    first = max(int(np.searchsorted(ticks, window.start)) - 2, 0) * TICK
    last = min((int(np.searchsorted(ticks, window.stop)) + 1) * TICK, length)
    if last - first > MAX_TICKS * TICK:
        return None
    part = slice(first, last)
    values = store.array(array)[part if row is None else (row, part)]
    return store.rows(_times_key(clock), part), values


def has_parts(store: PreparedStore, array: str, clock: str) -> bool:
    """Whether the store has what :func:`read_part` needs."""
    return store.has(array) and store.has(_ticks_key(clock))


def read_extremes(store: PreparedStore, name: str) -> Extremes:
    """The extremes of a signal at all bin sizes, in memory."""
    rows: NDArray[np.int32] = store.array(extremes_key(name))[:]
    offsets = store.header(signal_key(name))["offsets"]
    starts = [*offsets.values(), len(rows)]
    return Extremes({int(size): rows[starts[i] : starts[i + 1]] for i, size in enumerate(offsets)})


def read_usual_range(store: PreparedStore, name: str) -> tuple[float, float]:
    """The range of nearly all samples of a signal."""
    low, high = store.header(signal_key(name))["range"]
    return low, high
