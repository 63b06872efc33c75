"""The response table of the panel ``events``: the responses of each cell to task events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.components.answering import EmptyPanel
from dashboard.components.table import column
from dashboard.pages.session.recording import Recording, readable
from dashboard.vocabulary.signals import CELL_SIGNALS
from data_layer.around_events.response_table import RESPONSE_OF, SEED, response_table
from data_layer.derived.cell_responses.significance import SHUFFLES
from data_layer.store.session_store import SessionStore

CELL = "cell"
_CHANCE = (
    f"How often {SHUFFLES} shuffles of the event times (turned around within the task, seed {SEED})"
    " give as much{}; at least 1/201."
)
EXPLAINED = {
    "preferred_image": "The image whose flashes are answered most.",
    "preferred_response": "Mean response to the flashes of the preferred image, nothing taken from"
    " it: before a flash a cell still answers to the one before.",
    "p_image": _CHANCE.format(" with the image then answered most"),
    "lifetime_sparseness": "0: answers to all images alike; 1: to one only. Over the mean responses"
    " per image, negative ones as zero.",
    "change_response": "Mean of the 0.5 s after an image change less its baseline.",
    "p_change": _CHANCE.format(", to either side"),
    "change_modulation": "(a − b) / (|a| + |b|) of change and the flash before it: 1 changes only.",
    "omission_response": "Mean of the 0.75 s after an omission less its baseline.",
    "p_omission": _CHANCE.format(", to either side"),
    "omission_modulation": "(a − b) / (|a| + |b|) of omission and the flash before it.",
    "reliability": "Mean correlation of two flashes of the preferred image over 0.75 s, all pairs.",
    "running_correlation": "Pearson's correlation with running speed, frame by frame.",
    "pupil_correlation": "Pearson's correlation with pupil area where it is known.",
}
NARROW = {"width": 92, "wrapHeaderText": True, "autoHeaderHeight": True, "filter": False}
PLANE = ("targeted_structure", "imaging_depth")


def responses(recording: Recording, signal: str) -> tuple[pd.DataFrame, list[str]]:
    """A row per cell of all planes, and a sentence for each plane that cannot be read.

    With several planes there are columns about the plane.
    """
    found, lost = readable(recording.of_planes(lambda plane: _of_plane(plane, signal)))
    frames = [frame for frame in found if len(frame)]
    if not frames:
        raise EmptyPanel(" ".join(["This plane has no cells with such a trace.", *lost]))
    table = pd.concat(frames, ignore_index=True).drop(columns="cell_roi_id")
    return (table if len(recording.files) > 1 else table.drop(columns=list(PLANE))), lost


def _of_plane(plane: SessionStore, signal: str) -> pd.DataFrame:
    frame = response_table(plane, signal).copy()
    frame.insert(0, CELL, [plane.cell_names[int(cell)] for cell in frame["cell_roi_id"]])
    for i, name in enumerate(PLANE):
        frame.insert(1 + i, name, plane.metadata.get(name))
    return frame


def responses_columns(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The definitions of the columns with their explanations."""
    words = [str(name).replace("_", " ") for name in frame.columns]
    return [
        _column(str(name)) | NARROW | {"headerName": word}
        for name, word in zip(frame.columns, words, strict=True)
    ]


def _column(name: str) -> dict[str, Any]:
    if name == CELL:
        return column(name, "id", "By what the page calls the cell.", pinned="left")
    if name in ("preferred_image", "targeted_structure"):
        return column(name, "text", EXPLAINED.get(name, "Where the plane lies."))
    if name.startswith(RESPONSE_OF):
        image = name.removeprefix(RESPONSE_OF)
        return column(name, "number", f"Mean of the 0.5 s after each flash of {image}.")
    return column(name, "number", EXPLAINED.get(name, "Of the imaging plane."))


def responses_note(signal: str) -> str:
    """A sentence that says how the numbers are computed."""
    return (
        f"{CELL_SIGNALS[signal]}: mean of the 0.5 s after the event (omissions 0.75 s), of changes "
        "and omissions less the 0.5 s before, frames at their own times. "
        f"p: {SHUFFLES} shuffles of the event times, seed {SEED}, not corrected for the number of "
        "cells. Click a row to select the cell."
    )
