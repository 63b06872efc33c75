"""Where a store takes its values from: what was prepared, or else the NWB file itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import StoreDamaged
from data_layer.levels.extremes import Extremes, build_extremes
from data_layer.levels.outlines import outline
from data_layer.levels.sparse_traces import PARTS, SparseTraces
from data_layer.nwb.aliases import Presentations, Rewards, Trials
from data_layer.nwb.cells import row_of
from data_layer.store.activity import Activity
from data_layer.store.eye import Range
from data_layer.store.signals import SIGNALS, Samples
from data_layer.values.slices import Floats, Ints, Outline, SpanSlice
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.prepared.reader import LevelStore
    from data_layer.store.signals import AnySession

T = TypeVar("T")
TABLES: dict[str, type[pd.DataFrame]] = {
    "presentations": Presentations,
    "trials": Trials,
    "licks": pd.DataFrame,
    "rewards": Rewards,
    "pupil_centres": pd.DataFrame,
    "cells": pd.DataFrame,
}
log = logging.getLogger(__name__)


class Source:
    """One session and, where it is there, what was prepared from it.

    A prepared store that proves to be damaged becomes ``left_aside`` for good: ``damage`` says
    how, and everything comes from the file from then on.
    """

    def __init__(self, session: AnySession, prepared: LevelStore | None = None) -> None:
        self.session, self.prepared = session, prepared
        self.damage: StoreDamaged | None = None
        self.left_aside: LevelStore | None = None

    @property
    def experiment(self) -> BehaviorOphysExperiment:
        """The session as an imaging plane."""
        return cast("BehaviorOphysExperiment", self.session)

    def leave_aside(self, damage: StoreDamaged) -> None:
        """Use the prepared store no more."""
        if self.prepared is not None:
            log.warning("%s", damage)
            self.left_aside, self.damage, self.prepared = self.prepared, damage, None

    def _either(self, name: str, stored: Callable[[LevelStore], T], read: Callable[[], T]) -> T:
        prepared = self.prepared
        if prepared is not None and prepared.has(name):
            try:
                return stored(prepared)
            except StoreDamaged as damage:
                self.leave_aside(damage)
        return read()

    def table(self, name: str, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table of ``TABLES``."""
        return self._either(name, lambda p: _with_aliases(name, p.table(name)), read)

    def fact(self, name: str, read: Callable[[], T]) -> T:
        """What the label says of the session: ``metadata``, ``bounds``, ``image_names``, …."""
        prepared = self.prepared
        if prepared is not None and prepared.facts.get(name) is not None:
            return cast(T, getattr(prepared, name))
        return read()

    def samples(self, name: str) -> Samples:
        """Times and values of a signal of ``SIGNALS``, every sample."""
        signal = SIGNALS[name]
        return self._either(
            f"signals/{name}",
            lambda p: (p.times(signal.clock), p.array(f"signals/{name}")[:]),
            lambda: signal.read(self.session),
        )

    def part(
        self, name: str, clock: str, window: Window, cell: int | None = None
    ) -> Samples | None:
        """The samples around a narrow window, read alone; None where that is not possible.

        ``name`` is that of an array of the prepared store, ``cell`` its row where it has rows.
        """
        prepared = self.prepared
        ticks = f"ticks/{clock}"
        if prepared is None or not (prepared.has(name) and prepared.has(ticks)):
            return None
        return self._either(name, lambda p: p.part(name, clock, window, cell), lambda: None)

    def extremes(self, name: str, values: Floats) -> Extremes:
        """The extremes of a signal of ``SIGNALS``."""
        return self._either(
            f"extremes/{name}", lambda p: p.extremes(name), lambda: build_extremes(values)
        )

    def usual_range(
        self, name: str, compute: Callable[[], tuple[float, float]]
    ) -> tuple[float, float]:
        """Where nearly all samples of a signal of ``SIGNALS`` lie."""
        return self._either(f"signals/{name}", lambda p: p.usual_range(name), compute)

    def spans(self, name: str, compute: Callable[[], SpanSlice]) -> SpanSlice:
        """Spans of the whole session: a name of ``SessionStore.SPANS``."""
        return self._either(name, lambda p: p.spans(name), compute)

    def eye_frame(self, frame: int, read: Callable[[], Floats]) -> Floats:
        """``eye.COLUMNS`` of one camera frame."""
        return self._either("eye", lambda p: p.array("eye")[frame], read)

    def camera_range(self, compute: Callable[[], Range | None]) -> Range | None:
        """Where in the camera's image the eye is."""
        return self._either("eye", lambda p: p.camera_range, compute)

    def activity(self, name: str) -> Activity:
        """One kind of trace of all cells with its levels."""
        matrix = self.experiment.traces_matrix(name)
        return self._either(
            f"activity/{name}/mean",
            lambda p: Activity(name, matrix, p.levels(name), p.top(name), self.leave_aside),
            lambda: Activity(name, matrix),
        )

    def trace(self, activity: Activity, cell_roi_id: int) -> Floats:
        """Every sample of one cell's trace; float32 where it was prepared.

        Raises:
            KeyError: there is no such trace of this cell.
        """
        matrix = activity.matrix
        place = row_of(matrix.cell_roi_ids, cell_roi_id)
        return self._either(
            f"traces/{activity.name}",
            lambda p: p.trace(activity.name, place),
            lambda: matrix.column(cell_roi_id),
        )

    def usual_range_of(
        self, activity: Activity, cell_roi_id: int, compute: Callable[[], tuple[float, float]]
    ) -> tuple[float, float]:
        """Where nearly all samples of one cell's trace lie."""
        name = f"ranges/{activity.name}"
        place = row_of(activity.matrix.cell_roi_ids, cell_roi_id)
        return self._either(name, lambda p: p.cell_range(name, place), compute)

    def small(self, name: str, compute: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """A small array of the whole session, such as the change response of every cell."""
        return self._either(name, lambda p: p.small[name], compute)

    def has_traces(self, name: str) -> bool:
        """Whether the cells of a kind of trace were prepared one by one."""
        return self.prepared is not None and self.prepared.has(f"traces/{name}")

    def traces(self, activity: Activity, places: Ints) -> Floats:
        """Every sample of some cells: (n_places, n_frames).

        ``places`` in the matrix, ascending; quick where they lie close to each other.
        """
        first, last = int(places[0]), int(places[-1]) + 1
        return self._either(
            f"traces/{activity.name}",
            lambda p: p.array(f"traces/{activity.name}")[first:last][places - first],
            lambda: np.stack(
                [
                    activity.matrix.column(int(activity.matrix.cell_roi_ids[place]))
                    for place in places
                ]
            ),
        )

    def sparse_traces(self, name: str) -> SparseTraces | None:
        """The samples of all cells that are not zero; None where they were not prepared."""
        prepared = self.prepared
        if prepared is None or not prepared.has(f"sparse/{name}/values"):
            return None

        def read(p: LevelStore) -> SparseTraces | None:
            n_frames = p.array(f"traces/{name}").shape[1]
            return SparseTraces(n_frames, *(p.array(f"sparse/{name}/{part}")[:] for part in PARTS))

        return self._either(f"sparse/{name}/values", read, lambda: None)

    def outlines(self, cells: pd.DataFrame) -> tuple[Outline, ...]:
        """The outline of every cell of ``cells``."""
        name = "outlines/cell_roi_id"
        return self._either(name, lambda p: p.outlines, lambda: self._read_outlines(cells))

    def _read_outlines(self, cells: pd.DataFrame) -> tuple[Outline, ...]:
        specimens = cells["cell_specimen_id"].astype(object)
        return tuple(
            outline(
                self.experiment.roi_mask(roi_id),
                roi_id,
                None if pd.isna(specimen) else int(specimen),
            )
            for roi_id, specimen in zip(cells["cell_roi_id"].tolist(), specimens, strict=True)
        )


def _with_aliases(name: str, stored: pd.DataFrame) -> pd.DataFrame:
    table = TABLES[name](stored)
    table.attrs = stored.attrs
    return table
