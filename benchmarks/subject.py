"""The recording that is measured: its page, windows and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from dashboard.urls import DEFAULT_OPTIONS
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.opening import open_session
from data_layer.store.signals import SIGNALS
from data_layer.values.slices import Floats

SHOWN_SIGNALS = ("running_speed", "pupil_area", "motion_x", "motion_y")
TRACE = "dff"
N_CELLS = 4  # with the signals: eight lines
ROWS = [
    "stimulus",
    "trials",
    "licks",
    "running_speed",
    "pupil_area",
    "motion",
    "activity",
    "cells",
]
PIXELS = 1000
MINUTE = 60.0


@dataclass(frozen=True)
class Subject:
    """One file; ``cells`` are the (cell_roi_id, id on the page) of the cells that are drawn."""

    file: Path
    kind: str
    id: int
    bounds: tuple[float, float]
    n_cells: int
    cells: tuple[tuple[int, int], ...]
    options: dict[str, Any] = field(
        default_factory=lambda: DEFAULT_OPTIONS | {"rows": ROWS, "traces": [TRACE]}
    )

    @property
    def path(self) -> str:
        """The page's path."""
        return f"/{self.kind}/{self.id}"

    @property
    def whole_timeline(self) -> str:
        """The page with every row, over the whole session."""
        query = {
            "t": f"{self.bounds[0]:.3f}-{self.bounds[1]:.3f}",
            "cells": ",".join(str(name) for _, name in self.cells),
            "rows": ",".join(ROWS),
        }
        return f"{self.path}?{urlencode(query, safe=',')}"

    @property
    def request_values(self) -> dict[str, Any]:
        """The values of the page's stores, except the window."""
        return {
            "selection.data": {"cells": [name for _, name in self.cells]},
            "options.data": self.options,
            "address.data": {"kind": self.kind, "id": self.id},
        }

    def windows(self, n: int) -> dict[str, list[tuple[float, float]]]:
        """``n`` different windows of each length, so that no answer is cached."""
        return {"whole session": self._wide(n), "one minute": self._minutes(n)}

    def _wide(self, n: int) -> list[tuple[float, float]]:
        start, stop = self.bounds
        step = (stop - start) * 0.1 / n
        return [(start + i * step / 2, stop - i * step / 2) for i in range(n)]

    def _minutes(self, n: int) -> list[tuple[float, float]]:
        start, stop = self.bounds
        length = min(MINUTE, (stop - start) / 2)
        step = (stop - start - length) / n
        # In steps of seven, so that neighbouring windows do not follow each other.
        order = sorted(range(n), key=lambda i: (i % 7, i))
        return [(start + i * step, start + i * step + length) for i in order]


def subject_of(file: Path) -> Subject:
    """The recording in a file."""
    with open_session(file) as session:
        times = session.stimulus_timestamps
        bounds = float(times[0]), float(times[-1])
        if not isinstance(session, BehaviorOphysExperiment):
            return Subject(file, "behavior", session.behavior_session_id, bounds, 0, ())
        cells = session.cells
        names = cells["cell_specimen_id"].fillna(cells["cell_roi_id"].astype("Int64"))
        pairs = list(zip(cells["cell_roi_id"].astype(int), names.astype(int), strict=True))
        shown = tuple((int(roi_id), int(name)) for roi_id, name in pairs[:N_CELLS])
        id_ = session.ophys_experiment_id
        return Subject(file, "experiment", id_, bounds, len(cells), shown)


def lines(subject: Subject) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield name, times and values of each line that the timeline draws."""
    with open_session(subject.file) as session:
        for name in SHOWN_SIGNALS:
            if session.has(SIGNALS[name].stream):
                yield name, *SIGNALS[name].read(session)
        if isinstance(session, BehaviorOphysExperiment):
            matrix = session.traces_matrix(TRACE)
            for roi_id, cell in subject.cells:
                yield f"{TRACE} {cell}", matrix.timestamps, matrix.column(roi_id)
