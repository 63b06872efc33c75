"""The layout of the cell page: a column per day with caption, tissue, trace and responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.components.buttons.fetch_button import fetch_button
from dashboard.components.buttons.stream_link import stream_link
from dashboard.components.chips import chip, counted, cre_line_chip, page_header
from dashboard.components.days import day_caption
from dashboard.components.graph import empty_graph
from dashboard.components.panel import panel
from dashboard.components.unavailable import instead, unavailable_page
from dashboard.pages.cell.ids import Ids
from dashboard.urls import cell_path, container_path, experiment_path, mouse_path
from dashboard.urls.kept_choices import ON, kept_choice
from data_layer.around_events.splits import SPLITS
from data_layer.errors import DataLayerError
from data_layer.project_cache.matched_cells import CellDay, cell_days, specimen_of
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known

CROPS_INFO = (
    "The tissue around the cell on each day: the maximum projection, 50 px to each side of the "
    "cell's centre, the cell in yellow, its neighbours in red. Days on which the matching did not "
    "find the cell have no place to show."
)
TRACES_INFO = (
    "dF/F in the minute around the first hit of each day, else around the first image change "
    "(passive sessions); all days on one scale. Blue strokes: image changes, dashed: omissions. "
    "Of a longer trace the extremes are drawn."
)
RESPONSES_INFO = (
    "The cell's mean dF/F around image changes and omissions, with the standard error over "
    "events, and around every flash of each image, in the images' colours; all plots share one "
    "y axis. Changes and omissions can be split as in the events tab, and shown with single "
    "events, 60 a plot at most. Times include the display's delay; events without a full window "
    "are left out. "
    "Shades: when images are shown by the task's design."
)


def cell_page(
    cache: Cache, cell_specimen_id: int, query: Mapping[str, Any], *, streamed: bool = False
) -> html.Div:
    """The page, or a message if the cell is not in the tables.

    ``query`` has the choices of its address. ``streamed`` says whether days that are not on this
    machine are read from object storage.
    """
    try:
        specimen = specimen_of(cache, cell_specimen_id)
        if specimen is None:
            return _unmatched(cache, cell_specimen_id)
        cell_specimen_id = specimen
        days = cell_days(cache, specimen)
    except DataLayerError as error:
        return unavailable_page("This cell cannot be shown", error, "cell")
    captions = [
        day_caption(
            i,
            day.ophys_experiment_id,
            day.row,
            here=day.available,
            cell=cell_specimen_id if day.cell_roi_id is not None else None,
            note="" if day.cell_roi_id is not None else "not found",
        )
        for i, day in enumerate(days, 1)
    ]
    return html.Div(
        [
            dcc.Store(id=Ids.CELL, data=cell_specimen_id),
            dcc.Store(id=Ids.STREAMED, data=streamed),
            page_header(
                "cell_specimen_id",
                cell_specimen_id,
                _chips(days),
                [
                    *stream_link(
                        cache, _found(days), cell_path(cell_specimen_id), streamed=streamed
                    ),
                    *fetch_button(cache, "experiment", [day.ophys_experiment_id for day in days]),
                ],
            ),
            html.Div(captions, className="cell-days", style={"--columns": len(days)}),
            panel("cell-crops", "Where it is", CROPS_INFO, empty_graph(Ids.CROPS)),
            panel("cell-traces", "Trace", TRACES_INFO, empty_graph(Ids.TRACES)),
            panel(
                "cell-responses",
                "Responses",
                RESPONSES_INFO,
                _responses(query),
            ),
        ],
        className="session-page cell-page",
    )


def _responses(query: Mapping[str, Any]) -> html.Div:
    graph = empty_graph(Ids.RESPONSES, "fill")
    return html.Div([_tools(query), graph], className="panel-column")


def _tools(query: Mapping[str, Any]) -> html.Div:
    """Choices above the responses: the header is as narrow as the axis of the plots."""
    split = kept_choice(query, Ids.SPLIT)
    chosen = dbc.Select(
        id=Ids.SPLIT,
        options=[{"label": text, "value": name} for name, text in SPLITS.items()],
        value=split if split in SPLITS else "none",
        size="sm",
    )
    single = dbc.Switch(
        id=Ids.SINGLE,
        value=kept_choice(query, Ids.SINGLE) == ON,
        label="single events",
        className="small-switch",
    )
    named = html.Label([html.Span("changes and omissions by"), chosen], className="option-choice")
    return html.Div([named, single], className="cell-tools")


def _unmatched(cache: Cache, cell_roi_id: int) -> html.Div:
    cells = cache.get_ophys_cells_table()
    experiment = known(cells["ophys_experiment_id"][cell_roi_id])
    if experiment is None:
        text = f"The table of cells does not say to which experiment the ROI {cell_roi_id} belongs."
        return html.Div(instead("cell", "The experiment of this ROI is unknown", text))
    text = (
        f"{cell_roi_id} is a ROI (cell_roi_id) that was not matched to a cell of other days: it is "
        "known from one experiment only."
    )
    link = dcc.Link("Open that experiment", href=experiment_path(experiment, cell_roi_id))
    return html.Div(instead("cell", "This ROI has no other days", text, link))


def _overviews(row: pd.Series) -> list[Any]:
    """Links to the container and the mouse, as far as the tables name them."""
    container, mouse = known(row["ophys_container_id"]), known(row["mouse_id"])
    links = []
    if container is not None:
        path = container_path(container)
        links.append(chip(f"container {container}", "all cells and days", href=path))
    if mouse is not None:
        path = mouse_path(mouse)
        links.append(chip(f"mouse {mouse}", "all sessions of this mouse", href=path))
    return links


def _found(days: Sequence[CellDay]) -> list[int]:
    return [day.ophys_experiment_id for day in days if day.cell_roi_id is not None]


def _chips(days: Sequence[CellDay]) -> list[Any]:
    first = days[0].row
    found = [day for day in days if day.cell_roi_id is not None]
    shown = sum(day.here for day in found)
    return [
        cre_line_chip(first.get("cre_line")),
        chip(theme.place(first), "targeted structure and imaging depth"),
        *_overviews(first),
        chip(
            f"found on {len(found)} of {counted(len(days), 'day')}",
            "days on which the cell was matched",
        ),
        chip(f"{shown} of them on this machine", "days whose NWB file is here"),
    ]
