"""The layout of the container page: the row of days above cells, behaviour and averages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.components.buttons.fetch_button import fetch_button
from dashboard.components.buttons.stream_link import stream_link
from dashboard.components.chips import chip, counted, cre_line_chip, page_header
from dashboard.components.choices.segmented import segmented
from dashboard.components.days import day_card
from dashboard.components.graph import empty_graph
from dashboard.components.panel import READY, panel
from dashboard.components.unavailable import unavailable_page
from dashboard.figures.days.matched_cells import ORDERS
from dashboard.pages.container.ids import Ids
from dashboard.urls import Comparison, container_path, mouse_path
from dashboard.urls.kept_choices import ON, kept_choice
from data_layer.errors import UnknownId
from data_layer.project_cache.matched_cells import container_days
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known

DAYS_INFO = (
    "The same field of view on every day, by date: the greatest value of each pixel over the "
    "session, gray from 0 to the picture's 99th percentile. Vessels and cells should be seen again "
    "from day to day; where they are not, the plane or the mouse may be another. Red: outlines of "
    "the cells of that day. Click a picture to open its experiment."
)
CELLS_INFO = (
    "Which cell was found on which day, from the release's table of cells (ophys_cells_table); "
    "colour: experience level. Above: cells of each day, right: how many cells were found on how "
    "many days. A cell that was not found may have been silent or out of focus that day. "
    "Click a row to see the cell on all days."
)
BEHAVIOR_INFO = (
    "The behaviour of each day, counted in the NWB files on this machine (filled), else in the "
    "behaviour table (hollow, on a shade). Rates and d′ are over all go and catch trials; passive "
    "sessions have none. Click a day to open its experiment."
)
AVERAGES_INFO = (
    "The mean dF/F of all cells around image changes and omissions, days of one experience level "
    "together, with the standard error over events; n counts events. Times include the display's "
    "delay, values lie on a common 30 Hz grid, events without a full window are left out and "
    "counted. Shades: when images are shown by the task's design. Dashed and pale: passive viewing."
)


def container_page(
    cache: Cache, ophys_container_id: int, query: Mapping[str, Any], *, streamed: bool = False
) -> html.Div:
    """The page with the choices of its query, or a message if the container is not in the tables.

    ``streamed`` says whether averages are also of days that are read from object storage.
    """
    try:
        days = container_days(cache, ophys_container_id)
    except UnknownId as error:
        return unavailable_page("This container cannot be shown", error, "container")
    here, path = cache.available("experiment"), container_path(ophys_container_id)
    ids = days.index.tolist()
    links = [
        *_compare(days, here),
        *stream_link(cache, ids, path, streamed=streamed),
        *fetch_button(cache, "experiment", ids),
    ]
    return html.Div(
        [
            dcc.Store(id=Ids.CONTAINER, data=ophys_container_id),
            dcc.Store(id=Ids.STREAMED, data=streamed),
            page_header("ophys_container_id", ophys_container_id, _chips(days, here), links),
            _days(days, here, with_outlines=kept_choice(query, Ids.OUTLINES) == ON),
            html.Div(
                [_cells(kept_choice(query, Ids.ORDER)), _behavior(), _averages()],
                className="container-columns",
            ),
        ],
        className="session-page",
    )


def _chips(days: pd.DataFrame, here: frozenset[int]) -> list[Any]:
    first = days.iloc[0]
    depths = sorted({known(depth) for depth in days.get("imaging_depth", pd.Series()).dropna()})
    area = theme.fact(first.get("targeted_structure"), "area")
    mice = sorted(set(days["mouse_id"].dropna()))
    return [
        cre_line_chip(first.get("cre_line")),
        chip(
            f"{area} {_span(depths)} µm" if depths else area, "targeted structure and imaging depth"
        ),
        *(chip(f"mouse {m}", "all sessions of this mouse", href=mouse_path(m)) for m in mice),
        chip(counted(len(days), "day"), "experiments of this container in the tables"),
        chip(
            f"{days.index.isin(here).sum()} of {len(days)} can be opened",
            "experiments whose NWB file is on this machine or can be streamed",
        ),
        chip(first.get("project_code"), "project"),
    ]


def _compare(days: pd.DataFrame, here: frozenset[int]) -> list[dcc.Link]:
    """A link that compares the days that can be opened."""
    ids = tuple(id_ for id_ in days.index.tolist() if id_ in here)
    link = dcc.Link("compare these days", href=Comparison(ids).path())
    return [link] if len(ids) > 1 else []


def _span(depths: list[Any]) -> str:
    return f"{depths[0]}" if len(depths) == 1 else f"{depths[0]} to {depths[-1]}"


def _days(days: pd.DataFrame, here: frozenset[int], *, with_outlines: bool) -> html.Section:
    cards = [
        day_card(number, int(id_), days.loc[[id_]].iloc[0], here=id_ in here)
        for number, id_ in enumerate(days.index.tolist(), 1)
    ]
    row = html.Div(cards, id=Ids.DAYS, className="days", style={"--columns": len(cards)})
    outlines = dbc.Switch(
        id=Ids.OUTLINES, value=with_outlines, label="outlines", className="small-switch"
    )
    title = "Maximum projections by date"
    return panel("container-days", title, DAYS_INFO, row, tools=outlines, state=READY)


def _cells(order: str) -> html.Section:
    graph = empty_graph(Ids.MATRIX, "fill opens")
    body = html.Div(
        [html.Div(id=Ids.NOTE, className="panel-note"), graph], className="panel-column"
    )
    orders = segmented(Ids.ORDER, ORDERS, order)
    return panel("container-cells", "Matched cells", CELLS_INFO, body, tools=orders)


def _behavior() -> html.Section:
    graph = empty_graph(Ids.BEHAVIOR, "fill-graph opens")
    return panel("container-behavior", "Behaviour", BEHAVIOR_INFO, graph)


def _averages() -> html.Section:
    graph = empty_graph(Ids.AVERAGES)
    title = "Population around change and omission"
    return panel("container-averages", title, AVERAGES_INFO, graph)
