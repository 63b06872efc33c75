"""Panel ``events``: any signal around any kind of task event, and the cells' response table.

The page calls it “Around events”. Its name stays ``events`` because links contain it
(``?tab=events``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.arguments.limits import within
from dashboard.arguments.values import AddressData, Selection, Text, Word
from dashboard.components.answering import panel_callback
from dashboard.components.choices.kept import on_choice
from dashboard.components.choices.named import scrolled
from dashboard.components.choices.segmented import segmented
from dashboard.components.graph import empty_graph
from dashboard.components.panel import panel
from dashboard.components.table import columns_of, csv_button, table
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.panels.around_events.asked import ask
from dashboard.pages.session.panels.around_events.choices import (
    BANDS,
    CELL_ORDERS,
    WHOSE,
    WINDOWS,
    Choices,
    misread,
    span_text,
)
from dashboard.pages.session.panels.around_events.cost import refuse_too_large
from dashboard.pages.session.panels.around_events.drawing import draw
from dashboard.pages.session.panels.around_events.table import (
    CELL,
    responses,
    responses_columns,
    responses_note,
)
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import EVENT_OPTIONS, Address, ViewState
from dashboard.vocabulary.signals import BEHAVIOR_SIGNALS, CELL_SIGNALS
from data_layer.around_events.splits import SPLITS
from data_layer.around_events.times import event_names
from data_layer.project_cache.open_stores import OpenStores

NAME = "events"
GRAPH, NOTE, CONTROLS = "events-graph", "events-note", "events-controls"
FIGURE_BOX, TABLE_BOX = "events-figure-box", "events-table-box"
TABLE, COLUMNS = "responses-table", "responses-columns"
VIEWS = {"figure": "figure", "table": "cells"}
INFO = (
    "A signal around every event of one kind: the mean with its standard error (or a bootstrap "
    "interval) at the left, the single events at the right. Samples are taken at their own times "
    "and brought onto 30 offsets a second along the line between neighbours; gaps stay gaps, and "
    "events without a full window are dropped and counted. Flash, change and omission times "
    "include the display delay (0.02–0.04 s), licks, rewards and trial starts do not. Click a row "
    "to go there; where every cell is shown, and in the table of cells, to select that cell."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with the choices and an empty figure."""
    choices = Choices.of_options(view.options, has_cells=bool(recording.planes))
    body = html.Div(
        [
            html.Div(_controls(recording, view, choices), id=CONTROLS, className="events-controls"),
            *_boxes(),
            scrolled("About these averages", NOTE, "panel-note events-note"),
        ],
        className="panel-column",
    )
    subtract = "yes" if choices.subtract else "no"
    show = view.options["show"] if recording.planes else "figure"
    address = recording.address
    tools = [
        html.Div(
            _choice("subtract", "values", {"no": "as they are", "yes": "minus baseline"}, subtract),
            className="figure-tool",
        ),
        html.Div(_choice("band", "mean", BANDS, choices.band), className="figure-tool"),
        csv_button(TABLE, f"responses_{address.kind}_{address.id}.csv"),
        html.Div(segmented("option-show", VIEWS, show), hidden=not recording.planes),
    ]
    return panel(NAME, "Around events", INFO, body, tools=tools, offers="numbers events code")


def _boxes() -> list[Any]:
    """The boxes for figure and table, of which one is shown."""
    graph = empty_graph(GRAPH, "fill")
    return [
        html.Div(graph, id=FIGURE_BOX, className="panel-column fill"),
        dcc.Store(id=COLUMNS),
        html.Div(table(TABLE, CELL), id=TABLE_BOX, className="fill", hidden=True),
    ]


def _controls(recording: Recording, view: ViewState, choices: Choices) -> list[Any]:
    signals = (CELL_SIGNALS if recording.planes else {}) | BEHAVIOR_SIGNALS
    kind, said = choices.kind, view.options
    return [
        _choice("event", "around", event_names(recording.behavior), choices.event, only="figure"),
        _typed("at", "at (s)", "12.5, 300", said["at"], "Seconds of the session", only="typed"),
        _choice("signal", "", signals, choices.signal),
        _choice("of", "of", WHOSE, choices.of, only="cells"),
        _choice("split", "by", SPLITS, choices.split, only="figure"),
        _typed(
            "engaged",
            "engaged >",
            "2",
            said["engaged"],
            "Rewards per minute around the trial; AllenSDK's rule is more than 2",
            only="engaged",
        ),
        _choice("order", "sorted by", CELL_ORDERS, choices.order, only="every"),
        _typed(
            "around",
            "window",
            span_text(kind.span),
            said["around"],
            "Seconds around the event that are shown",
            only="figure",
        ),
        _typed(
            "response",
            "response",
            span_text(kind.response),
            said["response"],
            "Seconds around the event over which the response is averaged",
            only="figure",
        ),
        _typed(
            "baseline",
            "baseline",
            span_text(kind.baseline),
            said["baseline"],
            "Seconds around the event that count as baseline",
            only="figure",
        ),
    ]


