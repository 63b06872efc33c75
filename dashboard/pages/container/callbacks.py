"""The callbacks of the container page: cells, behaviour and averages."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard import theme
from dashboard.arguments.values import Id, Word
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.chips import counted
from dashboard.components.choices.kept import keep_choices
from dashboard.components.graph import open_clicked_page
from dashboard.figures.days.matched_cells import DayColumn, found_order, matched_cells_figure
from dashboard.figures.history.behavior_history import behavior_history_figure
from dashboard.figures.history.session_stages import short_stage
from dashboard.pages.container.averages import averages_content
from dashboard.pages.container.ids import Ids
from dashboard.urls import cell_path, experiment_path
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.matched_cells import MatchedCells, container_days, matched_cells
from data_layer.project_cache.open_stores import OpenStores
from data_layer.project_cache.protocol import Cache

BEHAVIOR_PLOTS = ("stage", "dprime", "rates", "outcomes", "licks")


def register_callbacks(app: Dash, stores: OpenStores, history: BehaviorHistory) -> None:
    """Draw cells, behaviour and averages; outlines and clicks are handled in the browser."""
    cache = stores.cache

    @panel_callback(
        app,
        "container-cells",
        [Output(Ids.MATRIX, "figure"), Output(Ids.NOTE, "children")],
        Input(Ids.CONTAINER, "data"),
        Input(Ids.ORDER, "value"),
    )
    def draw_cells(container: Id, order: Word | None) -> tuple[dict[str, Any], str]:
        return cells_content(cache, container, order)

    @panel_callback(
        app,
        "container-behavior",
        Output(Ids.BEHAVIOR, "figure"),
        Input(Ids.CONTAINER, "data"),
        costly=True,
    )
    def draw_behavior(container: Id) -> dict[str, Any]:
        days = container_days(cache, container)
        known_days = days.dropna(subset="behavior_session_id")
        behavior = known_days["behavior_session_id"].astype(int).tolist()
        ids = dict(zip(behavior, known_days.index.tolist(), strict=True))
        sessions = history.of_sessions(list(ids))
        if sessions.empty:
            raise EmptyPanel("The behaviour table lists none of this container's sessions.")
        paths = [experiment_path(ids[id_]) for id_ in sessions.index.tolist()]
        return behavior_history_figure(sessions.assign(path=paths), plots=BEHAVIOR_PLOTS)

    @panel_callback(
        app,
        "container-averages",
        Output(Ids.AVERAGES, "figure"),
        Input(Ids.CONTAINER, "data"),
        State(Ids.STREAMED, "data"),
        costly=True,
    )
    def draw_averages(container: Id, streamed: bool) -> dict[str, Any]:
        return averages_content(stores, container, streamed=streamed)

    keep_choices(app, Ids.ORDER, Ids.OUTLINES)
    for graph in (Ids.MATRIX, Ids.BEHAVIOR):
        open_clicked_page(app, graph)
    app.clientside_callback(
        ClientsideFunction("pages", "outlines"),
        Output(Ids.DAYS, "className"),
        Input(Ids.OUTLINES, "value"),
    )


def cells_content(cache: Cache, container: int, order: str | None) -> tuple[dict[str, Any], str]:
    """The figure of a container's cells by day, and a sentence with their numbers."""
    days = container_days(cache, container)
    cells = matched_cells(cache, [int(id_) for id_ in days.index])
    if not len(cells.cell_specimen_ids):
        raise EmptyPanel("The table of cells lists no matched cell of this container.")
    rows = found_order(cells.found, order or "")
    names = cells.cell_specimen_ids[rows].tolist()
    here = cache.available("experiment")
    figure = matched_cells_figure(
        cells.found[rows], names, [cell_path(name) for name in names], _columns(days, here)
    )
    return figure, _note(cells)


def _columns(days: pd.DataFrame, here: frozenset[int]) -> list[DayColumn]:
    columns = []
    for number, (id_, row) in enumerate(days.iterrows(), 1):
        session_type = theme.fact(row["session_type"], "session type")
        stage = short_stage(theme.fact(row["session_type"]))
        level = theme.fact(row.get("experience_level"), "level")
        where = "" if id_ in here else ", not on this machine"
        title = f"day {number}: {session_type}, {level}{where}"
        columns.append(DayColumn(f"{number}\n{stage}", title, level))
    return columns


def _note(cells: MatchedCells) -> str:
    n_cells, n_days = cells.found.shape
    every = int(cells.found.all(axis=1).sum())
    text = f"{n_cells:,} cells on {counted(n_days, 'day')}; {every:,} found on every day."
    if unmatched := int(cells.unmatched.sum()):
        text += f" Not shown: {unmatched:,} ROIs without a cell_specimen_id."
    return text
