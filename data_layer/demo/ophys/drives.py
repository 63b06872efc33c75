"""The drives of cells, as expected numbers of events per imaging frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo.ophys.cells import Cell
from data_layer.demo.recording import Recording

Floats = NDArray[np.float64]

_WINDOWS = {  # start and end of the response, s after the occurrence
    "image": (0.06, 0.35),
    "change": (0.08, 0.5),
    "omission": (0.2, 0.8),
    "reward": (0.1, 1.4),
    "lick": (0.0, 0.2),
}
_FULL_SPEED = 35.0  # cm/s
_REPETITION = 0.3  # adaptation: an image cell's response is divided by 1 + this × repeats
_NOVELTY = {"image": 1.5, "omission": 0.5}  # gains with novel images, relative to familiar ones


@dataclass(frozen=True)
class Drives:
    """The drives of one session at imaging frames, each (n_frames,) with sum 1 per occurrence."""

    frame_period: float
    by_role: dict[str, Floats]
    by_image: dict[str, Floats]
    recording: Recording

    def expected_events(self, cell: Cell) -> Floats:
        """Expected number of events of ``cell`` in each frame (n_frames,)."""
        base = np.full(len(self.by_role["running"]), cell.base_rate * self.frame_period)
        if cell.role == "quiet":
            return base
        image = cell.preferred_image(self.recording.plan.image_set)
        nothing = np.zeros(len(base))  # a short session does not show every image
        drive = self.by_role[cell.role] if image is None else self.by_image.get(image, nothing)
        novelty = _NOVELTY.get(cell.role, 1.0) if self.recording.plan.novel_images else 1.0
        return base + cell.gain * novelty * drive


def session_drives(recording: Recording, times: Floats) -> Drives:
    """The drives of a session at imaging frames ``times`` (n_frames,), s."""
    period = float(np.mean(np.diff(times)))
    shown = recording.stimulus_presentations
    flashes = shown[shown["active"]]
    changes = flashes[flashes["is_change"] == 1]
    omissions = flashes[flashes["omitted"] == 1]
    by_role = {
        "change": _answers("change", changes["start_time"], times),
        "omission": _answers("omission", omissions["start_time"], times),
        "reward": _answers("reward", recording.rewards["timestamps"], times),
        "lick": _answers("lick", recording.licks["timestamps"], times),
        "running": _running(recording, times) * period,
    }
    return Drives(period, by_role, _images(flashes, times), recording)


def _images(flashes: pd.DataFrame, times: Floats) -> dict[str, Floats]:
    shown = flashes[flashes["omitted"] == 0]
    weight = 1 / (1 + _REPETITION * shown["flashes_since_change"])
    return {
        str(name): _answers("image", rows["start_time"], times, weight[rows.index].to_numpy())
        for name, rows in shown.groupby("image_name")
    }


def _running(recording: Recording, times: Floats) -> Floats:
    speed = np.interp(times, recording.stimulus_timestamps, recording.running.speed)
    return np.asarray(np.clip(speed / _FULL_SPEED, 0, 1.5) ** 1.5)


def _answers(
    kind: str, occurrences: pd.Series[float], times: Floats, weights: Floats | None = None
) -> Floats:
    """A response after each occurrence, whose sum over the frames is 1 (or its weight)."""
    begin, end = _WINDOWS[kind]
    period = float(np.mean(np.diff(times)))
    train = np.zeros(len(times))
    first = np.searchsorted(times, occurrences.to_numpy() + begin)
    inside = first < len(times)
    np.add.at(train, first[inside], 1.0 if weights is None else weights[inside])
    n = max(round((end - begin) / period), 1)
    bump = np.sin(np.linspace(0, np.pi, n + 2)[1:-1])
    return np.convolve(train, bump / bump.sum())[: len(times)]
