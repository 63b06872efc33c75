"""Reads the signals and traces of a session from the prepared store, else from the NWB file."""

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
    """One session and its prepared store, if there is one.

    It reads data that are too large for one datum of the registry and are read in parts.
    """

    def __init__(self, session: AnySession, prepared: PreparedStore | None = None) -> None:
        super().__init__(prepared)
        self.session = session

    @property
    def experiment(self) -> BehaviorOphysExperiment:
        """The session as an imaging plane."""
        return cast("BehaviorOphysExperiment", self.session)

    def samples(self, name: str) -> Samples:
        """All times (s) and values of a signal of ``SIGNALS``."""
        signal = SIGNALS[name]
        return self.either(
            signal_key(name),
            partial(read_samples, name=name, clock=signal.clock),
            lambda: signal.read(self.session),
        )

    def ends(self, clock: str, read: Callable[[], Floats]) -> Floats:
        """First and last time (s) of a clock; empty if it has no samples."""
        key = ends_key(clock)
        return self.either(key, lambda store: store.small[key], read)

    def part(
        self, array: str, clock: str, window: Window, row: int | None = None
    ) -> Samples | None:
        """Only the samples around a narrow window; None if they cannot be read alone.

        ``array`` is the name of an array of the prepared store, ``row`` a row of it if it has two
        dimensions.
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
        """The range of nearly all samples of a signal of ``SIGNALS``."""
        return self.either(signal_key(name), partial(read_usual_range, name=name), compute)

    def activity(self, name: str) -> Activity:
        """One kind of trace of all cells, with its levels."""
        return Activity(name, self.experiment.traces_matrix(name).timed(), self)

    def trace(self, activity: Activity, cell_roi_id: int) -> Floats:
        """All samples of one cell's trace (n_frames,); float32 from a prepared store.

        Raises:
            KeyError: The cell has no trace of this kind.
        """
        key, matrix = traces_key(activity.name), activity.matrix
        row = row_of(matrix.cell_roi_ids, cell_roi_id)
        return self.either(
            key, lambda store: store.array(key)[row], lambda: matrix.column(cell_roi_id)
        )

    def usual_range_of_cell(
        self, activity: Activity, cell_roi_id: int, compute: Callable[[], UsualRange]
    ) -> UsualRange:
        """The range of nearly all samples of one cell's trace."""
        row = row_of(activity.matrix.cell_roi_ids, cell_roi_id)
        read = partial(read_usual_range_of_cell, name=activity.name, row=row)
        return self.either(ranges_key(activity.name), read, compute)

    def has_traces(self, name: str) -> bool:
        """Whether the prepared store has the whole trace of each cell for this kind."""
        return self.prepared is not None and self.prepared.has(traces_key(name))

    def traces(self, activity: Activity, indices: Ints) -> Floats:
        """All samples of some cells: (n_indices, n_frames).

        ``indices`` are columns of the matrix, ascending. All cells between the first and the last
        are read, so this is fast if they are close together.
        """
        key, matrix = traces_key(activity.name), activity.matrix
        first, last = int(indices[0]), int(indices[-1]) + 1
        return self.either(
            key,
            lambda store: store.array(key)[first:last][indices - first],
            lambda: np.stack([matrix.column(int(matrix.cell_roi_ids[i])) for i in indices]),
        )

    def sparse_traces(self, name: str) -> SparseTraces | None:
        """The nonzero samples of all cells; None if the prepared store lacks them."""
        read = partial(read_sparse_traces, name=name)
        return self.either(sparse_key(name), read, lambda: None)
