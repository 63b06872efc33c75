"""The layout of Explore; ``assets/explore/explore.js`` fills it from the URL and the tables."""

from __future__ import annotations

from collections.abc import Sequence

import dash_ag_grid as dag
from dash import dcc, html

from dashboard.components.buttons.fetch_button import can_fetch
from dashboard.components.chips import counted
from dashboard.components.choices.named import named, page_title
from dashboard.components.grid import grid_options
from dashboard.components.panel import panel
from dashboard.http.current_stores import current_stores
from dashboard.pages.explore.ids import Ids
from dashboard.pages.explore.kinds import TABLES, TableKind
from data_layer.project_cache.metadata_tables.problems import TableProblem
from data_layer.project_cache.protocol import Cache

FACETS_INFO = (
    "Each bar counts the recordings that the other filters leave. Several values of one facet "
    "widen the choice, filters of different facets narrow it. An imaging session matches an area "
    "or a depth when one of its planes does."
)
TABLE_INFO = (
    "The release's own tables: imaging planes, imaging sessions, and all behaviour sessions with "
    "those under the microscope. Hover a heading for its meaning, click it to sort. Enter or a "
    "double click opens a row. “Histograms” shows every measure above the table: drag over one, "
    "or press arrow keys on it, to keep the rows in a range; Shift moves its upper end, Delete "
    "takes it back. “Group” shows the filtered rows as distributions of a measure: "
    "boxes are quartiles with whiskers to the extremes, groups of fewer than 5 have a line at "
    "their median. “Composition” counts them and their mice by Cre line, area, depth and "
    "experience. The address in the browser reproduces this view."
)
PREVIEW_INFO = (
    "The highlighted row: the planes that were imaged together, and the days on which the same "
    "field of view, or the same mouse, was recorded. Filled marks can be opened."
)


def layout(**_query: str) -> html.Div:
    """The page without data; the browser reads its query."""
    cache = current_stores().cache
    told = [*_of_release(cache), *_problems(cache.table_problems)]
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=True),
            dcc.Store(id=Ids.STARTED),
            dcc.Store(id=Ids.HIGHLIGHT),
            page_title("Explore"),
            panel("facets", "Filters", FACETS_INFO, html.Div(id=Ids.FACETS)),
            panel("table", "Recordings", TABLE_INFO, [*told, *_table()], tools=_tools()),
            panel("preview", "Highlighted", PREVIEW_INFO, html.Div(id=Ids.PREVIEW)),
        ],
        className="explore",
    )


def _of_release(cache: Cache) -> list[html.P]:
    """That there is a newer release, or that object storage does not answer."""
    newer, told = cache.newer_release, list[html.P]()
    if newer:
        use = "vbdash serve --release latest"
        sentence = f"Release {newer} is available. This one stays as it is; to see the newer one: "
        told.append(html.P([sentence, html.Code(use)], className="panel-note newer-release"))
    if cache.offline_because:
        told.append(html.P(cache.offline_because, className="panel-note offline"))
    return told


def _problems(problems: Sequence[TableProblem]) -> list[html.Details]:
    """What was not used of the tables; closed at first, because the rows are what people want."""
    if not problems:
        return []
    title = html.Summary(f"{counted(len(problems), 'problem')} in the tables")
    listed = html.Ul([html.Li(str(problem)) for problem in problems])
    return [html.Details([title, listed], className="panel-note table-problems")]


def _tools() -> list[html.Div | html.Details | html.Button | html.Label]:
    search = dcc.Input(
        id=Ids.SEARCH,
        type="search",
        placeholder="Search any id, cell or word   /",
        className="explore-search",
    )
    menu = html.Details(
        [html.Summary("Columns"), html.Div(id=Ids.COLUMNS)], className="columns-menu"
    )
    csv = html.Button(
        "CSV", id=Ids.CSV, className="quiet-button", title="Download the rows shown, all columns"
    )
    fetch = html.Button(
        "Download",
        id=Ids.FETCH,
        className="quiet-button",
        title="Download the files of the rows shown",
    )
    prepare = html.Button(
        "Prepare",
        id=Ids.PREPARE,
        className="quiet-button",
        title="Prepare the recordings of the rows shown, so that they open at once",
    )
    tabs = html.Div(
        [_tab(table) for table in TABLES.values()],
        id=Ids.TABS,
        role="tablist",
        **{"aria-label": "Table"},
    )
    return [
        tabs,
        _views(),
        named("search", search),
        html.Div(id=Ids.COUNT, role="status"),
        menu,
        prepare,
        *([fetch] if can_fetch(current_stores().cache) else []),
        csv,
    ]


def _tab(table: TableKind) -> html.Button:
    attributes = {"data-tab": table.kind, "aria-selected": "false"}
    return html.Button([table.title, html.Span(className="tab-count")], role="tab", **attributes)


def _views() -> html.Div:
    """The views: the rows as a table, with histograms, by group, and what they are made of."""
    named = {
        "table": "Table",
        "histograms": "Histograms",
        "group": "Group",
        "composition": "Composition",
    }
    views = [
        html.Button(text, type="button", **{"data-view": view, "aria-pressed": "false"})
        for view, text in named.items()
    ]
    return html.Div(views, id=Ids.VIEWS, role="group", **{"aria-label": "Shown as"})


def _table() -> list[html.Div | dag.AgGrid]:
    grid = dag.AgGrid(
        id=Ids.GRID,
        columnDefs=[],
        rowData=[],
        getRowId="params.data.id",
        defaultColDef={"sortable": True, "resizable": True, "filter": False},
        dashGridOptions=grid_options(
            row_height=26,
            header_height=30,
            padding=9,
            rowSelection={"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
        ),
        className="explore-grid",
        style={"height": "100%", "width": "100%"},
    )
    return [
        html.Div(id=Ids.CHIPS),
        html.Div(id=Ids.HISTOGRAMS, hidden=True),
        html.Div(id=Ids.NOTHING, hidden=True),
        html.Div(grid, className="explore-grid-frame"),
        html.Div(id=Ids.GROUP, hidden=True),
        html.Div(id=Ids.COMPOSITION, hidden=True),
    ]
