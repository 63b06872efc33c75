"""Where the signals and traces of a session come from: the prepared store, else the NWB file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from data_layer.levels.extremes import Extremes, build_extremes
from data_layer.levels.sparse_traces import SparseTraces
from data_layer.nwb.cells import row_of
from data_layer.prepared.fallback import Fallback
from data_layer.prepared.stored_signals import (
    ends_key,
    extremes_key,
    has_parts,
    read_extremes,
    read_part,
    read_samples,
    read_usual_range,
    signal_key,
)
from data_layer.prepared.stored_traces import (
    ranges_key,
    read_sparse_traces,
    read_usual_range_of_cell,
    sparse_key,
    traces_key,
)
from data_layer.store.activity import Activity
from data_layer.store.signals import SIGNALS
from data_layer.values.samples import Samples
from data_layer.values.slices import Floats, Ints
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.prepared.reader import PreparedStore
    from data_layer.store.signals import AnySession

UsualRange = tuple[float, float]


class Source(Fallback):
    """One session and, where it is there, what was prepared from it.

    This is for what is too large to be one datum of the registry: it is read in parts.
    """

    def __init__(self, session: AnySession, prepared: PreparedStore | None = None) -> None:
        super().__init__(prepared)
        self.session = session

    @property
    def experiment(self) -> BehaviorOphysExperiment:
        """The session as an imaging plane."""
        return cast("BehaviorOphysExperiment", self.session)

    def samples(self, name: str) -> Samples:
        """Times and values of a signal of ``SIGNALS``, every sample."""
        signal = SIGNALS[name]
        return self.either(
            signal_key(name),
            partial(read_samples, name=name, clock=signal.clock),
            lambda: signal.read(self.session),
        )

    def ends(self, clock: str, read: Callable[[], Floats]) -> Floats:
        """First and last time (s) of a clock; nothing where it has none."""
        key = ends_key(clock)
        return self.either(key, lambda store: store.small[key], read)

    def part(
        self, array: str, clock: str, window: Window, row: int | None = None
    ) -> Samples | None:
        """The samples around a narrow window, read alone; None where that is not possible.

        ``array`` is that of the prepared store, ``row`` one of its rows where it has rows.
        """

        def read(store: PreparedStore) -> Samples | None:
            if not has_parts(store, array, clock):
                return None
            return read_part(store, array, clock, window, row)

        return self.either(array, read, lambda: None)

    def extremes(self, name: str, values: Floats) -> Extremes:
        """The extremes of a signal of ``SIGNALS``."""
        read = partial(read_extremes, name=name)
        return self.either(extremes_key(name), read, lambda: build_extremes(values))

    def usual_range(self, name: str, compute: Callable[[], UsualRange]) -> UsualRange:
        """Where nearly all samples of a signal of ``SIGNALS`` lie."""
        return self.either(signal_key(name), partial(read_usual_range, name=name), compute)

    def activity(self, name: str) -> Activity:
        """One kind of trace of all cells with its levels."""
        return Activity(name, self.experiment.traces_matrix(name), self)

    def trace(self, activity: Activity, cell_roi_id: int) -> Floats:
        """Every sample of one cell's trace; float32 where it was prepared.

        Raises:
            KeyError: there is no such trace of this cell.
        """
        key, matrix = traces_key(activity.name), activity.matrix
        row = row_of(matrix.cell_roi_ids, cell_roi_id)
        return self.either(
            key, lambda store: store.array(key)[row], lambda: matrix.column(cell_roi_id)
        )

    def usual_range_of_cell(
        self, activity: Activity, cell_roi_id: int, compute: Callable[[], UsualRange]
    ) -> UsualRange:
        """Where nearly all samples of one cell's trace lie."""
        row = row_of(activity.matrix.cell_roi_ids, cell_roi_id)
        read = partial(read_usual_range_of_cell, name=activity.name, row=row)
        return self.either(ranges_key(activity.name), read, compute)

    def has_traces(self, name: str) -> bool:
        """Whether the cells of a kind of trace were prepared one by one."""
        return self.prepared is not None and self.prepared.has(traces_key(name))

    def traces(self, activity: Activity, indices: Ints) -> Floats:
        """Every sample of some cells: (n_indices, n_frames).

        ``indices`` of columns of the matrix, ascending; quick where they lie close together.
        """
        key, matrix = traces_key(activity.name), activity.matrix
        first, last = int(indices[0]), int(indices[-1]) + 1
        return self.either(
            key,
            lambda store: store.array(key)[first:last][indices - first],
            lambda: np.stack([matrix.column(int(matrix.cell_roi_ids[i])) for i in indices]),
        )

    def sparse_traces(self, name: str) -> SparseTraces | None:
        """The samples of all cells that are not zero; None where they were not prepared."""
        read = partial(read_sparse_traces, name=name)
        return self.either(sparse_key(name), read, lambda: None)
