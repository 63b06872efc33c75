"""Stimulus flashes, trials and session blocks as spans of time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_layer.derived.trial_type import trial_outcome
from data_layer.store.slices import Floats, MarkSlice, SpanSlice
from data_layer.store.window import Window

GRAY_SCREEN = "gray screen"
MERGE_BELOW_PIXELS = 3.0
FLASH_PERIOD = 0.75  # s
BLOCK_LABELS = {
    "initial_gray_screen_5min": GRAY_SCREEN,
    "post_behavior_gray_screen_5min": GRAY_SCREEN,
    "change_detection_behavior": "task",
    "change_detection_passive": "passive viewing",
}


def presentation_labels(presentations: pd.DataFrame) -> pd.Series[str]:
    """What each presentation showed: the image's name, ``omitted``, a movie's name or gray."""
    names = presentations["image_name"].astype(object)
    if "stimulus_name" not in presentations:
        return names.fillna(GRAY_SCREEN)
    others = presentations["stimulus_name"].astype(object).replace("spontaneous", GRAY_SCREEN)
    return names.where(names.notna() & (names != ""), others)


def presentation_runs(presentations: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring presentations of one label as one row: start_time, end_time, label, n.

    Omissions belong to the run they interrupt; a new movie repeat or block begins a new run.
    """
    labels = presentation_labels(presentations)
    shown = presentations[labels != "omitted"]
    keys = pd.DataFrame({"label": labels[labels != "omitted"]})
    for column in ("stimulus_block", "movie_repeat"):
        if column in shown:
            keys[column] = shown[column]
    run = (keys != keys.shift()).any(axis=1).cumsum()
    groups = shown.groupby(run.to_numpy())
    return pd.DataFrame(
        {
            "start_time": groups["start_time"].min(),
            "end_time": groups["end_time"].max(),
            "label": keys["label"].groupby(run.to_numpy()).first(),
            "n": groups.size(),
        }
    ).reset_index(drop=True)


def flashes(presentations: pd.DataFrame, runs: pd.DataFrame, window: Window) -> SpanSlice:
    """What was on the screen: each flash, or runs of one image where flashes would share pixels."""
    merged = FLASH_PERIOD / window.seconds_per_pixel < MERGE_BELOW_PIXELS
    seen = _within(runs if merged else presentations, window)
    labels = seen["label"] if merged else presentation_labels(seen)
    return SpanSlice(
        name="stimulus_presentations",
        starts=seen["start_time"].to_numpy(),
        stops=seen["end_time"].to_numpy(),
        labels=labels.to_numpy(dtype=object),
        details=seen,
        level="merged" if merged else "each",
        n_total=len(_within(presentations, window)),
    )


def marked_flashes(presentations: pd.DataFrame, column: str, window: Window) -> MarkSlice:
    """The times of changes (``is_change``), sham changes or omissions (``omitted``)."""
    flagged = presentations[presentations[column].fillna(False).astype(bool)]
    seen = _within(flagged, window)
    return marks(column, seen["start_time"].to_numpy(), seen, window)


def trials(table: pd.DataFrame, window: Window) -> SpanSlice:
    """Each trial as a span labelled with its outcome."""
    seen = _within(table, window, stop="stop_time")
    return SpanSlice(
        name="trials",
        starts=seen["start_time"].to_numpy(),
        stops=seen["stop_time"].to_numpy(),
        labels=trial_outcome(seen),
        details=seen.drop(columns="lick_times"),
        n_total=len(seen),
    )


def blocks(presentations: pd.DataFrame) -> SpanSlice:
    """The session's blocks: gray, task, gray, movie; one span each."""
    if "stimulus_block" not in presentations:
        keys = pd.Series(0, index=presentations.index)
    else:
        keys = presentations["stimulus_block"]
    groups = presentations.groupby(keys.to_numpy())
    if "stimulus_block_name" in presentations:
        names = groups["stimulus_block_name"].first()
    else:
        names = presentation_block_names(presentations, keys)
    labels = names.map(lambda name: BLOCK_LABELS.get(name, str(name).replace("_", " ")))
    return SpanSlice(
        name="blocks",
        starts=groups["start_time"].min().to_numpy(),
        stops=groups["end_time"].max().to_numpy(),
        labels=labels.to_numpy(dtype=object),
        n_total=len(groups),
    )


def presentation_block_names(presentations: pd.DataFrame, keys: pd.Series[int]) -> pd.Series[str]:
    """A word per block where the file stores no block name: task, gray or the movie's name."""
    labels = presentation_labels(presentations)
    is_image = presentations["image_name"].notna() & (presentations["image_name"] != "")
    names = labels.where(~is_image, "task")
    return names.groupby(keys.to_numpy()).first()


def marks(name: str, times: Floats, details: pd.DataFrame, window: Window) -> MarkSlice:
    """Moments inside a window; of those that share a pixel one is kept."""
    inside = (times >= window.start) & (times <= window.stop)
    times, details = times[inside], details[inside]
    pixel = np.floor((times - window.start) / window.seconds_per_pixel)
    keep = np.ones(len(times), dtype=bool)
    keep[1:] = np.diff(pixel) != 0
    return MarkSlice(
        name=name,
        times=times[keep],
        labels=np.full(int(keep.sum()), name, dtype=object),
        details=details[keep],
        n_total=len(times),
    )


def _within(table: pd.DataFrame, window: Window, stop: str = "end_time") -> pd.DataFrame:
    overlaps = (table[stop] >= window.start) & (table["start_time"] <= window.stop)
    return table[overlaps.to_numpy()]


def flagged_runs(name: str, times: Floats, flags: np.ndarray, stop: float) -> SpanSlice:
    """Stretches in which ``flags`` (n,) is True; each lasts until the next sample that is not.

    ``times`` (n,) are the samples' own; the last stretch ends at ``stop``.
    """
    edges = np.diff(np.concatenate([[0], np.asarray(flags, dtype=np.int8), [0]]))
    first, after = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    ends = np.append(times, stop)
    return SpanSlice(
        name=name,
        starts=times[first],
        stops=ends[after],
        labels=np.full(len(first), name, dtype=object),
        n_total=len(first),
    )


def merged(spans: SpanSlice, window: Window) -> SpanSlice:
    """The spans of a window; of those that begin on one pixel the longest is kept."""
    inside = (spans.stops >= window.start) & (spans.starts <= window.stop)
    starts, stops, labels = spans.starts[inside], spans.stops[inside], spans.labels[inside]
    pixel = np.floor((starts - window.start) / window.seconds_per_pixel)
    order = np.lexsort((starts - stops, pixel))
    keep = np.sort(order[np.unique(pixel[order], return_index=True)[1]]) if len(order) else order
    return SpanSlice(spans.name, starts[keep], stops[keep], labels[keep], n_total=int(inside.sum()))
