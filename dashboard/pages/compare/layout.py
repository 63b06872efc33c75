"""The layout of the comparison page: the choice of what is shown, and a column per experiment."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.arguments.limits import limit
from dashboard.components.choices.named import hidden_words, page_title
from dashboard.components.days import day_picture
from dashboard.components.graph import empty_graph
from dashboard.components.panel import READY, panel
from dashboard.components.unavailable import instead
from dashboard.pages.compare.ids import Ids
from dashboard.theme.stylesheet import css
from dashboard.urls import experiment_path
from dashboard.urls.comparison import PLOTS, SHOWN, Comparison
from data_layer.errors import DataLayerError
from data_layer.project_cache.matched_cells import matched_cells
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known

ROW_HEIGHT = 150  # px
EVERY = "all"
HOW_TO = (
    "Nothing to compare yet. Press “+ compare” in Explore's preview or on an experiment's page, "
    "for 2 to {most} experiments, or name them in the address: /compare?ids=…,…"
)
PROJECTIONS_INFO = (
    "The maximum projection of each experiment, gray from 0 to the picture's 99th percentile."
)
PLOTS_INFO = (
    "Means with the standard error over events; n counts events, those without a full window are "
    "left out. Population: the mean dF/F of all cells. Changes and omissions include the display's "
    "delay, licks do not. Performance: AllenSDK's rates and d′ over the last 100 trials that were "
    "not aborted. Every row is on common axes; plots of one unit share one y axis."
)
NUMBERS_INFO = (
    "Cells from the table of cells; behaviour counted in the file, else in the behaviour table; "
    "rates and d′ over all go and catch trials. A dash: not known, or not applicable (passive)."
)


def compare_page(cache: Cache, comparison: Comparison) -> html.Div:
    """The page, or without experiments a sentence how to choose some."""
    if not comparison.ids:
        how_to = HOW_TO.format(most=limit("max_compared"))
        return html.Div([page_title("Compare"), instead("compare", "Compare experiments", how_to)])
    table, here = cache.get_ophys_experiment_table(), cache.available("experiment")
    grid = {"--columns": len(comparison.ids)}
    captions = [_caption(id_, table, here, comparison) for id_ in comparison.ids]
    return html.Div(
        [
            dcc.Store(id=Ids.COMPARISON, data=comparison.to_json()),
            html.Div(
                [
                    html.H1("Compare"),
                    _choice(comparison),
                    _cell_choice(cache, comparison),
                    *_left_out(comparison),
                ],
                className="session-header",
            ),
            html.Div(captions, className="cell-days compare-captions", style=grid),
            *_panels(comparison, here, grid),
        ],
        className="session-page compare-page",
    )


def _left_out(comparison: Comparison) -> list[html.Span]:
    n = comparison.left_out
    most = len(comparison.ids)
    text = f"Only {most} find room: {n} experiments of the address are not shown."
    return [html.Span(text, className="panel-note")] if n else []


def _choice(comparison: Comparison) -> html.Div:
    boxes = dbc.Checklist(
        id=Ids.SHOW,
        value=list(comparison.show),
        inline=True,
        className="compare-show",
        options=[{"label": text, "value": name} for name, text in SHOWN.items()],
    )
    return html.Div(boxes, role="group", **{"aria-label": "Parts shown"})


def _cell_choice(cache: Cache, comparison: Comparison) -> html.Label:
    """The choice between all cells and each cell found in any of the experiments."""
    try:
        cells = matched_cells(cache, comparison.ids)
    except DataLayerError:
        names: list[tuple[int, int]] = []
    else:
        days = cells.found.sum(axis=1)
        names = sorted(
            zip(cells.cell_specimen_ids.tolist(), days.tolist(), strict=True),
            key=lambda pair: (-pair[1], pair[0]),
        )
    options = [{"label": "all cells", "value": EVERY}]
    options += [
        {"label": f"{name} ({n} of {len(comparison.ids)})", "value": str(name)} for name, n in names
    ]
    chosen = str(comparison.cell or EVERY)
    if chosen not in {option["value"] for option in options}:
        options.append({"label": f"{chosen} (in none of these)", "value": chosen})
    select = dbc.Select(id=Ids.CELL, options=options, value=chosen, size="sm")
    return html.Label(["cells ", select], className="option-choice compare-cell")


def _caption(
    id_: int, table: pd.DataFrame, here: frozenset[int], comparison: Comparison
) -> html.Div:
    close = dcc.Link(
        [html.Span("✕", **{"aria-hidden": "true"}), hidden_words(f"Take {id_} out")],
        href=comparison.without(id_).path(),
        title="Take out of the comparison",
        className="compare-remove",
    )
    if id_ not in table.index:
        return html.Div(
            [
                html.Div([str(id_), close], className="day-name"),
                html.Div("not in the tables", className="day-facts"),
            ],
            className="day-caption",
            style={"--level": css(theme.MUTED)},
        )
    row = table.loc[[id_]].iloc[0]
    level = str(known(row.get("experience_level")) or "")
    facts = [
        theme.day(row["date_of_acquisition"]),
        level,
        known(row.get("cre_line")),
        theme.place(row),
        f"mouse {theme.fact(row['mouse_id'])}",
    ]
    mark = html.Span(className="level-mark here" if id_ in here else "level-mark")
    cell = comparison.cell if id_ in here else None
    name = theme.fact(row["session_type"], "session type")
    link = dcc.Link(name, href=experiment_path(id_, cell), title=f"Open {id_}")
    words = " · ".join(str(fact) for fact in facts if fact)
    return html.Div(
        [
            html.Div([mark, link, close], className="day-name"),
            html.Div(words, className="day-facts", title=words),
        ],
        className="day-caption",
        style={"--level": css(theme.EXPERIENCE_COLORS.get(level, theme.MUTED))},
    )


def _panels(
    comparison: Comparison, here: frozenset[int], grid: dict[str, int]
) -> list[html.Section]:
    if not comparison.show:
        return [instead("compare-nothing", "Nothing is chosen", "Tick above what to compare.")]
    panels = []
    if "projection" in comparison.show:
        pictures = [day_picture(id_, here=id_ in here) for id_ in comparison.ids]
        row = html.Div(pictures, className="compare-row", style=grid)
        panels.append(
            panel("compare-projections", "Field of view", PROJECTIONS_INFO, row, state=READY)
        )
    if rows := n_rows(comparison):
        height = {"height": f"calc({rows * ROW_HEIGHT + 40}px * var(--type))"}
        graph = empty_graph(Ids.PLOTS, "fill-graph opens", style=height)
        panels.append(panel("compare-plots", "Plots", PLOTS_INFO, graph))
    if "numbers" in comparison.show:
        body: Any = html.Div(id=Ids.NUMBERS)
        panels.append(panel("compare-numbers", "Numbers", NUMBERS_INFO, body))
    return panels


def n_rows(comparison: Comparison) -> int:
    """The number of rows of plots; rolling performance takes two, for rates and d′."""
    chosen = [name for name in PLOTS if name in comparison.show]
    return len(chosen) + ("performance" in chosen)
