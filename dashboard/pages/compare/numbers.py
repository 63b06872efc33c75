"""The numbers of a comparison: a row per number, a column per experiment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from dash import html

from dashboard.urls.comparison import Comparison
from data_layer.errors import DataLayerError
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.matched_cells import matched_cells
from data_layer.project_cache.protocol import Cache

NONE = "–"
Row = Mapping[Any, Any]


def _count(column: str) -> Callable[[Row], str]:
    return lambda row: NONE if pd.isna(row[column]) else f"{row[column]:,.0f}"


def _fixed(column: str, digits: int = 2, unit: str = "") -> Callable[[Row], str]:
    return lambda row: NONE if pd.isna(row[column]) else f"{row[column]:.{digits}f}{unit}"


BEHAVIOR: dict[str, Callable[[Row], str]] = {
    "trials": _count("trial_count"),
    "hits": _count("hit"),
    "hit rate": _fixed("hit_rate"),
    "false-alarm rate": _fixed("false_alarm_rate"),
    "d′, all trials": _fixed("dprime"),
    "d′, rolling mean": lambda row: _fixed("mean_dprime")(row) if row["active"] else NONE,
    "earned rewards": _count("earned_reward_count"),
    "water": _fixed("reward_volume", 3, " ml"),
    "licks": _count("lick_count"),
}


def numbers_table(cache: Cache, history: BehaviorHistory, comparison: Comparison) -> html.Div:
    """The numbers as lines, aligned with the page's columns."""
    table = cache.get_ophys_experiment_table()
    listed = [id_ for id_ in comparison.ids if id_ in table.index]
    behavior = table.loc[listed, "behavior_session_id"].dropna().astype(int).to_dict()
    sessions = history.of_sessions(sorted(set(behavior.values())))
    rows = dict(zip(sessions.index.tolist(), sessions.to_dict("records"), strict=True))
    lines = _cells(cache, comparison)
    for name, shown in BEHAVIOR.items():
        values = [rows.get(behavior.get(id_, -1)) for id_ in comparison.ids]
        lines[name] = [NONE if row is None else shown(row) for row in values]
    return html.Div([_line(name, values) for name, values in lines.items()])


def _cells(cache: Cache, comparison: Comparison) -> dict[str, list[str]]:
    try:
        cells = matched_cells(cache, comparison.ids)
    except DataLayerError:
        return {"cells": [NONE] * len(comparison.ids)}
    totals = cells.found.sum(axis=0) + cells.unmatched
    shared = (cells.found & cells.found[:, :1]).sum(axis=0)
    shown = [f"{n:,}" if n else NONE for n in totals.tolist()]
    also = [f"{n:,}" for n in np.asarray(shared).tolist()]
    return {"cells": shown, "also in the first": also}


def _line(name: str, values: list[str]) -> html.Div:
    cells = [html.Span(value, className="compare-value") for value in values]
    grid = {"--columns": len(values)}
    row = html.Div(cells, className="compare-row", style=grid)
    return html.Div([html.Span(name, className="compare-name"), row], className="compare-line")
