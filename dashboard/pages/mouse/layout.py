"""The layout of the mouse page: facts about the mouse, its sessions as plots and as a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.components.buttons.fetch_button import fetch_button
from dashboard.components.chips import chip, counted, cre_line_chip, page_header
from dashboard.components.choices.named import scrolled
from dashboard.components.choices.segmented import segmented
from dashboard.components.graph import empty_graph
from dashboard.components.panel import panel
from dashboard.components.still import still
from dashboard.components.unavailable import unavailable_page
from dashboard.pages.mouse.ids import Ids
from dashboard.urls import container_path
from dashboard.urls.kept_choices import kept_choice
from data_layer.errors import UnknownId
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known

INFO = (
    "Every session of the mouse in the release's tables, in order of date. Numbers come from NWB "
    "files that are on this machine or were streamed and prepared (filled), else the counts in "
    "the behaviour table (hollow), which tells no licks, rewards or aborted trials. A shade stands "
    "behind sessions without a file on this machine. Rates and d′ are over all go and catch trials "
    "of a session, d′ held half a trial away from 0 and 1, so they differ from AllenSDK's rolling "
    "means; passive sessions have none. Click a session to open it."
)
TABLE_INFO = (
    "The same sessions as a list; a dash stands for what neither a file, on this machine or "
    "prepared, nor the tables say. Click a session type to open the session."
)


def mouse_page(cache: Cache, mouse_id: str, query: Mapping[str, Any]) -> html.Div:
    """The page with the choices of its query, or a message if the mouse is not in the tables."""
    table = cache.get_behavior_session_table()
    sessions = table[(table["mouse_id"] == mouse_id).fillna(False)]
    if sessions.empty:
        error = UnknownId("mouse_id", mouse_id)
        return unavailable_page("This mouse cannot be shown", error, "mouse")
    sessions = sessions.sort_values("date_of_acquisition")
    by = segmented(Ids.BY, {"order": "by order", "date": "by date"}, kept_choice(query, Ids.BY))
    graph = empty_graph(Ids.GRAPH, "fill-graph opens")
    return html.Div(
        [
            dcc.Store(id=Ids.MOUSE, data=mouse_id),
            still(Ids.TABLE),
            page_header(
                "mouse_id",
                mouse_id,
                _chips(cache, sessions),
                [
                    *_containers(cache, mouse_id),
                    *fetch_button(cache, "behavior", sessions.index.tolist()),
                ],
            ),
            html.Div(
                [
                    panel("mouse-history", "Training history", INFO, graph, tools=by),
                    panel(
                        "mouse-sessions",
                        "Sessions",
                        TABLE_INFO,
                        scrolled("Sessions", Ids.TABLE, "scrolled"),
                    ),
                ],
                className="mouse-columns",
            ),
        ],
        className="session-page",
    )


def _chips(cache: Cache, sessions: pd.DataFrame) -> list[Any]:
    first = sessions.iloc[0]
    here = sessions.index.isin(cache.here("behavior")).sum()
    imaged = _column(sessions, "ophys_session_id").notna().sum()
    ages = _column(sessions, "age_in_days").dropna()
    return [
        cre_line_chip(first.get("cre_line")),
        chip(first.get("full_genotype"), "full genotype"),
        chip(first.get("sex"), "sex"),
        chip(len(ages) and f"{_span(int(ages.min()), int(ages.max()))} days old", "age"),
        chip(_dates(sessions), "dates of acquisition of the first and last session"),
        chip(f"{counted(len(sessions), 'session')}, {imaged} imaged", "sessions in the tables"),
        chip(f"{here} of {len(sessions)} on this machine", "sessions that can be opened"),
    ]


def _column(sessions: pd.DataFrame, name: str) -> pd.Series:
    return sessions[name] if name in sessions else pd.Series(dtype=object)


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _dates(sessions: pd.DataFrame) -> str:
    dates = sessions["date_of_acquisition"].dropna()
    if dates.empty:
        return theme.day(None)
    return f"{theme.day(dates.min())} to {theme.day(dates.max())}"


def _containers(cache: Cache, mouse_id: str) -> list[html.Span]:
    """Links to the containers: fields of view that were imaged on several days."""
    experiments = cache.get_ophys_experiment_table()
    of_mouse = experiments[(experiments["mouse_id"] == mouse_id).fillna(False)]
    links: list[Any] = []
    for id_, days in of_mouse.groupby("ophys_container_id"):
        plane = days.iloc[0]
        text = theme.place(plane) or f"container {known(id_)}"
        title = f"ophys_container_id {known(id_)}, {len(days)} days"
        link = dcc.Link(text, href=container_path(id_), title=title, className="neighbour")
        links.append(link)
    return [html.Span(["followed over days: ", *links], className="link-group")] if links else []
