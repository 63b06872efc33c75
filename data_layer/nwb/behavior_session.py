"""One behaviour session, whose attributes are read from its NWB file on first use."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived import blinks, filtered_events
from data_layer.derived.performance_metrics import ALIASES as METRIC_ALIASES
from data_layer.derived.performance_metrics import performance_metrics
from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from data_layer.derived.rolling_performance import rolling_performance
from data_layer.derived.trial_alignment import change_lag
from data_layer.errors import NotReadableNow, SessionFileError
from data_layer.memo import Memo
from data_layer.nwb import behavior, eye_tracking, metadata, presentations, streams
from data_layer.nwb import trials as trials_table
from data_layer.nwb.aliases import AliasedDict
from data_layer.nwb.file import NwbFile
from data_layer.nwb.identifiers import read_identifiers
from data_layer.nwb.images import templates

log = logging.getLogger(__name__)

Value = TypeVar("Value")
Table = TypeVar("Table", bound=pd.DataFrame)
Floats = NDArray[np.float64]


UNFORESEEN = (ValueError, TypeError, LookupError, ArithmeticError)
"""What numpy, pandas and Python say about values that do not fit together."""


@dataclass(frozen=True)
class ReadingOptions:
    """AllenSDK's arguments to ``from_nwb_path``, with its defaults."""

    eye_tracking_z_threshold: float = blinks.Z_THRESHOLD
    eye_tracking_dilation_frames: int = blinks.DILATION_FRAMES
    events_filter_scale_seconds: float = filtered_events.SCALE_SECONDS
    events_filter_n_time_steps: int = filtered_events.N_STEPS
    exclude_invalid_rois: bool = True


