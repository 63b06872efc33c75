"""The quality checks of one session, from its file or its prepared store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data_layer.derived.image_changes import has_name, is_image, is_omitted
from data_layer.derived.session_type import behavior_type
from data_layer.errors import NotReadableNow, SessionFileError, StreamMissing
from data_layer.prepared.kinds import Fact
from data_layer.prepared.registry import prepared
from data_layer.quality.checks import (
    cells,
    content,
    eye,
    motion,
    pictures,
    running,
    stimuli,
    task,
    timing,
)
from data_layer.quality.checks.check import Check, judged, not_applicable
from data_layer.quality.checks.rules import FROM_FILE, RULES
from data_layer.quality.checks.traces import bleaching, dff_checks, event_checks
from data_layer.quality.streams import damage_in, stream_of
from data_layer.quality.trace_passes import TracePass, trace_pass
from data_layer.store.presentations import OMITTED
from data_layer.values.slices import Floats

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

NO_IMAGING = "This is a behaviour session without imaging."
PASSIVE = "The mouse viewed passively, without a lick spout."
NO_EYE = "The session has no eye tracking."
LEARNING = "The mouse is still learning the task."
NO_CELLS = "The plane has no cells."


def to_rows(checks: Iterable[Check]) -> list[list[Any]]:
    """Checks as stored on a label: the measured values, without titles, rules and verdicts."""
    return [[c.name, c.value, c.at, c.cell_roi_id, c.note] for c in checks]


def from_rows(rows: Iterable[list[Any]]) -> tuple[Check, ...]:
    """The checks from the output of :func:`to_rows`, with verdicts from the present limits."""
    return tuple(judged(*row) for row in rows if row[0] in RULES)


@prepared("quality", Fact[tuple[Check, ...]](to_rows, from_rows))
def quality(store: SessionStore) -> tuple[Check, ...]:
    """Every check of ``FROM_FILE``, in that order.

    Checks of data that the session lacks, or that are damaged, are ``not applicable``; their note
    says why. Damaged streams fail the check ``unreadable``.

    Raises:
        NotReadableNow: The session was closed, or object storage does not answer.
    """
    found: dict[str, Check] = {}
    damage: list[SessionFileError] = []
    for group in _groups(store):
        found |= {check.name: check for check in group.run(store, damage)}
    found |= {check.name: check for check in _content(store, damage)}
    return tuple(found[name] for name in FROM_FILE)


def in_a_sentence(error: SessionFileError) -> str:
    """The problem of a file as a sentence, without its path."""
    problem = error.problem
    if problem.startswith("has "):
        return f"The file {problem}."
    is_name = "_" in problem.partition(" ")[0]
    return f"{problem}." if is_name else f"{problem[:1].upper()}{problem[1:]}."


@dataclass(frozen=True)
class _Group:
    """Checks that need the same streams; ``why_not`` says why they do not apply."""

    names: tuple[str, ...]
    compute: Callable[[SessionStore], Iterable[Check]]
    why_not: str = ""

    def run(self, store: SessionStore, damage: list[SessionFileError]) -> Iterable[Check]:
        """The checks; what cannot be read for them is added to ``damage``."""
        why_not = self.why_not
        if not why_not:
            try:
                return tuple(self.compute(store))
            except NotReadableNow:
                raise
            except SessionFileError as error:
                why_not = in_a_sentence(error)
                if not isinstance(error, StreamMissing):
                    damage.append(error)
        return [not_applicable(name, why_not) for name in self.names]


def _groups(store: SessionStore) -> list[_Group]:
    imaging = "" if store.has_cells else NO_IMAGING
    task_missing, learning = _why_no_task(store)
    return [
        _Group(("stimulus_order", "stimulus_gap"), partial(_clock, "stimulus")),
        _Group(("running_order", "running_gap"), partial(_clock, "running")),
        _Group(("eye_order", "eye_gap"), partial(_clock, "eye"), _why_no_eye(store)),
        _Group(("ophys_order", "ophys_gap"), partial(_clock, "ophys"), imaging),
        _Group(("untimed_samples",), _untimed),
        _Group(("lick_order", "lick_count"), _licks, task_missing),
        _Group(("reward_order",), _reward_order, task_missing),
        _Group(("dropped_frames",), _dropped_frames),
        _Group(("flash_duration", "blank_duration", "omitted_flashes"), _flashes),
        _Group(("change_alignment",), _change_alignment),
        _Group(("display_delay",), _display_delay),
        _Group(("reward_after_lick",), _reward_after_lick, task_missing),
        _Group(("hits_rewarded", "rewards_per_trial"), _rewards, task_missing),
        _Group(("trial_overlap", "catch_fraction"), _trials),
        _Group(("aborted_fraction",), _aborted, task_missing),
        _Group(("engaged_time",), _engaged, task_missing),
        _Group(("dprime",), _dprime, task_missing or learning),
        _Group(("encoder_jumps",), _encoder_jumps),
        _Group(("running_missing", "running_flat"), _raw_running),
        _Group(("blink_fraction", "failed_fits"), _eye, _why_no_eye(store)),
        _Group(("motion_range", "motion_jump"), _motion, imaging),
        _Group(_DFF, _dff, imaging),
        _Group(("bleaching",), _bleaching, imaging),
        _Group(("event_rate", "small_events"), _events, imaging),
        _Group(_ROIS, _rois, imaging),
        _Group(("saturated_projection",), _saturated, imaging),
        _Group(("dark_projection",), _dark, imaging),
    ]


_DFF = ("missing_samples", "noise", "snr", "low_snr_cells", "baseline_drift", "duplicate_traces")
_ROIS = ("border_rois", "overlapping_rois", "duplicate_masks")


def _why_no_task(store: SessionStore) -> tuple[str, str]:
    """Reasons why there is no task, and why no performance is expected; empty if they are."""
    try:
        session_type = str(store.metadata["session_type"])
    except NotReadableNow:
        raise
    except SessionFileError:
        return "", ""
    passive = behavior_type(session_type) == "passive_viewing"
    learning = session_type.startswith(tuple(f"TRAINING_{stage}" for stage in range(5)))
    return PASSIVE if passive else "", LEARNING if learning else ""


def _why_no_eye(store: SessionStore) -> str:
    return "" if store.session.has("eye_tracking") else NO_EYE


_CLOCKS: dict[str, Callable[[SessionStore], Floats]] = {
    "stimulus": lambda store: store.session.stimulus_timestamps,
    "running": lambda store: store.session.running_speed["timestamps"].to_numpy(np.float64),
    "eye": lambda store: store.session.eye_tracking["timestamps"].to_numpy(np.float64),
    "ophys": lambda store: store.experiment.ophys_timestamps,
}


def _clock(stream: str, store: SessionStore) -> Iterable[Check]:
    times = _CLOCKS[stream](store)
    return timing.order(f"{stream}_order", times), timing.gap(f"{stream}_gap", times)


def _untimed(store: SessionStore) -> Iterable[Check]:
    clocks = {name: read for name, read in _CLOCKS.items() if store.has_cells or name != "ophys"}
    times = {name: found for name, read in clocks.items() if (found := _read(read, store))}
    return [timing.untimed_samples({name: found[0] for name, found in times.items()})]


def _read(read: Callable[[SessionStore], Floats], store: SessionStore) -> tuple[Floats] | None:
    """The times of a clock; None if they cannot be read, which other checks say."""
    try:
        return (read(store),)
    except NotReadableNow:
        raise
    except SessionFileError:
        return None


def _content(store: SessionStore, damage: list[SessionFileError]) -> Iterable[Check]:
    """The checks of what the file holds, after all of it was read; ``damage`` was met before."""
    problems: dict[str, str] = {}
    for error in (*damage_in(store), *damage):
        problems.setdefault(stream_of(error), in_a_sentence(error))
    return content.unreadable(problems), content.left_out(store.session.left_out)


def _licks(store: SessionStore) -> Iterable[Check]:
    times = store.lick_table["timestamps"].to_numpy(float)
    return timing.order("lick_order", times), task.lick_count(times)


def _reward_order(store: SessionStore) -> Iterable[Check]:
    return [timing.order("reward_order", store.reward_table["timestamps"].to_numpy(float))]


def _dropped_frames(store: SessionStore) -> Iterable[Check]:
    return [stimuli.dropped_frames(_known(store.session.stimulus_timestamps))]


def _known(times: Floats) -> Floats:
    return times[np.isfinite(times)]


def _images(store: SessionStore) -> pd.DataFrame:
    """The rows with an image or an omission; the name of an omission is ``omitted``."""
    shown = store.presentations
    omitted = is_omitted(shown)
    shown = shown.assign(image_name=shown["image_name"].astype(object).mask(omitted, OMITTED))
    images: pd.DataFrame = shown.loc[has_name(shown) | is_image(shown)]
    return images


def _flashes(store: SessionStore) -> Iterable[Check]:
    images, chosen = _images(store), store.session.task_parameters
    steps = np.diff(_known(store.session.stimulus_timestamps))
    frame = float(np.median(steps)) if len(steps) else float("nan")
    flash, blank = chosen["stimulus_duration_sec"], chosen["blank_duration_sec"][0]
    return (
        stimuli.flash_duration(images, flash, frame),
        stimuli.blank_duration(images, blank, bool(np.isfinite(flash)), frame),
        stimuli.omitted_flashes(images, flash),
    )


def _change_alignment(store: SessionStore) -> Iterable[Check]:
    return [stimuli.change_alignment(_images(store), store.trials)]


def _display_delay(store: SessionStore) -> Iterable[Check]:
    return [stimuli.display_delay(store.trials, store.session.stimulus_timestamps)]


def _reward_after_lick(store: SessionStore) -> Iterable[Check]:
    response = store.session.task_parameters["response_window_sec"]
    licks = store.lick_table["timestamps"].to_numpy(float)
    return [task.reward_after_lick(store.trials, store.reward_table, licks, response)]


def _rewards(store: SessionStore) -> Iterable[Check]:
    trials, rewards = store.trials, store.reward_table
    return task.hits_rewarded(trials, rewards), task.rewards_per_trial(trials, rewards)


def _trials(store: SessionStore) -> Iterable[Check]:
    return task.trial_overlap(store.trials), task.catch_fraction(store.trials)


def _aborted(store: SessionStore) -> Iterable[Check]:
    return [task.aborted_fraction(store.trials)]


def _engaged(store: SessionStore) -> Iterable[Check]:
    spans = store.engaged()
    return [task.engaged_time(spans.starts, spans.stops, store.trials)]


def _dprime(store: SessionStore) -> Iterable[Check]:
    return [task.mean_dprime(store.session.get_performance_metrics())]


def _encoder_jumps(store: SessionStore) -> Iterable[Check]:
    raw, filtered = store.session.raw_running_speed, store.session.running_speed
    times, speeds = filtered["timestamps"].to_numpy(float), filtered["speed"].to_numpy(float)
    return [running.encoder_jumps(times, raw["speed"].to_numpy(float), speeds)]


def _raw_running(store: SessionStore) -> Iterable[Check]:
    raw = store.session.raw_running_speed
    times, speeds = raw["timestamps"].to_numpy(float), raw["speed"].to_numpy(float)
    return running.running_missing(times, speeds), running.running_flat(times, speeds)


def _eye(store: SessionStore) -> Iterable[Check]:
    table = store.eye_tracking
    return eye.blink_fraction(table), eye.failed_fits(table)


def _motion(store: SessionStore) -> Iterable[Check]:
    shifts, times = store.experiment.motion_correction, store.experiment.ophys_timestamps
    if len(shifts) != len(times):
        note = f"{len(shifts)} shifts, but {len(times)} imaging frames."
        return [not_applicable(name, note) for name in ("motion_range", "motion_jump")]
    known = np.isfinite(times)
    x, y = (shifts[axis].to_numpy(float)[known] for axis in "xy")
    times = times[known]
    return motion.motion_range(times, x, y), motion.motion_jump(times, x, y)


def _dff(store: SessionStore) -> Iterable[Check]:
    done = _pass(store, "dff")
    if done is None or done.statistics is None:
        return [not_applicable(name, NO_CELLS) for name in _DFF]
    return dff_checks(done.cell_roi_ids, done.statistics)


def _bleaching(store: SessionStore) -> Iterable[Check]:
    done = _pass(store, "corrected_fluorescence")
    if done is None or done.statistics is None:
        return [not_applicable("bleaching", NO_CELLS)]
    return [bleaching(done.cell_roi_ids, done.statistics)]


def _events(store: SessionStore) -> Iterable[Check]:
    done = _pass(store, "events")
    if done is None or done.events is None:
        return [not_applicable(name, NO_CELLS) for name in ("event_rate", "small_events")]
    return event_checks(done.cell_roi_ids, done.events, done.seconds)


def _pass(store: SessionStore, name: str) -> TracePass | None:
    """The pass over a kind of trace; None if it has no frame or no cell."""
    return trace_pass(store, name) if all(store.experiment.traces_matrix(name).shape) else None


def _rois(store: SessionStore) -> Iterable[Check]:
    ids = store.cells["cell_roi_id"].to_numpy(np.int64)
    masks = (store.experiment.roi_mask(int(roi)) for roi in ids)
    pixels, shape = [], (0, 0)
    for mask in masks:  # one at a time, because all masks together need much memory
        shape = mask.shape[0], mask.shape[1]
        pixels.append(np.flatnonzero(mask))
    return (
        cells.border_rois(ids, pixels, shape),
        cells.overlapping_rois(ids, pixels, shape),
        cells.duplicate_masks(ids, pixels, shape),
    )


def _saturated(store: SessionStore) -> Iterable[Check]:
    return [pictures.saturated_projection(store.experiment.max_projection.data)]


def _dark(store: SessionStore) -> Iterable[Check]:
    return [pictures.dark_projection(store.experiment.average_projection.data)]
