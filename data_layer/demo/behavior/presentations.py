"""Makes the table of stimulus presentations, block by block, with the columns of the release."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo.behavior.task import Flash, TaskLog
from data_layer.demo.sessions import SessionPlan
from data_layer.derived.trial_of_moment import trial_of_moment

NULL = -99
MOVIE = "natural_movie_one"
GRAY = "spontaneous"

MOVIE_FRAMES = 900
_MONITOR_FRAMES_PER_MOVIE_FRAME = 2
_GRATING = {"phase": 0.25, "spatial_frequency": 0.04}
_WHOLE_NUMBERS = ["image_index", "movie_frame_index", "movie_repeat", "flashes_since_change"]


def stimulus_presentations(
    plan: SessionPlan, log: TaskLog, first_frame: int, n_frames: int, times: NDArray[np.float64]
) -> pd.DataFrame:
    """All presentations in order of time; integers that do not apply are -99.

    ``first_frame`` is the monitor frame of the first flash of the task, ``n_frames`` the number of
    frames of the session and ``times`` (n_frames,) their times in s.
    """
    task = _task_block(plan, log, first_frame)
    blocks = [task]
    if plan.schedule.gray_before:
        blocks.insert(0, _gray("initial_gray_screen_5min", 0, first_frame))
    if plan.schedule.movie_repeats:
        movie = _movie(n_frames, plan.schedule.movie_repeats)
        end, start = int(task["end_frame"].iloc[-1]), int(movie["start_frame"].iloc[0])
        blocks += [_gray("post_behavior_gray_screen_5min", end, start), movie]
    for number, block in enumerate(blocks):
        block["stimulus_block"] = number
    table = pd.concat(blocks, ignore_index=True)
    whole = table.reindex(columns=_WHOLE_NUMBERS).fillna(NULL).astype(np.int64)
    table[_WHOLE_NUMBERS] = whole
    return _add_times(table, times, plan.monitor_delay)


def movie_frames(repeats: int) -> int:
    """Number of monitor frames of ``repeats`` of the 30 s movie."""
    return repeats * MOVIE_FRAMES * _MONITOR_FRAMES_PER_MOVIE_FRAME


def add_trials(table: pd.DataFrame, trials: pd.DataFrame) -> None:
    """Add the columns ``trials_id``, ``active`` and ``is_sham_change`` to presentations."""
    trial = trial_of_moment(table["start_time"], trials["start_time"], trials["stop_time"].iloc[-1])
    table["trials_id"] = np.where(trial < 0, NULL, trial)
    table["active"] = table["stimulus_block_name"].str.contains("change_detection").to_numpy(bool)
    sham = trials.loc[trials["catch"], "change_frame"]
    table["is_sham_change"] = table["active"] & table["start_frame"].isin(sham)


def _task_block(plan: SessionPlan, log: TaskLog, first_frame: int) -> pd.DataFrame:
    images, flashes = plan.image_set, log.flashes
    omitted = np.array([flash.omitted for flash in flashes])
    index = np.array([flash.image for flash in flashes])
    names = np.array([*images.image_names, "omitted"], dtype=object)
    changed = _changes(index, omitted)
    table = pd.DataFrame(
        {
            "start_frame": [first_frame + flash.start for flash in flashes],
            "end_frame": [first_frame + flash.end for flash in flashes],
            "image_index": np.where(omitted, len(images.image_names), index),
            "image_name": names[np.where(omitted, len(images.image_names), index)],
            "image_set": images.stimulus_name,
            "stimulus_name": images.stimulus_name,
            "is_change": changed.astype(float),
            "is_image_novel": np.where(omitted, np.nan, float(plan.novel_images)),
            "omitted": omitted.astype(float),
            "flashes_since_change": _flashes_since_change(changed, omitted),
        }
    )
    passive = "passive" if plan.is_passive else "behavior"
    table["stimulus_block_name"] = f"change_detection_{passive}"
    if images.is_grating:
        table["orientation"] = np.array(images.orientations)[index]
        table = table.assign(**_GRATING)
    return table


def _changes(index: NDArray[np.integer], omitted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the image of each flash differs from the image shown before it."""
    changed = np.zeros(len(index), dtype=bool)
    shown = np.flatnonzero(~omitted)
    changed[shown[1:]] = index[shown[1:]] != index[shown[:-1]]
    return changed


def _flashes_since_change(
    changed: NDArray[np.bool_], omitted: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Number of flashes since the last change; omissions do not count."""
    shown = np.cumsum(~omitted)
    last_change = np.maximum.accumulate(np.where(changed, shown, shown[0]))
    return np.asarray(shown - last_change, dtype=np.int64)


def _gray(name: str, start: int, end: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start_frame": [start],
            "end_frame": [end],
            "stimulus_name": GRAY,
            "stimulus_block_name": name,
        }
    )


def _movie(n_frames: int, repeats: int) -> pd.DataFrame:
    shown = np.arange(repeats * MOVIE_FRAMES)
    start = n_frames - 1 - movie_frames(repeats) + shown * _MONITOR_FRAMES_PER_MOVIE_FRAME
    return pd.DataFrame(
        {
            "start_frame": start,
            "end_frame": start + _MONITOR_FRAMES_PER_MOVIE_FRAME - 1,
            "movie_frame_index": shown % MOVIE_FRAMES,
            "movie_repeat": shown // MOVIE_FRAMES,
            "stimulus_name": MOVIE,
            "stimulus_block_name": MOVIE,
        }
    )


def _add_times(table: pd.DataFrame, times: NDArray[np.float64], delay: float) -> pd.DataFrame:
    start = times[table["start_frame"]] + delay
    stop = times[table["end_frame"]] + delay
    movie = (table["stimulus_name"] == MOVIE).to_numpy()
    stop[movie] = times[table.loc[movie, "end_frame"] + 1] + delay
    if table["stimulus_name"].iloc[0] == GRAY:
        start[0] = 0.0  # as in the release, where the gray screen starts at time 0
    return table.assign(start_time=start, stop_time=stop, duration=stop - start)


def drawn_frames(flashes: list[Flash]) -> int:
    """Number of monitor frames on which an image was drawn."""
    return sum(flash.end - flash.start for flash in flashes if not flash.omitted)