class BehaviorSession:
    """A behaviour session: what the mouse saw and did. Thread-safe.

    It is opened with :meth:`from_nwb_path` and closed with :meth:`close` or a ``with`` block. Each
    attribute is read from the file on first use and memoised (:class:`~data_layer.memo.Memo`).
    Tables are copied on write, arrays are read-only.

    All times are in seconds on the session clock. Presentation and change times include the
    display delay (0.02 to 0.04 s); licks, rewards, and start and stop of trials do not.

    Every attribute raises :class:`~data_layer.errors.StreamMissing` or
    :class:`~data_layer.errors.StreamDamaged` if its part of the file is absent or broken, and
    :class:`~data_layer.errors.SessionClosed` after closing.
    """

    _not_of_allensdk: ClassVar[frozenset[str]] = frozenset(
        {
            *("close", "from_nwb_path", "generation", "has", "identifiers", "image_names"),
            *("left_out", "list_data_attributes_and_methods", "memo", "path"),
            *("has_changed", "presentation_lag", "read_eye_areas", "template"),
        }
    )

    def __init__(self, nwb: NwbFile, options: ReadingOptions) -> None:
        self._nwb, self._options, self.memo = nwb, options, Memo()

    @classmethod
    def from_nwb_path(cls, nwb_path: Path | str, **options: Any) -> Self:
        """Open a file; ``options`` are the fields of :class:`ReadingOptions`.

        Raises:
            FileMissing, FileDamaged, NotVisualBehavior: The file cannot be used.
        """
        chosen = ReadingOptions(**options)
        nwb = NwbFile(nwb_path)
        try:
            return cls(nwb, chosen)
        except SessionFileError:
            nwb.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and clear the memo; closing twice does nothing."""
        self._nwb.close()
        self.memo.clear()

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self._nwb.path

    @property
    def has_changed(self) -> bool:
        """Whether object storage was found to have another object than when it was opened."""
        return self._nwb.remote is not None and self._nwb.remote.changed

    @property
    def generation(self) -> str:
        """The layout of the file: ``2021`` for the first release, ``2023`` for later ones."""
        return self._once("generation", partial(streams.generation, self._nwb))

    def has(self, stream: str) -> bool:
        """Whether the file has ``stream`` (an attribute's name); its data are not read.

        A damaged stream is in the file: its attribute raises.
        """
        return streams.has_stream(self._nwb, stream)

    @property
    def left_out(self) -> tuple[str, ...]:
        """A sentence for each thing in the file that was met so far and is not shown.

        Such are tables and columns of other writers, keys of the metadata that cannot be read,
        and a last sample that only one of a clock and its data has.
        """
        return tuple(self._nwb.left_out)

    def list_data_attributes_and_methods(self) -> list[str]:
        """AllenSDK's names of all data of this session, sorted.

        Without ``update_targeted_imaging_depth``, which asks the institute's own database.
        """
        return [
            name
            for name in dir(type(self))
            if not name.startswith("_") and name not in self._not_of_allensdk
        ]

    # what the session is

    @property
    def behavior_session_id(self) -> int:
        """Id of the behaviour session (``/general/metadata``)."""
        return metadata.whole_number(self._nwb, "behavior_session_id")

    @property
    def identifiers(self) -> dict[str, tuple[int, ...]]:
        """The ids by which the file names its recording; see :func:`read_identifiers`."""
        return read_identifiers(self._nwb)

    @property
    def metadata(self) -> AliasedDict:
        """Mouse, genotype, equipment, date: AllenSDK's keys (``/general``)."""
        return self._metadata().copy()

    @property
    def task_parameters(self) -> dict[str, Any]:
        """The parameters of the task, in s and ml (``/general/task_parameters``)."""
        read = partial(metadata.read_task_parameters, self._nwb)
        return dict(self._once("task_parameters", read))

    # what the mouse did

    @property
    def licks(self) -> pd.DataFrame:
        """Columns timestamps (s) and frame (of the stimulus); no rows if there was no lick."""
        return self._table("licks", partial(behavior.read_licks, self._nwb))

    @property
    def rewards(self) -> pd.DataFrame:
        """Columns volume (ml), timestamps (s), auto_rewarded; no rows if there was no reward."""
        return self._table("rewards", partial(behavior.read_rewards, self._nwb))

    @property
    def running_speed(self) -> pd.DataFrame:
        """Columns timestamps (s) and speed (cm/s), low-pass filtered."""
        return self._running("running_speed")

    @property
    def raw_running_speed(self) -> pd.DataFrame:
        """Columns timestamps (s) and speed (cm/s), unfiltered; NaN where the encoder failed."""
        return self._running("raw_running_speed")

    @property
    def eye_tracking(self) -> pd.DataFrame:
        """Ellipses of eye, pupil and corneal reflection per camera frame, in s, px, px², radians.

        No rows if the session has no eye tracking (``/acquisition/EyeTracking``).
        """
        chosen = self._options
        return self._table(
            "eye_tracking",
            lambda: eye_tracking.read_eye_tracking(
                self._nwb, chosen.eye_tracking_z_threshold, chosen.eye_tracking_dilation_frames
            ),
        )

    def read_eye_areas(self) -> pd.DataFrame:
        """Times, blinks and areas of eye and pupil from :attr:`eye_tracking`.

        Of a streamed file nothing else of it is fetched.
        """
        if self._nwb.remote is None:
            return self.eye_tracking[list(eye_tracking.AREA_COLUMNS)]
        chosen = self._options
        return self._table(
            "eye_areas",
            lambda: eye_tracking.read_eye_areas(
                self._nwb, chosen.eye_tracking_z_threshold, chosen.eye_tracking_dilation_frames
            ),
        )

    @property
    def eye_tracking_rig_geometry(self) -> dict[str, Any]:
        """Positions (mm) and rotations (degrees) of camera, LED and monitor; {} if unknown."""
        return dict(self._once("geometry", partial(eye_tracking.read_rig_geometry, self._nwb)))

    # what the mouse saw

    @property
    def stimulus_timestamps(self) -> Floats:
        """Times of the stimulus frames (n_frames,) in s, without the display delay."""
        read = partial(behavior.read_stimulus_timestamps, self._nwb)
        return self._array("stimulus_timestamps", read)

    @property
    def stimulus_presentations(self) -> pd.DataFrame:
        """One row per flash, omission, gray screen and movie frame, in order of time.

        Index stimulus_presentations_id. In files of the first release the stored times are
        returned, which are earlier than the clock of ``change_time`` by :attr:`presentation_lag`.
        """
        return self._table(
            "stimulus_presentations",
            lambda: presentations.read_presentations(self._nwb, self._trials_or_none()),
        )

    @property
    def presentation_lag(self) -> float:
        """Time (s) to add to presentation times to put them on the clock of ``change_time``.

        About the display delay in files of the first release; 0.0 in later files, or if there are
        no trials to compare with.
        """
        if self.generation == streams.SECOND_RELEASE:
            return 0.0
        trials = self._trials_or_none()
        if trials is None:
            return 0.0
        shown = self.stimulus_presentations
        return self._once("presentation_lag", lambda: change_lag(shown, trials))

    @property
    def stimulus_templates(self) -> pd.DataFrame | None:
        """Index image_name; columns unwarped and warped (height, width); None if there are none."""
        kept = self._once("stimulus_templates", partial(templates.read_templates, self._nwb))
        return None if kept is None else kept.copy(deep=False)

    @property
    def image_names(self) -> list[str]:
        """Names of the images that have a template in the file, in stored order."""
        return list(self._once("image_names", partial(templates.template_names, self._nwb)))

    def template(self, image_name: str, warped: bool = True) -> NDArray[Any]:
        """One picture (height, width), read without the others.

        Warped pictures are as shown on the screen, unwarped ones as the mouse saw them. Unwarped
        pictures are NaN where the screen did not show them.
        """
        return templates.read_template(self._nwb, image_name, warped)

    # the task

    @property
    def trials(self) -> pd.DataFrame:
        """One row per trial, index trials_id, AllenSDK's columns (``/intervals/trials``)."""
        return self._table(
            "trials",
            lambda: trials_table.read_trials(
                self._nwb, lambda: self.licks["timestamps"].to_numpy(float)
            ),
        )

    def get_reward_rate(self) -> Floats:
        """Rewards per minute around each trial (n_trials,); NaN for the first ten trials."""
        return self.get_rolling_performance_df()["reward_rate"].to_numpy(copy=True)

    def get_rolling_performance_df(self) -> pd.DataFrame:
        """Reward rate (per minute), hit and false-alarm rates and d′, one row per trial."""
        return self._table("rolling_performance", self._rolling_performance)

    def get_performance_metrics(
        self, engaged_trial_reward_rate_threshold: float = ENGAGED_REWARD_RATE
    ) -> AliasedDict:
        """AllenSDK's 23 metrics; engaged means more rewards per minute than the threshold."""
        rolling = self.get_rolling_performance_df()
        numbers = performance_metrics(
            self.trials, self.rewards, rolling, engaged_trial_reward_rate_threshold
        )
        return AliasedDict(numbers, METRIC_ALIASES)

    def _metadata(self) -> AliasedDict:
        return self._once("metadata", partial(metadata.read_behavior_metadata, self._nwb))

    def _running(self, stream: str) -> pd.DataFrame:
        return self._table(stream, partial(behavior.read_running_speed, self._nwb, stream))

    def _trials_or_none(self) -> pd.DataFrame | None:
        try:
            return self.trials
        except NotReadableNow:
            raise
        except SessionFileError:
            self._nwb.require_open()
            return None

    def _rolling_performance(self) -> pd.DataFrame:
        window_start = self.task_parameters["response_window_sec"][0]
        return rolling_performance(self.trials, window_start)

    def _once(self, name: str, read: Callable[[], Value]) -> Value:
        """The memoised result of ``read``.

        What a file holds may break a calculation in ways that nobody foresaw; then, too, the file
        is at fault, and this part of it alone.
        """
        self._nwb.require_open()
        try:
            return self.memo.get(name, read)
        except SessionFileError:
            raise
        except MemoryError as error:
            raise self._nwb.damaged(name, "it needs more memory than there is") from error
        except UNFORESEEN as error:
            log.warning("%s of %s", name, self.path, exc_info=error)
            what = f"its values do not fit together ({type(error).__name__}: {error})"
            raise self._nwb.damaged(name, what) from error

    def _table(self, name: str, read: Callable[[], Table]) -> Table:
        return self._once(name, read).copy(deep=False)

    def _array(self, name: str, read: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        values = self._once(name, read)
        values.setflags(write=False)
        return values
