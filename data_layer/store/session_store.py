"""Store: what is derived from one session for viewing, asked with a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import pandas as pd

from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from data_layer.errors import FileMissing
from data_layer.levels.downsampling import thin, window_indices
from data_layer.levels.extremes import Extremes, build_extremes
from data_layer.memo import Memo
from data_layer.nwb.cells import row_of
from data_layer.prepared.fingerprint import fingerprint, size_and_time
from data_layer.store import spans
from data_layer.store.activity import Activity
from data_layer.store.presentations import (
    OMITTED,
    blocks,
    flashes,
    presentation_runs,
    presentation_spans,
)
from data_layer.store.signals import SIGNALS, Samples, usual_range
from data_layer.store.source import Source
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
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.prepared.reader import LevelStore
    from data_layer.store.signals import AnySession

T = TypeVar("T")
TRIALS_IDS = "trials_id"


class SessionStore:
    """Answers every view of one open session with slices; safe from several threads.

    ``session`` is the open ``BehaviorSession`` or ``BehaviorOphysExperiment``, ``prepared`` what
    was derived from it before. What is not there is computed on first request and kept as
    :class:`~data_layer.memo.Memo` says.
    """

    def __init__(self, session: AnySession, prepared: LevelStore | None = None) -> None:
        self.session: AnySession = session
        self.source = Source(session, prepared)
        self.memo = Memo()
        self._seen: set[str] = set()
        self._state = fingerprint(session.path)

    @property
    def fingerprint(self) -> str:
        """What tells this file's content from another's: its path and its state when opened."""
        return f"{self.session.path}:{self._state}"

    def has_changed(self, *, thorough: bool = True) -> bool:
        """Whether the file is no longer what it was when this store was made.

        Unless ``thorough``, only its size and time of change are looked at.
        """
        try:
            if not self._state.startswith(size_and_time(self.session.path)):
                return True
            return thorough and fingerprint(self.session.path) != self._state
        except FileMissing:
            return False  # what is open can still be read

    @property
    def has_cells(self) -> bool:
        """Whether this is an imaging plane."""
        return hasattr(type(self.session), "dff_traces")  # not the property, which reads

    @property
    def experiment(self) -> BehaviorOphysExperiment:
        """The session as an imaging plane; only where ``has_cells``."""
        return cast("BehaviorOphysExperiment", self.session)

    def kept(self, name: str, compute: Callable[[], T]) -> T:
        """What ``compute`` returned the first time; errors are not kept."""
        return self.memo.get(name, compute)

    @property
    def ophys_experiment_id(self) -> int:
        """The id of the imaging plane."""
        return self.kept("id", lambda: self.experiment.ophys_experiment_id)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The session's metadata."""
        return self.kept(
            "metadata", lambda: self.source.fact("metadata", lambda: self.session.metadata)
        )

    @property
    def presentations(self) -> pd.DataFrame:
        """The session's stimulus presentations, on the clock of the trials' ``change_time``.

        Files of the first release leave out the time that the display takes.
        """
        read = self._presentations
        return self.kept("presentations", lambda: self.source.table("presentations", read))

    def _presentations(self) -> pd.DataFrame:
        table, lag = self.session.stimulus_presentations, self.session.presentation_lag
        times = {name: table[name] + lag for name in ("start_time", "end_time")}
        return table.assign(**times) if lag else table

    @property
    def stored_presentations(self) -> pd.DataFrame:
        """The session's stimulus presentations with the times that the file has."""
        lag = self.session.presentation_lag
        return self.session.stimulus_presentations if lag else self.presentations

    @property
    def trials(self) -> pd.DataFrame:
        """The session's trials."""
        return self.kept("trials", lambda: self.source.table("trials", lambda: self.session.trials))

    @property
    def lick_table(self) -> pd.DataFrame:
        """The session's licks."""
        return self.kept("licks", lambda: self.source.table("licks", lambda: self.session.licks))

    @property
    def reward_table(self) -> pd.DataFrame:
        """The session's rewards."""
        return self.kept(
            "rewards", lambda: self.source.table("rewards", lambda: self.session.rewards)
        )

    @property
    def eye_tracking(self) -> pd.DataFrame:
        """The session's eye tracking; empty where there is none."""
        return self.kept("eye_tracking", lambda: self.session.eye_tracking)

    @property
    def bounds(self) -> tuple[float, float]:
        """First and last time (s) of the stimulus clock, which spans the whole session."""
        return self.kept("bounds", lambda: self.source.fact("bounds", self._bounds))

    def _bounds(self) -> tuple[float, float]:
        times = self.session.stimulus_timestamps
        return float(times[0]), float(times[-1])

    @property
    def image_names(self) -> list[str]:
        """The names of the images shown, sorted, without ``omitted``."""
        return self.kept("image names", lambda: self.source.fact("image_names", self._image_names))

    def _image_names(self) -> list[str]:
        names = self.presentations["image_name"].dropna().unique()
        return sorted(str(name) for name in names if name not in {"", OMITTED})

    def spans(self, name: str) -> SpanSlice:
        """Spans of the whole session: a name of ``SPANS``."""
        compute = SPANS[name]
        return self.kept(f"spans {name}", lambda: self.source.spans(name, lambda: compute(self)))

    def samples(self, name: str) -> Samples:
        """Times and values of a signal of ``SIGNALS``, every sample."""
        return self.kept(f"samples {name}", lambda: self.source.samples(name))

    def recorded(self, name: str) -> tuple[float, float] | None:
        """First and last time (s) of a signal of ``SIGNALS``; None where it has no sample."""

        def ends() -> Floats:
            times = self.samples(name)[0]
            return times[[0, -1]] if len(times) else times

        clock = SIGNALS[name].clock
        found = self.kept(f"ends {clock}", lambda: self.source.small(f"ends/{clock}", ends))
        return (float(found[0]), float(found[1])) if len(found) else None

    def signal(self, name: str, window: Window) -> SignalSlice:
        """One signal of ``SIGNALS`` as it is drawn in a window."""
        unit, clock = SIGNALS[name].unit, SIGNALS[name].clock
        if part := self._first_part(f"signals/{name}", clock, window):
            return _thinned(name, unit, part, None, window)
        samples = self.samples(name)

        def extremes() -> Extremes:
            read = self.source.extremes
            return self.kept(f"extremes {name}", lambda: read(name, samples[1]))

        return _thinned(name, unit, samples, extremes, window)

    def _first_part(
        self, name: str, clock: str, window: Window, cell: int | None = None
    ) -> Samples | None:
        """What a first, narrow window needs of an array: who looks at one is shown it sooner.

        Whoever looks again is answered from memory.
        """
        key = f"{name} {cell}"
        if key in self._seen:
            return None
        self._seen.add(key)
        return self.source.part(name, clock, window, cell)

    @property
    def presentation_spans(self) -> SpanSlice:
        """Every presentation, labelled with what it showed."""
        return self.spans("presentations")

    def flashes(self, window: Window) -> SpanSlice:
        """What was on the screen in a window."""
        return flashes(self.presentation_spans, self.spans("runs"), window)

    def flash_marks(self, flag: str, window: Window) -> MarkSlice:
        """Presentations flagged ``is_change``, ``is_sham_change`` or ``omitted``."""
        return spans.flagged(self.presentation_spans, flag, window)

    def trial_spans(self, window: Window) -> SpanSlice:
        """The trials of a window with their outcomes."""
        return spans.within(self.spans("trials"), window)

    def blocks(self) -> SpanSlice:
        """The blocks of the session."""
        return self.spans("blocks")

    def blinks(self, window: Window) -> SpanSlice:
        """Likely blinks of a window."""
        return spans.merged(self.likely_blinks, window)

    @property
    def likely_blinks(self) -> SpanSlice:
        """Every likely blink of the session."""
        return self.spans("likely blinks")

    def engaged(self) -> SpanSlice:
        """Stretches of trials with more than 2 rewards per minute (AllenSDK's rule)."""
        return self.spans("engaged")

    def licks(self, window: Window) -> MarkSlice:
        """The licks of a window."""
        return spans.marks("licks", self.lick_table["timestamps"].to_numpy(), window)

    def rewards(self, window: Window) -> MarkSlice:
        """The rewards of a window; the flag ``auto_rewarded`` says which were free."""
        table = self.reward_table
        free = {"auto_rewarded": table["auto_rewarded"].to_numpy(dtype=bool)}
        return spans.marks("rewards", table["timestamps"].to_numpy(), window, free)

    @property
    def trials_ids(self) -> Ints:
        """The trials_id of every trial, in the order of ``spans("trials")``."""
        read = self.source.small
        return self.kept(TRIALS_IDS, lambda: read(TRIALS_IDS, self._trials_ids))

    def _trials_ids(self) -> Ints:
        return self.trials.index.to_numpy(dtype=np.int64)

    def moments(self, kind: str) -> Floats:
        """The times (s) of one kind of moment in the whole session: a name of ``MOMENTS``."""
        read = self.source.small
        compute = MOMENTS[kind]
        return self.kept(f"moments {kind}", lambda: read(f"moments/{kind}", lambda: compute(self)))

    def cells_of(self, name: str) -> Ints:
        """The cell_roi_id of every cell that has a kind of trace, in stored order."""
        read = self.source.small
        return self.kept(
            f"cells of {name}",
            lambda: read(f"cells of {name}", lambda: self.activity(name).matrix.cell_roi_ids),
        )

    def activity(self, name: str) -> Activity:
        """One kind of trace of all cells; names as for ``traces_matrix``."""
        return self.kept(f"activity {name}", lambda: self.source.activity(name))

    def heatmap(self, name: str, window: Window, cell_roi_ids: list[int]) -> MatrixSlice:
        """A trace matrix as it is drawn in a window, one row per cell in the order given."""
        return self.activity(name).heatmap(window, np.asarray(cell_roi_ids, dtype=np.int64))

    def cell_samples(self, name: str, cell_roi_id: int) -> Samples:
        """Times and every sample of one cell's trace."""
        activity = self.activity(name)
        values = self.kept(
            f"cell {name} {cell_roi_id}", lambda: self.source.trace(activity, cell_roi_id)
        )
        return activity.times, values

    def usual_range(self, name: str, cell_roi_id: int | None = None) -> tuple[float, float]:
        """Where 99.8 % of a signal's or a cell's samples lie: a scale that does not jump."""
        return self.kept(f"range {name} {cell_roi_id}", lambda: self._range(name, cell_roi_id))

    def _range(self, name: str, cell_roi_id: int | None) -> tuple[float, float]:
        if cell_roi_id is not None:
            return self.source.usual_range_of(
                self.activity(name),
                cell_roi_id,
                lambda: usual_range(self.cell_samples(name, cell_roi_id)[1]),
            )
        return self.source.usual_range(name, lambda: usual_range(self.samples(name)[1]))

    def cell_signal(self, name: str, cell_roi_id: int, window: Window) -> SignalSlice:
        """One cell's trace as it is drawn in a window."""
        activity = self.activity(name)
        unit = activity.matrix.unit
        place = row_of(activity.matrix.cell_roi_ids, cell_roi_id)
        if part := self._first_part(f"traces/{name}", "ophys", window, place):
            return _thinned(name, unit, part, None, window)
        samples = self.cell_samples(name, cell_roi_id)
        key = f"extremes {name} {cell_roi_id}"

        def extremes() -> Extremes:
            return self.kept(key, lambda: build_extremes(samples[1]))

        return _thinned(name, unit, samples, extremes, window)

    @property
    def cells(self) -> pd.DataFrame:
        """One row per kept cell, table order; cell_specimen_id is NA where unmatched."""
        return self.kept("cells", lambda: self.source.table("cells", lambda: self.experiment.cells))

    @property
    def cell_names(self) -> dict[int, int]:
        """How the page names each cell_roi_id: its cell_specimen_id, itself where unmatched."""
        return self.kept("cell names", self._cell_names)

    def _cell_names(self) -> dict[int, int]:
        rois, specimens = self.cells["cell_roi_id"], self.cells["cell_specimen_id"]
        names = specimens.fillna(rois.astype("Int64"))
        return dict(zip(rois.astype(int).tolist(), names.astype(int).tolist(), strict=True))

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outline of every kept cell, table order."""
        return self.kept("outlines", lambda: self.source.outlines(self.cells))


def _likely_blinks(store: SessionStore) -> SpanSlice:
    eye = store.eye_tracking
    times = eye["timestamps"].to_numpy()
    flags = eye["likely_blink"].to_numpy(dtype=bool)
    return spans.flagged_runs("likely blink", times, flags, store.bounds[1])


def _engaged(store: SessionStore) -> SpanSlice:
    times = store.trials["start_time"].to_numpy()
    flags = np.nan_to_num(np.asarray(store.session.get_reward_rate())) > ENGAGED_REWARD_RATE
    stop = float(store.trials["stop_time"].max()) if len(times) else 0.0
    return spans.flagged_runs("engaged", times, flags, stop)


SPANS: Mapping[str, Callable[[SessionStore], SpanSlice]] = {
    "presentations": lambda store: presentation_spans(store.presentations),
    "runs": lambda store: presentation_runs(store.presentations),
    "blocks": lambda store: blocks(store.presentations),
    "trials": lambda store: spans.trial_spans(store.trials),
    "engaged": _engaged,
    "likely blinks": _likely_blinks,
}
"""The spans of a whole session, and what each is made of."""


def _change_times(flag: str) -> Callable[[SessionStore], Floats]:
    def times(store: SessionStore) -> Floats:
        flagged = store.trials["change_time"][store.trials[flag].astype(bool)]
        return flagged.dropna().to_numpy(dtype=np.float64)

    return times


MOMENTS: Mapping[str, Callable[[SessionStore], Floats]] = {
    "change": _change_times("is_change"),
    "hit": _change_times("hit"),
    "reward": lambda store: store.reward_table["timestamps"].to_numpy(dtype=np.float64),
}
"""Moments of a whole session that a first view asks for, and where each comes from."""


def _thinned(
    name: str, unit: str, samples: Samples, extremes: Callable[[], Extremes] | None, window: Window
) -> SignalSlice:
    times, values = samples
    first, last = window_indices(times, window.start, window.stop)
    chosen, size = thin(values, first, last, window.pixels, extremes)
    return SignalSlice(name, unit, times[chosen], values[chosen], last - first, size)
