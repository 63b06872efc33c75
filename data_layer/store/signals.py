"""The signals of a session that can be drawn as lines: name, label, unit and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_layer.errors import StreamDamaged
from data_layer.nwb.eye_tracking import AREA_COLUMNS
from data_layer.values.samples import Samples
from data_layer.values.slices import Floats

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.nwb.behavior_session import BehaviorSession

    AnySession = BehaviorSession | BehaviorOphysExperiment

LICK_WINDOW, LICK_STEP = 1.0, 0.1  # s


@dataclass(frozen=True, slots=True)
class Signal:
    """One drawable signal; ``read`` returns its times (s) and values, both (n,) float64.

    Signals of one ``clock`` share their times.
    """

    name: str
    label: str
    unit: str
    stream: str
    read: Callable[[AnySession], Samples]

    @property
    def clock(self) -> str:
        """The name of the clock that times the samples."""
        clocks = {"eye_tracking": "eye", "motion_correction": "ophys"}
        return clocks.get(self.stream, self.stream)


def _timed(times: Floats, values: Floats) -> Samples:
    """The samples that have a time."""
    known = np.isfinite(times)
    return (times, values) if known.all() else (times[known], values[known])


def _column(stream: str, column: str) -> Callable[[AnySession], Samples]:
    def read(session: AnySession) -> Samples:
        table = getattr(session, stream)
        return _timed(table["timestamps"].to_numpy(), table[column].to_numpy(dtype=np.float64))

    return read


def _motion(axis: str) -> Callable[[AnySession], Samples]:
    def read(session: AnySession) -> Samples:
        shifts = session.motion_correction[axis].to_numpy(dtype=np.float64)  # type: ignore[union-attr]
        times = session.ophys_timestamps  # type: ignore[union-attr]
        if abs(len(times) - len(shifts)) > 1:
            problem = f"{len(shifts)} shifts, but {len(times)} imaging frames"
            raise StreamDamaged(session.path, "motion_correction", problem, "Download it again")
        known = shifts[: len(times)]
        padded = np.pad(known, (0, len(times) - len(known)), constant_values=np.nan)
        return _timed(times, padded)

    return read


def _licks_per_second(session: AnySession) -> Samples:
    """The mouse's lick rate: licks in a sliding window of 1 s around each time, per second.

    Lick rate around events has bins of 0.1 s, which the mean over events smooths; here nothing
    does, and a single lick would read 10 licks/s. At both ends of the session the window is cut,
    and the licks are divided by what is left of it. No samples where the mouse never licked.
    """
    licks = session.licks["timestamps"].to_numpy(dtype=np.float64)
    licks = np.sort(licks[np.isfinite(licks)])
    if not len(licks):
        return licks, licks
    clock = session.stimulus_timestamps
    clock = clock[np.isfinite(clock)]
    if not len(clock):
        return clock, clock
    first, last = clock[[0, -1]]
    times = np.linspace(first, last, 1 + int(np.ceil((last - first) / LICK_STEP)))
    start, stop = times - LICK_WINDOW / 2, times + LICK_WINDOW / 2
    counts = np.searchsorted(licks, stop) - np.searchsorted(licks, start)
    return times, counts / (np.minimum(stop, last) - np.maximum(start, first))


def _area(column: str) -> Callable[[AnySession], Samples]:
    def read(session: AnySession) -> Samples:
        table = session.read_eye_areas()
        return _timed(table["timestamps"].to_numpy(), table[column].to_numpy(dtype=np.float64))

    return read


def _eye(column: str, label: str, unit: str) -> Signal:
    read = _area(column) if column in AREA_COLUMNS else _column("eye_tracking", column)
    return Signal(column, label, unit, "eye_tracking", read)


_PARTS = {"pupil": "pupil", "eye": "eye", "cr": "corneal reflection"}

SIGNALS: dict[str, Signal] = {
    signal.name: signal
    for signal in (
        Signal(
            "running_speed",
            "running speed",
            "cm/s",
            "running_speed",
            _column("running_speed", "speed"),
        ),
        Signal(
            "raw_running_speed",
            "raw running speed",
            "cm/s",
            "raw_running_speed",
            _column("raw_running_speed", "speed"),
        ),
        Signal("licks_per_second", "lick rate (1 s)", "licks/s", "licks", _licks_per_second),
        *(_eye(f"{part}_area", f"{word} area", "px²") for part, word in _PARTS.items()),
        *(
            _eye(f"{part}_area_raw", f"{word} area with blinks", "px²")
            for part, word in _PARTS.items()
        ),
        *(
            _eye(f"{part}_center_{axis}", f"{word} centre {axis}", "px")
            for part, word in _PARTS.items()
            for axis in "xy"
        ),
        Signal("motion_x", "motion correction x", "px", "motion_correction", _motion("x")),
        Signal("motion_y", "motion correction y", "px", "motion_correction", _motion("y")),
    )
}
