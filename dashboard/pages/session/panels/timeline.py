"""Panel ``timeline``: rows of signals and events above each other on one time axis."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, Patch, State, ctx, html
from dash.exceptions import PreventUpdate

from dashboard.arguments.values import AddressData, DrawnData, Options, RequestData, Selection
from dashboard.components.answering import panel_callback
from dashboard.components.graph import empty_graph
from dashboard.components.panel import panel
from dashboard.components.patches import patch_traces
from dashboard.figures.timeline import images, placed_traces, shapes, texts, timeline_figure
from dashboard.figures.timeline_rows import Row
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.pages.session.timeline_rows import (
    IMAGING_ROWS,
    ROWS,
    Shown,
    shading,
    timeline_rows,
)
from dashboard.urls import DEFAULT_OPTIONS, Address, ViewState
from dashboard.vocabulary.signals import TRACES
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.cell_order import ORDERS
from data_layer.values.window import Window

GRAPH = "timeline-graph"
INFO = (
    "Everything on the session's clock, in seconds. Drag to move along, with Shift to zoom into a "
    "box; scroll or pinch to zoom at the pointer, scroll sideways or with Shift to move along; "
    "double-click for the whole session; click a trial to go there, a heatmap row to select that "
    "cell, a cell's name for all its days. Behind the rows: image changes blue, other "
    "flashes gray, omissions dashed. Flashes and change times include the display delay "
    "(0.02–0.04 s); licks and rewards do not. Lines show every sample, or the least and greatest "
    "of each pixel where there are more."
)
CONFIG = {"doubleClick": False, "showTips": False}
NO_ROW_OF_ITS_OWN = "demixed"


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with an empty graph; the browser requests its content when its width is known."""
    graph = empty_graph(GRAPH, "time-graph timeline-graph", config=CONFIG)
    return panel(
        "timeline",
        "Timeline",
        INFO,
        graph,
        tools=_tools(recording, view.options),
        offers="numbers code",
    )


def _tools(recording: Recording, options: dict[str, Any]) -> list[Any]:
    rows = {n: label for n, label in ROWS.items() if recording.planes or n not in IMAGING_ROWS}
    tools = [_menu("rows", "Rows", rows, options["rows"])]
    if recording.planes:
        kinds = {kind: label for kind, label in TRACES.items() if kind != NO_ROW_OF_ITS_OWN}
        tools += [
            _choice("activity", "heatmap of", TRACES, options["activity"]),
            _choice("sort", "cells by", ORDERS, options["sort"]),
            _brightest(),
            _menu("traces", "Traces", kinds, options["traces"]),
        ]
    return tools


def _menu(name: str, label: str, choices: dict[str, str], chosen: list[str]) -> dbc.DropdownMenu:
    """A drop-down menu of check boxes that set an option, each with a button "only"."""
    boxes = dbc.Checklist(
        id=f"option-{name}",
        value=chosen,
        className="option-checklist",
        options=[{"label": text, "value": value} for value, text in choices.items()],
    )
    only = html.Div([_only(name, *choice) for choice in choices.items()], className="option-only")
    both = html.Div([boxes, only], className="option-columns")
    return dbc.DropdownMenu(both, label=label, size="sm", color="light", className="option-menu")


def _only(name: str, value: str, text: str) -> html.Button:
    """The button that leaves only this choice (``assets/session/only.js``)."""
    data = {"data-option": f"option-{name}", "data-only": value, "aria-label": f"only {text}"}
    return html.Button(
        "only", type="button", className="only-button", title="Only this one (Enter)", **data
    )


def _brightest() -> html.Button:
    """The button that selects the brightest cell (``assets/session/view/next_cell.js``)."""
    return html.Button(
        "brightest",
        id="brightest-cell",
        type="button",
        className="quiet-button",
        title="Select the cell that is brightest in the average projection (K); J: the next one",
        **{"aria-label": "Select the brightest cell", "aria-keyshortcuts": "Shift+K"},
    )


def _choice(name: str, label: str, choices: dict[str, str], chosen: str) -> html.Label:
    select = dbc.Select(
        id=f"option-{name}",
        value=chosen,
        size="sm",
        options=[{"label": text, "value": value} for value, text in choices.items()],
    )
    return html.Label([html.Span(label), select], className="option-choice")


def register(app: Dash, stores: OpenStores) -> None:
    """Draw the timeline: a new window only patches arrays, other changes replace the figure."""

    @panel_callback(
        app,
        "timeline",
        [Output(GRAPH, "figure"), Output(Ids.ANSWERED, "data")],
        Input(Ids.REQUEST, "data"),
        Input(Ids.SELECTION, "data"),
        Input(Ids.OPTIONS, "data"),
        State(Ids.ADDRESS, "data"),
        State(Ids.ANSWERED, "data"),
        shared=True,
    )
    def draw(
        request: RequestData | None,
        selection: Selection,
        options: Options,
        address: AddressData,
        drawn: DrawnData | None,
    ) -> tuple[Any, Any]:
        if request is None:
            raise PreventUpdate
        window = Window(request["start"], request["stop"], request["pixels"])
        recording = open_recording(stores, Address.from_json(address))
        ahead = request.get("ahead", False)
        chosen = DEFAULT_OPTIONS | options
        shown = Shown(recording, window, tuple(selection["cells"]), chosen, ahead)
        only_window = set(ctx.triggered_prop_ids) == {f"{Ids.REQUEST}.data"}
        rows, behind = timeline_rows(shown), shading(shown)
        state = _state_of([*rows, behind])
        fits = drawn is None or drawn["rows"] == state
        if only_window and fits and not request["first"]:
            return _patch(rows, behind, window), request | {"rows": state}
        return timeline_figure(rows, window, behind), request | {"rows": state}


def _state_of(rows: Sequence[Row]) -> str:
    """A hash of what a patch leaves as it is: a row that could not be read may be back."""
    parts = [(row.name, row.weight, row.show_ticks, len(row.traces)) for row in rows]
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def _patch(rows: Sequence[Row], behind: Row, window: Window) -> Patch:
    """The changes for a new window: only arrays, images and vertical ranges."""
    patch = Patch()
    traces = placed_traces(rows, behind, window)
    patch_traces(patch, traces, ("x", "y", "text", "textfont"))
    patch["layout"]["xaxis"]["range"] = [window.start, window.stop]
    patch["layout"]["images"] = images(rows)
    patch["layout"]["shapes"] = shapes(rows, behind)
    patch["layout"]["annotations"] = texts(rows, window.pixels)
    for i, row in enumerate(rows):
        if row.show_ticks:
            patch["layout"][f"yaxis{i + 2}"]["range"] = list(row.y_range)
    return patch
