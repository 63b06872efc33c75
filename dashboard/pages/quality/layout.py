"""The layout of the QC page; ``assets/qc/matrix.js`` fills it from ``/quality.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.components.buttons.next_button import next_button
from dashboard.components.choices.named import named, page_title
from dashboard.components.choices.segmented import segmented
from dashboard.components.grid import grid_options, kept_rows
from dashboard.components.note_labels import shown
from dashboard.components.panel import panel
from dashboard.components.table import csv_button
from dashboard.pages.quality.ids import Ids
from dashboard.urls.kept_choices import kept_choice
from data_layer.annotations.annotation import VERDICTS
from data_layer.quality.checks.check import in_words
from data_layer.quality.checks.rules import FAMILIES, RULES, Rule
from data_layer.quality.checks.thresholds import LIMITS

INFO = (
    "Every check of every prepared session: ✕ fails, ! deserves a look, ✓ passes, – does not "
    "apply. Point at a heading for the rule, at a cell for its value. Click a cell to open the "
    "session on its QC tab, at the second in question where there is one. The values were "
    "measured when the session was prepared."
)
SHOWN = {"all": "all", "look": "✕ or !", "fail": "✕ only"}
ALL_FAMILIES = "all checks"
REVIEWS = {
    "all": "any review",
    "not reviewed": "not reviewed",
    **{label: shown([label]) for label in VERDICTS},
}
FACT_COLUMNS: tuple[dict[str, Any], ...] = (
    {
        "field": "id",
        "headerName": "recording",
        "width": 112,
        "cellClass": "cell-id",
        "headerTooltip": "ophys_experiment_id, or behavior_session_id of a session without imaging",
    },
    {
        "field": "n_fail",
        "headerName": "✕",
        "width": 44,
        "cellClass": "cell-number",
        "headerTooltip": "How many checks fail",
    },
    {
        "field": "n_look",
        "headerName": "!",
        "width": 44,
        "cellClass": "cell-number",
        "headerTooltip": "How many checks deserve a look",
    },
    {
        "field": "review",
        "headerName": "review",
        "width": 106,
        "headerTooltip": "The newest verdict of people's notes on the recording itself",
        "valueFormatter": {"function": "vbdQuality.review(params)"},
        "cellStyle": {"function": "vbdQuality.reviewStyle(params)"},
    },
    {
        "field": "worst",
        "headerName": "what",
        "width": 190,
        "tooltipField": "worst",
        "headerTooltip": "The checks that fail, then those that deserve a look",
    },
    {
        "field": "session_type",
        "headerName": "session type",
        "width": 150,
        "tooltipField": "session_type",
    },
)
MORE_COLUMNS: tuple[dict[str, Any], ...] = (
    {"field": "mouse_id", "headerName": "mouse", "width": 76},
    {"field": "cre_line", "headerName": "cre line", "width": 128},
    {"field": "targeted_structure", "headerName": "area", "width": 62},
    {"field": "imaging_depth", "headerName": "depth (µm)", "width": 78, "cellClass": "cell-number"},
    {"field": "date", "headerName": "date", "width": 88},
)


def layout(**query: str) -> html.Div:
    """The page with an empty matrix, and the choices of its address."""
    body = html.Div(
        [html.Div(id=Ids.COUNT, className="panel-note", role="status"), _grid()],
        className="panel-column",
    )
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=True),
            page_title("Quality"),
            panel("qc-all", "Quality", INFO, body, tools=_tools(query)),
        ],
        className="qc-page",
    )


def _tools(query: Mapping[str, Any]) -> list[Any]:
    search = dcc.Input(
        id=Ids.SEARCH,
        type="search",
        value=kept_choice(query, Ids.SEARCH),
        placeholder="filter by id, mouse, type, …",
        className="qc-search",
        debounce=False,
    )
    family = _select(Ids.FAMILY, {"all": ALL_FAMILIES} | FAMILIES, query)
    review = _select(Ids.REVIEW, REVIEWS, query)
    verdicts = segmented(Ids.SHOWN, SHOWN, kept_choice(query, Ids.SHOWN))
    tools = [named("checks of", family), named("review", review), named("filter rows", search)]
    return [verdicts, *tools, next_button(), csv_button(Ids.GRID, "quality.csv")]


def _select(id_: str, choices: Mapping[str, str], query: Mapping[str, Any]) -> dbc.Select:
    chosen = kept_choice(query, id_)
    return dbc.Select(
        id=id_,
        options=[{"label": text, "value": value} for value, text in choices.items()],
        value=chosen if chosen in choices else "all",
        size="sm",
        className="qc-select",
    )


def _grid() -> dag.AgGrid:
    pinned = [{**column, "pinned": "left"} for column in FACT_COLUMNS]
    return dag.AgGrid(
        id=Ids.GRID,
        className="vbd-grid qc-matrix",
        columnDefs=[
            {"headerName": "recording", "children": pinned},
            *(_family(family) for family in FAMILIES),
            {"headerName": "about", "children": list(MORE_COLUMNS)},
        ],
        rowData=[],
        getRowId="params.data.kind + params.data.id",
        defaultColDef={"sortable": True, "resizable": True, "filter": True, "cellDataType": False},
        dashGridOptions=grid_options(header_height=150, groupHeaderHeight=24, tooltipShowDelay=200),
        eventListeners=kept_rows(Ids.GRID),
        style={"height": "100%"},
    )


def _family(family: str) -> dict[str, Any]:
    rules = {name: rule for name, rule in RULES.items() if rule.family == family}
    columns = [_column(name, rule) for name, rule in rules.items()]
    return {"headerName": FAMILIES[family], "headerClass": "qc-family-head", "children": columns}


def _column(name: str, rule: Rule) -> dict[str, Any]:
    return {
        "colId": name,
        "field": f"v:{name}",
        "headerName": rule.title,
        "headerTooltip": f"{rule.rule} {in_words(LIMITS[name])}.",
        "headerClass": "qc-check-head",
        "width": 26,
        "minWidth": 24,
        "filter": "agNumberColumnFilter",
        "sortingOrder": ["desc", "asc", None],
        "valueFormatter": {"function": "vbdQuality.symbol(params)"},
        "comparator": {"function": f"vbdQuality.comparing('{name}')"},
        "cellClass": {"function": "vbdQuality.cell(params)"},
        "tooltipValueGetter": {"function": f"vbdQuality.tip(params, '{rule.unit}')"},
    }
