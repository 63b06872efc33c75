"""Stimulus presentations as labelled spans: each flash, or in wide windows runs of one image."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.image_changes import has_name, is_image, is_omitted
from data_layer.store.spans import merged, within
from data_layer.values.slices import UNNAMED, SpanSlice
from data_layer.values.window import Window

GRAY_SCREEN = "gray screen"
OMITTED = "omitted"
MERGE_BELOW_PIXELS = 3.0
FLASH_PERIOD = 0.75  # s
BLOCK_LABELS = {
    "initial_gray_screen_5min": GRAY_SCREEN,
    "post_behavior_gray_screen_5min": GRAY_SCREEN,
    "change_detection_behavior": "task",
    "change_detection_passive": "passive viewing",
}
FLAGS = ("is_change", "is_sham_change", "omitted")


def presentation_spans(presentations: pd.DataFrame) -> SpanSlice:
    """Every presentation, labelled with its image and sorted by start.

    The label is the name of an image or movie, ``omitted``, gray screen, or ``UNNAMED``. The flags
    are ``is_change``, ``is_sham_change`` and ``omitted``, as far as the table has them; a row that
    is named ``omitted`` has that flag.
    """
    known = [name for name in FLAGS if name in presentations]
    flags = {n: presentations[n].fillna(False).to_numpy(dtype=bool) for n in known}
    if (omitted := is_omitted(presentations)).any():
        flags["omitted"] = omitted
    return SpanSlice(
        name="stimulus_presentations",
        starts=presentations["start_time"].to_numpy(dtype=np.float64),
        stops=presentations["end_time"].to_numpy(dtype=np.float64),
        labels=_labels(presentations),
        flags=flags,
    )


def _labels(presentations: pd.DataFrame) -> NDArray[np.object_]:
    names = presentations["image_name"].astype(object)
    if "stimulus_name" in presentations:
        others = presentations["stimulus_name"].astype(object).replace("spontaneous", GRAY_SCREEN)
        names = names.where(has_name(presentations), others)
    names = names.mask(is_unnamed(presentations), UNNAMED)
    names = names.mask(is_omitted(presentations), OMITTED)
    return names.fillna(GRAY_SCREEN).to_numpy(dtype=object)


def is_unnamed(presentations: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each row showed an image whose name the file lacks: (n_rows,)."""
    return is_image(presentations) & ~has_name(presentations)


def why_unnamed(presentations: pd.DataFrame) -> str:
    """A sentence if the file does not name every image shown, else an empty text."""
    unnamed, images = is_unnamed(presentations), is_image(presentations)
    if not unnamed.any():
        return ""
    if unnamed.sum() == images.sum():
        return "The file does not name the images. "
    return f"The file does not name {unnamed.sum():,} of {images.sum():,} images shown. "


def why_no_omissions(presentations: pd.DataFrame) -> str:
    """A sentence if the file has no column of omissions, else an empty text."""
    if "omitted" in presentations:
        return ""
    if is_omitted(presentations).any():
        return "The file has no column omitted; omissions are the images with that name. "
    return "The file does not say which flashes were omitted. "


def presentation_runs(presentations: pd.DataFrame) -> SpanSlice:
    """Consecutive presentations with the same label as one span.

    Omissions do not end a run; a new movie repeat or block does.
    """
    spans = presentation_spans(presentations)
    shown = spans.labels != OMITTED
    begins = np.ones(int(shown.sum()), dtype=bool)
    begins[1:] = spans.labels[shown][1:] != spans.labels[shown][:-1]
    for column in ("stimulus_block", "movie_repeat"):
        if column in presentations:
            values = presentations[column].to_numpy()[shown]
            begins[1:] |= values[1:] != values[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first, len(begins))[1:] - 1
    return SpanSlice(
        name=spans.name,
        starts=spans.starts[shown][first],
        stops=spans.stops[shown][last],
        labels=spans.labels[shown][first],
        level="merged",
    )


def flashes(each: SpanSlice, runs: SpanSlice, window: Window) -> SpanSlice:
    """The spans to draw in a window: each flash, or runs if flashes would share pixels."""
    crowded = FLASH_PERIOD / window.seconds_per_pixel < MERGE_BELOW_PIXELS
    return merged(runs, window) if crowded else within(each, window)


def blocks(presentations: pd.DataFrame) -> SpanSlice:
    """The blocks of the session (gray, task, gray, movie), one span each."""
    if "stimulus_block" in presentations:
        keys = presentations["stimulus_block"].to_numpy()
    else:
        keys = np.zeros(len(presentations), dtype=np.int64)
    groups = presentations.groupby(keys)
    if "stimulus_block_name" in presentations:
        names = groups["stimulus_block_name"].first()
    else:
        names = _block_names(presentations).groupby(keys).first()
    labels = names.map(lambda name: BLOCK_LABELS.get(name, str(name).replace("_", " ")))
    return SpanSlice(
        name="blocks",
        starts=groups["start_time"].min().to_numpy(),
        stops=groups["end_time"].max().to_numpy(),
        labels=labels.to_numpy(dtype=object),
    )


def _block_names(presentations: pd.DataFrame) -> pd.Series[str]:
    """The block name of each row, for files without one: task, gray screen or a movie's name."""
    labels = pd.Series(_labels(presentations), index=presentations.index)
    of_task = has_name(presentations) | is_image(presentations) | is_omitted(presentations)
    return labels.where(~of_task, "task")
