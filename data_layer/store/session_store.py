"""SessionStore: answers the views of one session with slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data_layer.levels.downsampling import downsample, window_indices
from data_layer.levels.extremes import Extremes, build_extremes, usual_range
from data_layer.nwb.cells import row_of
from data_layer.nwb.identifiers import shown_id
from data_layer.prepared.stored_signals import signal_key
from data_layer.prepared.stored_traces import CLOCK, traces_key
from data_layer.store import plane, spans, tables
from data_layer.store.presentations import flashes
from data_layer.store.session_data import SessionData
from data_layer.store.session_spans import SESSION_SPANS
from data_layer.store.signals import SIGNALS
from data_layer.values.samples import Samples
from data_layer.values.slices import (
    Floats,
    Ints,
    MarkSlice,
    MatrixSlice,
    Outline,
    SignalSlice,
    SpanSlice,
)
from data_layer.values.window import Window

if TYPE_CHECKING:
    from data_layer.prepared.reader import PreparedStore
    from data_layer.store.signals import AnySession


class SessionStore(SessionData):
    """Answers every view of one open session with slices. Thread-safe.

    ``session`` is the open ``BehaviorSession`` or ``BehaviorOphysExperiment``, ``prepared`` its
    prepared store. Data that the store lacks are computed on first request. Results are memoised
    (:class:`~data_layer.memo.Memo`).
    """

    def __init__(self, session: AnySession, prepared: PreparedStore | None = None) -> None:
        super().__init__(session, prepared)
        self._seen: set[str] = set()

    # tables and facts of the whole session

    @property
    def ophys_experiment_id(self) -> int:
        """The id of the imaging plane; see :func:`shown_id`."""
        return self.memo.get("id", lambda: shown_id(self.session, "ophys_experiment_id"))

    @property
    def behavior_session_id(self) -> int:
        """The id of the behaviour session; see :func:`shown_id`."""
        return self.memo.get("behavior id", lambda: shown_id(self.session, "behavior_session_id"))

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The session's metadata."""
        return tables.metadata(self)

    @property
    def presentations(self) -> pd.DataFrame:
        """The session's stimulus presentations, on the clock of the trials' ``change_time``.

        In files of the first release the stored times lack the display lag; here it is added.
        """
        return tables.presentations(self)

    @property
    def stored_presentations(self) -> pd.DataFrame:
        """The session's stimulus presentations with the times stored in the file."""
        lag = self.session.presentation_lag
        return self.session.stimulus_presentations if lag else self.presentations

    @property
    def trials(self) -> pd.DataFrame:
        """The session's trials."""
        return tables.trials(self)

    @property
    def lick_table(self) -> pd.DataFrame:
        """The session's licks."""
        return tables.licks(self)

    @property
    def reward_table(self) -> pd.DataFrame:
        """The session's rewards."""
        return tables.rewards(self)

    @property
    def eye_tracking(self) -> pd.DataFrame:
        """The session's eye tracking, without frames that have no time; empty if there is none."""
        return self.memo.get("eye_tracking", self._timed_eye_tracking)

    def _timed_eye_tracking(self) -> pd.DataFrame:
        table = self.session.eye_tracking
        known = np.isfinite(table["timestamps"].to_numpy(np.float64))
        return table if known.all() else table[known]

    @property
    def bounds(self) -> tuple[float, float]:
        """First and last time (s) of the stimulus clock, which spans the whole session."""
        return tables.bounds(self)

    @property
    def image_names(self) -> list[str]:
        """The names of the images shown, sorted, without ``omitted``."""
        return tables.image_names(self)

    @property
    def picture_names(self) -> dict[str, str]:
        """The name under which the file keeps the picture of each image shown or stored."""
        return tables.picture_names(self)

    @property
    def trials_ids(self) -> Ints:
        """The trials_id of every trial, in the order of ``spans("trials")``."""
        return tables.trials_ids(self)

    def moments(self, kind: str) -> Floats:
        """The times (s) of one kind of moment in the whole session: a name of ``MOMENTS``."""
        return tables.MOMENTS[kind](self)

    # spans and marks

    def spans(self, name: str) -> SpanSlice:
        """Spans of the whole session: a name of ``SESSION_SPANS``."""
        return SESSION_SPANS[name](self)

    @property
    def presentation_spans(self) -> SpanSlice:
        """Every presentation, labelled with its image."""
        return self.spans("presentations")

    @property
    def likely_blinks(self) -> SpanSlice:
        """Every likely blink of the session."""
        return self.spans("likely blinks")

    def blocks(self) -> SpanSlice:
        """The blocks of the session."""
        return self.spans("blocks")

    def engaged(self) -> SpanSlice:
        """Periods of trials with more than 2 rewards per minute (AllenSDK's rule)."""
        return self.spans("engaged")

    def flashes(self, window: Window) -> SpanSlice:
        """The stimuli shown in a window."""
        return flashes(self.presentation_spans, self.spans("runs"), window)

    def flash_marks(self, flag: str, window: Window) -> MarkSlice:
        """Presentations flagged ``is_change``, ``is_sham_change`` or ``omitted``."""
        return spans.flagged(self.presentation_spans, flag, window)

    def trial_spans(self, window: Window) -> SpanSlice:
        """The trials of a window with their outcomes."""
        return spans.within(self.spans("trials"), window)

    def blinks(self, window: Window) -> SpanSlice:
        """Likely blinks of a window."""
        return spans.merged(self.likely_blinks, window)

    def licks(self, window: Window) -> MarkSlice:
        """The licks of a window."""
        return spans.marks("licks", self.lick_table["timestamps"].to_numpy(), window)

    def rewards(self, window: Window) -> MarkSlice:
        """The rewards of a window; the flag ``auto_rewarded`` says which were free."""
        table = self.reward_table
        free = {"auto_rewarded": table["auto_rewarded"].to_numpy(dtype=bool)}
        return spans.marks("rewards", table["timestamps"].to_numpy(), window, free)

    # signals of the behaviour

    def samples(self, name: str) -> Samples:
        """All times (s) and values of a signal of ``SIGNALS``."""
        return self.memo.get(f"samples {name}", lambda: self.source.samples(name))

    def recorded(self, name: str) -> tuple[float, float] | None:
        """First and last time (s) of a signal of ``SIGNALS``; None if it has no samples."""

        def ends() -> Floats:
            times = self.samples(name)[0]
            return times[[0, -1]] if len(times) else times

        clock = SIGNALS[name].clock
        found = self.memo.get(f"ends {clock}", lambda: self.source.ends(clock, ends))
        return (float(found[0]), float(found[1])) if len(found) else None

    def signal(self, name: str, window: Window) -> SignalSlice:
        """One signal of ``SIGNALS``, downsampled for a window."""
        unit, clock = SIGNALS[name].unit, SIGNALS[name].clock
        if part := self._first_part(signal_key(name), clock, window):
            return _drawn(name, unit, part, None, window)
        samples = self.samples(name)

        def extremes() -> Extremes:
            read = self.source.extremes
            return self.memo.get(f"extremes {name}", lambda: read(name, samples[1]))

        return _drawn(name, unit, samples, extremes, window)

    def _first_part(
        self, array: str, clock: str, window: Window, row: int | None = None
    ) -> Samples | None:
        """The samples for a first, narrow window, read without the rest of the array.

        This shows the first view sooner. A second request returns None: the caller then reads the
        whole array, which is memoised for all further windows.
        """
        key = f"{array} {row}"
        if key in self._seen:
            return None
        self._seen.add(key)
        return self.source.part(array, clock, window, row)

    def usual_range(self, name: str, cell_roi_id: int | None = None) -> tuple[float, float]:
        """The range of 99.8 % of the samples of a signal or a cell, for a fixed scale."""
        return self.memo.get(f"range {name} {cell_roi_id}", lambda: self._range(name, cell_roi_id))

    def _range(self, name: str, cell_roi_id: int | None) -> tuple[float, float]:
        if cell_roi_id is None:
            return self.source.usual_range(name, lambda: usual_range(self.samples(name)[1]))
        return self.source.usual_range_of_cell(
            self.activity(name),
            cell_roi_id,
            lambda: usual_range(self.cell_samples(name, cell_roi_id)[1]),
        )

    # cells

    @property
    def cells(self) -> pd.DataFrame:
        """One row per valid cell, table order; cell_specimen_id is NA for unmatched cells."""
        return plane.cells(self)

    @property
    def cell_names(self) -> dict[int, int]:
        """The displayed id of each cell_roi_id: its cell_specimen_id, or itself if unmatched."""
        return self.memo.get("cell names", self._cell_names)

    def _cell_names(self) -> dict[int, int]:
        rois, specimens = self.cells["cell_roi_id"], self.cells["cell_specimen_id"]
        names = specimens.fillna(rois.astype("Int64"))
        return dict(zip(rois.astype(int).tolist(), names.astype(int).tolist(), strict=True))

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outline of every valid cell, table order."""
        return plane.outlines(self)

    def cells_of(self, name: str) -> Ints:
        """The cell_roi_id of every cell that has a kind of trace, in stored order."""
        return plane.CELLS_OF[name](self)

    def heatmap(self, name: str, window: Window, cell_roi_ids: list[int]) -> MatrixSlice:
        """A trace matrix binned for a window, one row per cell in the order given."""
        return self.activity(name).heatmap(window, np.asarray(cell_roi_ids, dtype=np.int64))

    def cell_samples(self, name: str, cell_roi_id: int) -> Samples:
        """All times (s) and samples of one cell's trace."""
        activity = self.activity(name)
        values = self.memo.get(
            f"cell {name} {cell_roi_id}", lambda: self.source.trace(activity, cell_roi_id)
        )
        return activity.times, values

    def cell_signal(self, name: str, cell_roi_id: int, window: Window) -> SignalSlice:
        """One cell's trace, downsampled for a window."""
        activity = self.activity(name)
        unit = activity.matrix.unit
        row = row_of(activity.matrix.cell_roi_ids, cell_roi_id)
        if part := self._first_part(traces_key(name), CLOCK, window, row):
            return _drawn(name, unit, part, None, window)
        samples = self.cell_samples(name, cell_roi_id)
        key = f"extremes {name} {cell_roi_id}"

        def extremes() -> Extremes:
            return self.memo.get(key, lambda: build_extremes(samples[1]))

        return _drawn(name, unit, samples, extremes, window)


def _drawn(
    name: str, unit: str, samples: Samples, extremes: Callable[[], Extremes] | None, window: Window
) -> SignalSlice:
    times, values = samples
    first, last = window_indices(times, window.start, window.stop)
    chosen, size = downsample(values, first, last, window.pixels, extremes)
    return SignalSlice(name, unit, times[chosen], values[chosen], last - first, size)
