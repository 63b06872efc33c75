"""The plots of a comparison: a row per kind of plot, a column per experiment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.components.averages import SHOWN_SPAN, UNIT, line, of_behavior, of_cell, population
from dashboard.components.problems.parts import in_short
from dashboard.figures.days.small_multiples import Cell, Line, Row, small_multiples_figure
from dashboard.urls import experiment_path
from dashboard.urls.comparison import PLOTS, Comparison
from data_layer.derived.session_type import behavior_type
from data_layer.errors import DataLayerError
from data_layer.project_cache.matched_cells import matched_cells
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import TriggeredSlice

Answer = Callable[[SessionStore, int], Cell]
RUNNING_UNIT, LICKS_UNIT = "cm/s", "licks/s"
MINUTE = 60.0
NOT_HERE, UNKNOWN = "not on this machine", "not in the tables"
PASSIVE_TEXT = "passive viewing:\nnot applicable"
RATE_LINES = (
    ("hit_rate", "hit rate", theme.HIT_RATE_COLOR, "solid"),
    (
        "false_alarm_rate",
        "false-alarm rate",
        theme.FALSE_ALARM_RATE_COLOR,
        theme.FALSE_ALARM_RATE_DASH,
    ),
)
STROKES = {"solid": "━", theme.FALSE_ALARM_RATE_DASH: "┅"}
DPRIME_LINES = (("rolling_dprime", "d′", theme.DPRIME_COLOR, "solid"),)


def plots_figure(stores: OpenStores, comparison: Comparison) -> dict[str, Any]:
    """The figure with the chosen rows."""
    rows: list[Row] = []
    for name in PLOTS:
        if name in comparison.show:
            rows += _rows(stores, comparison, name)
    return small_multiples_figure(
        rows, UNIT, x_title="time from the event (s)", gap=0.34 / len(rows) if rows else 0.0
    )


def _rows(stores: OpenStores, comparison: Comparison, name: str) -> list[Row]:
    title = PLOTS[name]

    def cells(answer: Answer) -> list[Cell]:
        return [_answer(stores, id_, answer) for id_ in comparison.ids]

    if name in ("change", "omission"):
        who = f"cell {comparison.cell}" if comparison.cell is not None else "all cells"
        drawn = cells(_imaging(stores, comparison, name))
        return [Row(f"{title}, {who}", SHOWN_SPAN, drawn, name)]
    if name == "running":
        drawn = cells(_behavior("running_speed", theme.RUNNING_COLOR))
        return [Row(title, SHOWN_SPAN, drawn, "change", unit=RUNNING_UNIT)]
    if name == "licks":
        drawn = cells(_behavior("lick_rate", theme.COUNT_COLOR))
        return [Row(title, SHOWN_SPAN, drawn, "change", unit=LICKS_UNIT)]
    return _performance_rows(cells)


def _answer(stores: OpenStores, id_: int, answer: Answer) -> Cell:
    """The plot of one experiment, or a sentence why there is none."""
    if id_ not in stores.cache.get_ophys_experiment_table().index:
        return Cell(sentence=UNKNOWN)
    if id_ not in stores.cache.available("experiment"):
        return Cell(sentence=NOT_HERE)
    try:
        return answer(stores.experiment(id_), id_)
    except DataLayerError as error:
        return Cell(sentence=in_short(error))


def _imaging(stores: OpenStores, comparison: Comparison, event: str) -> Answer:
    """A function that plots the response of the chosen cell, or of all cells without one."""
    rois: dict[int, int] = {}
    if comparison.cell is not None:
        cells = matched_cells(stores.cache, comparison.ids)
        row = np.flatnonzero(cells.cell_specimen_ids == comparison.cell)
        found = cells.cell_roi_ids[row[0]].tolist() if len(row) else [-1] * len(comparison.ids)
        rois = dict(zip(cells.ophys_experiment_ids, found, strict=True))
    color = theme.CHANGE_COLOR if event == "change" else theme.OMISSION_COLOR

    def answer(store: SessionStore, id_: int) -> Cell:
        if comparison.cell is None:
            return _averaged(population(store, event, SHOWN_SPAN), color, id_, None)
        if rois[id_] < 0:
            return Cell(sentence="this cell was not found")
        slice_ = of_cell(store, rois[id_], event, SHOWN_SPAN)
        return _averaged(slice_, color, id_, comparison.cell)

    return answer


def _behavior(signal: str, color: str) -> Answer:
    def answer(store: SessionStore, id_: int) -> Cell:
        return _averaged(of_behavior(store, signal, "change", SHOWN_SPAN), color, id_, None)

    return answer


def _averaged(slice_: TriggeredSlice, color: str, id_: int, cell: int | None) -> Cell:
    drawn = line("mean", color, [slice_])
    if drawn is None:
        return Cell(sentence="no such event with a full window")
    notes = [f"n = {drawn.n:,}"]
    if slice_.n_dropped:
        notes.append(f"{slice_.n_dropped:,} without a full window")
    return Cell([drawn], notes=notes, path=experiment_path(id_, cell))


def _performance_rows(cells: Callable[[Answer], list[Cell]]) -> list[Row]:
    rates, dprime = cells(_rolling(RATE_LINES)), cells(_rolling(DPRIME_LINES))
    ends = [float(one.offsets[-1]) for cell in (*rates, *dprime) for one in cell.lines]
    span, x_title = (0.0, max(ends, default=1.0)), "time from the first trial (min)"
    return [
        Row("rolling hit and false-alarm rate", span, rates, unit="rate", x_title=x_title),
        Row("rolling d′", span, dprime, unit="d′", x_title=x_title),
    ]


def _rolling(columns: tuple[tuple[str, str, str, str], ...]) -> Answer:
    def answer(store: SessionStore, id_: int) -> Cell:
        if behavior_type(str(store.metadata["session_type"])) == "passive_viewing":
            return Cell(sentence=PASSIVE_TEXT)
        trials, rolling = store.trials, store.session.get_rolling_performance_df()
        done = ~trials["aborted"].to_numpy(bool)
        times = trials["change_time"].fillna(trials["start_time"]).to_numpy(float)
        minutes = (times - float(trials["start_time"].iloc[0])) / MINUTE if len(times) else times
        lines = [
            Line(label, color, minutes[done], rolling[column].to_numpy(float)[done], dash=dash)
            for column, label, color, dash in columns
            if rolling[column].notna().any()
        ]
        notes = [
            f"<span style='color:{one.color}'>{STROKES[one.dash]}</span> {one.name}"
            for one in lines
        ]
        sentence = "" if lines else "no go or catch trials"
        return Cell(lines, sentence, notes if len(notes) > 1 else (), experiment_path(id_))

    return answer
