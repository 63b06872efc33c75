"""The callbacks of the cell page, one per panel."""

from __future__ import annotations

from typing import Annotated, Any

from dash import Dash, Input, Output, State

from dashboard.arguments.values import Id, Word, one_of
from dashboard.components.answering import panel_callback
from dashboard.components.averages import UNIT
from dashboard.components.choices.kept import keep_choices
from dashboard.components.graph import open_clicked_page
from dashboard.figures.days.cell_crops import Crop, cell_crops_figure
from dashboard.figures.days.cell_traces import Snippet, cell_traces_figure
from dashboard.figures.days.small_multiples import small_multiples_figure
from dashboard.pages.cell.days import SNIPPET, crop, of_day, snippet
from dashboard.pages.cell.ids import Ids
from dashboard.pages.cell.responses import Shown, response_rows
from dashboard.urls import experiment_path
from data_layer.around_events.splits import SPLITS
from data_layer.project_cache.matched_cells import CellDay, cell_days
from data_layer.project_cache.open_stores import OpenStores

Split = Annotated[Word, one_of(SPLITS)]


def register_callbacks(app: Dash, stores: OpenStores) -> None:
    """Draw tissue, trace and responses of each day; clicks on responses open the experiment."""
    cell, streamed = Input(Ids.CELL, "data"), State(Ids.STREAMED, "data")

    @panel_callback(app, "cell-crops", Output(Ids.CROPS, "figure"), cell, streamed, costly=True)
    def draw_crops(id_: Id, streamed: bool) -> dict[str, Any]:
        days = cell_days(stores.cache, id_)
        crops = [
            of_day(stores, day, crop, lambda why: Crop(sentence=why), streamed=streamed)
            for day in days
        ]
        return cell_crops_figure(crops)

    @panel_callback(app, "cell-traces", Output(Ids.TRACES, "figure"), cell, streamed, costly=True)
    def draw_traces(id_: Id, streamed: bool) -> dict[str, Any]:
        days = cell_days(stores.cache, id_)
        snippets = [
            of_day(stores, day, snippet, lambda why: Snippet(sentence=why), streamed=streamed)
            for day in days
        ]
        return cell_traces_figure(snippets, SNIPPET, UNIT)

    @panel_callback(
        app,
        "cell-responses",
        Output(Ids.RESPONSES, "figure"),
        cell,
        Input(Ids.SPLIT, "value"),
        Input(Ids.SINGLE, "value"),
        streamed,
        costly=True,
    )
    def draw_responses(
        id_: Id, split: Split | None, single: bool | None, streamed: bool
    ) -> dict[str, Any]:
        def path_of(day: CellDay) -> str:
            return experiment_path(day.ophys_experiment_id, id_)

        shown = Shown(split or "none", bool(single))
        days = cell_days(stores.cache, id_)
        rows = response_rows(stores, days, path_of, shown, streamed=streamed)
        return small_multiples_figure(rows, UNIT, x_title="time from the event (s)", gap=0.13)

    open_clicked_page(app, Ids.RESPONSES)
    keep_choices(app, Ids.SPLIT, Ids.SINGLE)