def _choice(
    name: str, label: str, choices: Mapping[str, str], chosen: str, only: str = ""
) -> html.Label:
    select = dbc.Select(
        id=f"option-{name}",
        value=chosen,
        size="sm",
        options=[{"label": text, "value": value} for value, text in choices.items()],
    )
    title = {"aria-label": label or name, "data-only": only}
    return html.Label(
        [html.Span(label), select] if label else [select], className="option-choice", **title
    )


def _typed(
    name: str, label: str, usual: str, value: str, title: str, *, only: str = ""
) -> html.Label:
    box = dcc.Input(
        id=f"option-{name}",
        value=value,
        placeholder=usual,
        debounce=True,
        type="text",
        className="typed-window",
    )
    return html.Label(
        [html.Span(label), box], className="option-choice", title=title, **{"data-only": only}
    )


def register(app: Dash, stores: OpenStores) -> None:
    """Draw the figure again after each choice and each selection while the tab is open."""

    @panel_callback(
        app,
        NAME,
        [
            Output(GRAPH, "figure"),
            Output(NOTE, "children"),
            *(Output(f"option-{name}", "placeholder") for name in WINDOWS),
            Output(TABLE, "columnDefs"),
            Output(COLUMNS, "data"),
        ],
        Input(Ids.ADDRESS, "data"),
        Input(Ids.SELECTION, "data"),
        Input(Ids.TABS, "active_tab"),
        *(Input(f"option-{name}", "value") for name in EVENT_OPTIONS),
        costly=True,
    )
    def show(
        address: AddressData, selection: Selection, tab: Word | None, *values: Text | None
    ) -> Any:
        if tab != NAME:
            raise PreventUpdate
        recording = open_recording(stores, Address.from_json(address))
        options = dict(zip(EVENT_OPTIONS, values, strict=True))
        choices = Choices.of_options(options, has_cells=bool(recording.planes))
        within("max_typed_times", len(choices.at), "typed times")
        if options["show"] == "table" and recording.planes:
            return _table(recording, choices)
        asked = ask(recording, selection["cells"], choices)
        refuse_too_large(asked)
        figure, note = draw(asked)
        note = " ".join([*misread(options, choices), note])
        return figure, note, *_usual_windows(choices), no_update, no_update

    _link(app)


def _usual_windows(choices: Choices) -> list[str]:
    kind = choices.kind
    return [span_text(span) for span in (kind.span, kind.response, kind.baseline)]


def _table(recording: Recording, choices: Choices) -> tuple[Any, ...]:
    """The response table; no update if only the selection changed, which the browser marks."""
    if set(ctx.triggered_prop_ids) == {f"{Ids.SELECTION}.data"}:
        raise PreventUpdate
    signal = choices.signal if choices.is_of_cells else "dff"
    frame, lost = responses(recording, signal)
    note, usual = " ".join([*lost, responses_note(signal)]), [no_update for _ in WINDOWS]
    return no_update, note, *usual, responses_columns(frame), columns_of(frame)


def _link(app: Dash) -> None:
    """Add the callbacks that run in the browser (assets/session/events.js and view/)."""
    options = [f"option-{name}" for name in EVENT_OPTIONS]
    on_choice(app, ClientsideFunction("view", "optionKept"), *options)
    app.clientside_callback(
        ClientsideFunction("events", "chosen"),
        Output(CONTROLS, "data-shown"),
        Output(FIGURE_BOX, "hidden"),
        Output(TABLE_BOX, "hidden"),
        *(Input(f"option-{name}", "value") for name in ("event", "signal", "of", "split", "show")),
    )
    app.clientside_callback(
        ClientsideFunction("table", "records"), Output(TABLE, "rowData"), Input(COLUMNS, "data")
    )
    app.clientside_callback(
        ClientsideFunction("events", "mark"),
        Output(TABLE, "selectedRows"),
        Output(TABLE, "scrollTo"),
        Input(TABLE, "rowData"),
        Input(Ids.SELECTION, "data"),
        Input(Ids.TABS, "active_tab"),
    )
