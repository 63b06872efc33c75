"""The numbers of the timeline: every sample, span and moment of its rows, as drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from dashboard.components.numbers.numbers import Numbers
from dashboard.components.problems.parts import Parts
from dashboard.pages.session.numbers.asked import Asked
from dashboard.pages.session.timeline_rows import IMAGING_ROWS, SOURCES
from dashboard.vocabulary.signals import TRACES
from data_layer.store.cell_order import cell_order
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import MarkSlice, MatrixSlice, SignalSlice, SpanSlice
from data_layer.values.trace_kinds import TRACE_KINDS

COLUMNS = ("row", "name", "cell", "time", "stop", "value", "unit")
ABOUT = (
    "A row per sample, span or moment as drawn. time: of a sample or moment, or where a span or a "
    "column of a heatmap begins, which ends at stop."
)
ALL_SAMPLES = "Every sample is drawn."
FEWER = (
    "Where there are more samples than pixels, lines have the least and greatest value of each bin "
    "of samples, heatmaps their mean (of events their maximum), and neighbouring marks and spans "
    "are drawn as one."
)


def numbers(asked: Asked) -> Numbers:
    """One long table of all rows that the timeline shows, in their order."""
    parts = Parts()
    frames: list[pd.DataFrame] = []
    for row in asked.options["rows"]:
        if row not in IMAGING_ROWS or asked.recording.planes:
            frames += parts.read(partial(_rows, asked, row), list[pd.DataFrame]())
    known = [frame for frame in frames if len(frame)]
    whole = pd.concat(known, ignore_index=True) if known else pd.DataFrame(columns=COLUMNS)
    fewer = any(frame.attrs.get("fewer") for frame in frames)
    notes = [*asked.notes, ABOUT, FEWER if fewer else ALL_SAMPLES, *parts.problems]
    units = {"time": "s", "stop": "s", "value": "the unit of its row"}
    return Numbers(f"Timeline of {asked.name}", whole.reindex(columns=COLUMNS), units, notes)


def _rows(asked: Asked, row: str) -> list[pd.DataFrame]:
    return list(_BUILDERS.get(row, _lines)(asked, row))


def _stimulus(asked: Asked, row: str) -> Iterator[pd.DataFrame]:
    store, window = asked.recording.behavior, asked.window
    yield _spans(row, store.flashes(window))
    yield _marks(row, "change", store.flash_marks("is_change", window))
    yield _marks(row, "omission", store.flash_marks("omitted", window))


def _trials(asked: Asked, row: str) -> Iterator[pd.DataFrame]:
    yield _spans(row, asked.recording.behavior.trial_spans(asked.window))


def _licks(asked: Asked, row: str) -> Iterator[pd.DataFrame]:
    store, window = asked.recording.behavior, asked.window
    yield _marks(row, "lick", store.licks(window))
    yield _marks(row, "reward", store.rewards(window))


def _lines(asked: Asked, row: str) -> Iterator[pd.DataFrame]:
    stores = asked.recording.planes if row == "motion" else (asked.recording.behavior,)
    for store in stores:
        for source, _ in SOURCES[row]:
            yield _line(row, store.signal(source, asked.window))


def _spans(row: str, spans: SpanSlice) -> pd.DataFrame:
    columns = {"name": spans.labels, "time": spans.starts, "stop": spans.stops}
    return _frame(row, columns, fewer=spans.level == "merged")


def _marks(row: str, name: str, marks: MarkSlice) -> pd.DataFrame:
    fewer = marks.n_total > len(marks.times)
    return _frame(row, {"name": name, "time": marks.times}, fewer=fewer)


def _line(row: str, line: SignalSlice, cell: int | None = None) -> pd.DataFrame:
    columns = {"name": line.name, "time": line.times, "value": line.values, "unit": line.unit}
    return _frame(row, columns, cell, fewer=line.bin_size > 1)


def _cells(asked: Asked, row: str) -> Iterator[pd.DataFrame]:
    for cell in asked.cells:
        if (found := asked.recording.plane_of(cell)) is None:
            continue
        plane, roi_id = found
        for kind in asked.options["traces"]:
            yield _line(row, plane.cell_signal(kind, roi_id, asked.window), cell)


def _heatmaps(asked: Asked, row: str) -> Iterator[pd.DataFrame]:
    for plane in asked.recording.planes:
        yield _heatmap(asked, plane)


def _heatmap(asked: Asked, plane: SessionStore) -> pd.DataFrame:
    kind = asked.options["activity"] if asked.options["activity"] in TRACES else "dff"
    order = cell_order(plane, asked.options["sort"])
    if not order:
        return _frame("activity", {"time": np.empty(0)})
    return _matrix(plane, plane.heatmap(kind, asked.window, order), TRACE_KINDS[kind].unit)


def _matrix(plane: SessionStore, matrix: MatrixSlice, unit: str) -> pd.DataFrame:
    n_cells, n_columns = matrix.values.shape
    names = [plane.cell_names[int(roi_id)] for roi_id in matrix.cell_ids]
    columns = {
        "name": matrix.name,
        "time": np.tile(matrix.edges[:-1], n_cells),
        "stop": np.tile(matrix.edges[1:], n_cells),
        "value": matrix.values.ravel(),
        "unit": unit,
    }
    cells = np.repeat(names, n_columns)
    return _frame("activity", columns, cells, fewer=matrix.bin_size > 1)


def _frame(row: str, columns: Any, cell: Any = None, *, fewer: bool = False) -> pd.DataFrame:
    frame = pd.DataFrame(columns).assign(row=row)
    frame["cell"] = pd.array([cell] * len(frame) if np.ndim(cell) == 0 else cell, dtype="Int64")
    for name in COLUMNS:
        if name not in frame:
            frame[name] = "" if name in ("name", "unit") else np.nan
    frame.attrs["fewer"] = fewer
    return frame[list(COLUMNS)]


_BUILDERS: dict[str, Callable[[Asked, str], Iterator[pd.DataFrame]]] = {
    "stimulus": _stimulus,
    "trials": _trials,
    "licks": _licks,
    "activity": _heatmaps,
    "cells": _cells,
}
