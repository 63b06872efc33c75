"""How signals lie in a prepared store: the times of each clock, samples, extremes, usual range."""

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
"""Every so many samples the time is among the small arrays, to find a window's samples by."""
MAX_TICKS = 16
CHUNK_SAMPLES = 32768


def signal_key(name: str) -> str:
    """Under which the samples of a signal lie."""
    return f"signals/{name}"


def extremes_key(name: str) -> str:
    """Under which the extremes of a signal lie."""
    return f"extremes/{name}"


def ends_key(clock: str) -> str:
    """Under which the first and the last time of a clock lie."""
    return f"ends/{clock}"


def _times_key(clock: str) -> str:
    return f"times/{clock}"


def _ticks_key(clock: str) -> str:
    return f"ticks/{clock}"


def write_times(writer: StoreWriter, clock: str, times: Floats) -> None:
    """The times (s) of a clock, once however many signals follow it."""
    if not writer.has(_times_key(clock)):
        writer.array(_times_key(clock), times, CHUNK_SAMPLES)
        writer.small({_ticks_key(clock): times[::TICK], ends_key(clock): times[[0, -1]]})


def write_signal(writer: StoreWriter, name: str, clock: str, samples: Samples) -> None:
    """A signal with at least one sample."""
    times, values = samples
    write_times(writer, clock, times)
    writer.array(signal_key(name), values, CHUNK_SAMPLES)
    levels = build_extremes(values).levels
    starts = np.cumsum([0, *(len(level) for level in levels.values())]).tolist()
    writer.array(extremes_key(name), np.concatenate([*levels.values()]), compress=True)
    offsets = {str(size): starts[i] for i, size in enumerate(levels)}
    writer.header(signal_key(name), {"offsets": offsets, "range": usual_range(values)})


def read_samples(store: PreparedStore, name: str, clock: str) -> Samples:
    """Times and values, every sample; the times stay in memory for the clock's other signals."""
    return store.whole(_times_key(clock)), store.array(signal_key(name))[:]


def read_part(
    store: PreparedStore, array: str, clock: str, window: Window, row: int | None = None
) -> Samples | None:
    """The samples around a narrow window, read alone; None where they are many.

    The first of them lies at a multiple of ``TICK``, so that bins begin where they always do.

    Args:
        store: where they lie.
        array: the name of the array of samples.
        clock: that it follows.
        window: which needs some more samples on either side.
        row: of the array, where it has rows.
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
    """Whether :func:`read_part` can be asked."""
    return store.has(array) and store.has(_ticks_key(clock))


def read_extremes(store: PreparedStore, name: str) -> Extremes:
    """The extremes at all sizes, in memory."""
    rows: NDArray[np.int32] = store.array(extremes_key(name))[:]
    offsets = store.header(signal_key(name))["offsets"]
    starts = [*offsets.values(), len(rows)]
    return Extremes({int(size): rows[starts[i] : starts[i + 1]] for i, size in enumerate(offsets)})


def read_usual_range(store: PreparedStore, name: str) -> tuple[float, float]:
    """Where nearly all samples lie."""
    low, high = store.header(signal_key(name))["range"]
    return low, high
