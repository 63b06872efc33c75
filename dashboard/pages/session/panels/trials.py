"""Panel ``trials``: the raster of licks around changes, and the table of trials."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

import dash_bootstrap_components as dbc
import numpy as np
import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, ctx, dcc, html, no_update

from dashboard import theme
from dashboard.arguments.values import AddressData, Choices, Word, one_of
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.choices.segmented import segmented
from dashboard.components.graph import empty_graph
from dashboard.components.outcomes import outcome_options
from dashboard.components.panel import panel
from dashboard.components.problems.parts import Parts
from dashboard.components.table import columns_of, csv_button, table
from dashboard.figures.lick_raster import LANES, lick_raster_figure
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.panels.trials_table import trials_columns, trials_frame
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.pages.session.window_bar import step
from dashboard.urls import Address, ViewState
from data_layer.derived.trial_type import COMPLETED
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.lick_raster import change_trials, lick_raster
from data_layer.store.session_store import SessionStore

NAME = "trials"
RASTER, FIGURE, TABLE, COLUMNS = "trials-raster", "trials-figure", "trials-table", "trials-columns"
VIEW, ORDER, OUTCOMES, NOTE = "trials-view", "trials-order", "trials-outcomes", "trials-note"
RASTER_BOX, TABLE_BOX = "trials-raster-box", "trials-table-box"
VIEWS = {"raster": "raster", "table": "table"}
STEP_KEYS = {"hit": "h", "miss": "s", "false_alarm": "f", "correct_reject": "e"}
ORDER_LABELS = {"time": "time", "response_latency": "response latency", "outcome": "outcome"}
Order = Annotated[Word, one_of(ORDER_LABELS)]
View = Annotated[Word, one_of(VIEWS)]
NO_LICKS = pd.DataFrame({"timestamps": np.empty(0)})
NO_REWARDS = NO_LICKS.assign(auto_rewarded=np.empty(0, dtype=bool))
RESPONSE_WINDOW = (0.15, 0.75)  # s; the task's default, for files that do not have it
INFO = (
    "One row per trial with a change (in catch trials a pretended one), the first on top; zero is "
    "change_time. Strokes are all licks of the licks stream from 1 s before to 5 s after, also "
    "those of the next trial; the gray band is the response window of the task. Place, symbol and "
    "tint tell the outcome. change_time includes the display delay (0.02–0.04 s), licks and "
    "rewards do not, so a lick that counted can lie that much before the band. Blue marks at the "
    "right: trials in the time window. Click a row to go there."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with raster and table, of which one is shown."""
    address, options = recording.address, view.options
    order = options[ORDER] if options[ORDER] in ORDER_LABELS else "time"
    tools = [
        html.Label(
            [
                html.Span("rows by"),
                dbc.Select(
                    id=ORDER,
                    value=order,
                    size="sm",
                    options=[{"label": text, "value": name} for name, text in ORDER_LABELS.items()],
                ),
            ],
            className="option-choice",
        ),
        csv_button(TABLE, f"trials_{address.kind}_{address.id}.csv"),
        segmented(VIEW, VIEWS, options[VIEW]),
    ]
    body = html.Div(
        [_steps(), *_raster_box(options[OUTCOMES]), *_table_box()],
        className="panel-column",
        id="trials-body",
    )
    return panel(NAME, "Trials", INFO, body, tools=tools, offers="numbers code")


def _steps() -> html.Div:
    """Buttons that go to the next trial of an outcome, at its change."""
    groups = [step(name, theme.OUTCOME_LABELS[name], STEP_KEYS[name]) for name in COMPLETED]
    return html.Div(groups, className="steps trials-steps")


def _raster_box(outcomes: Collection[str]) -> list[Any]:
    legend = dbc.Checklist(
        id=OUTCOMES,
        value=[outcome for outcome in LANES if outcome in outcomes],
        inline=True,
        className="outcomes",
        inputClassName="btn-check",
        labelClassName="outcome-chip",
        labelCheckedClassName="chosen",
    )
    graph = empty_graph(RASTER, "fill")
    box = html.Div(
        [legend, graph, html.Div(id=NOTE, className="panel-note")],
        id=RASTER_BOX,
        className="panel-column",
    )
    return [dcc.Store(id=FIGURE), box]


def _table_box() -> list[Any]:
    """An empty box for the table, which is slow to create and seldom used."""
    return [dcc.Store(id=COLUMNS), html.Div(id=TABLE_BOX, className="fill", hidden=True)]


def register(app: Dash, stores: OpenStores) -> None:
    """Draw the raster for each choice of rows; fill the table when it is first shown."""

    @panel_callback(
        app,
        NAME,
        [
            Output(FIGURE, "data"),
            Output(OUTCOMES, "options"),
            Output(NOTE, "children"),
            Output(TABLE_BOX, "children"),
            Output(COLUMNS, "data"),
        ],
        Input(Ids.ADDRESS, "data"),
        Input(OUTCOMES, "value"),
        Input(ORDER, "value"),
        Input(VIEW, "value"),
        shared=True,
    )
    def draw(
        address: AddressData, outcomes: Choices, order: Order | None, view: View | None
    ) -> Any:
        store = open_recording(stores, Address.from_json(address)).behavior
        if store.trials.empty:
            raise EmptyPanel("This session has no trials: choose one in which the task was run.")
        wants_table = view == "table" and ctx.triggered_id not in (OUTCOMES, ORDER)
        if wants_table and ctx.triggered_id == VIEW:
            return no_update, no_update, no_update, *_table(store)
        rows = _table(store) if wants_table else (no_update, no_update)
        return *_raster(store, outcomes, order or "time"), *rows

    _link(app)


def _link(app: Dash) -> None:
    """Add the callbacks that run in the browser (assets/session/trials.js)."""
    app.clientside_callback(
        ClientsideFunction("trials", "compose"),
        Output(RASTER, "figure"),
        Input(FIGURE, "data"),
        Input(Ids.SETTLED, "data"),
    )
    app.clientside_callback(ClientsideFunction("trials", "clicked"), Input(RASTER, "clickData"))
    app.clientside_callback(
        ClientsideFunction("trials", "choose"),
        Output(RASTER_BOX, "hidden"),
        Output(TABLE_BOX, "hidden"),
        Input(VIEW, "value"),
    )
    app.clientside_callback(
        ClientsideFunction("table", "records"), Output(TABLE, "rowData"), Input(COLUMNS, "data")
    )
    app.clientside_callback(
        ClientsideFunction("trials", "mark"),
        Output(TABLE, "selectedRows"),
        Output(TABLE, "scrollTo"),
        Input(TABLE, "rowData"),
        Input(Ids.SETTLED, "data"),
        Input(VIEW, "value"),
        Input(Ids.TABS, "active_tab"),
    )


def _raster(store: SessionStore, outcomes: list[str], order: str) -> tuple[Any, Any, Any]:
    parts = Parts()
    licks = parts.read(lambda: store.lick_table, NO_LICKS)
    rewards = parts.read(lambda: store.reward_table, NO_REWARDS)
    response_window = parts.read(lambda: _response_window(store), RESPONSE_WINDOW)
    raster = lick_raster(store.trials, licks, rewards, outcomes, order)
    changed = change_trials(store.trials)
    why_no_licks = "" if len(licks) or licks is NO_LICKS else _why_no_licks(store)
    sentences = [*parts.problems, why_no_licks, _note(store, len(changed))]
    figure = lick_raster_figure(raster, response_window)
    return figure, outcome_options(_counts(changed)), [f"{one} " for one in sentences if one]


def _counts(changed: pd.DataFrame) -> dict[str, int]:
    """The number of trials per outcome.

    Outcomes of completed trials are always listed, others only if they occur.
    """
    found = changed["outcome"].value_counts()
    others = [name for name in found.index if name not in LANES]
    return {str(name): int(found.get(name, 0)) for name in [*LANES, *others]}


def _response_window(store: SessionStore) -> tuple[float, float]:
    stored = store.session.task_parameters.get("response_window_sec")
    start, stop = stored if stored is not None and len(stored) == 2 else RESPONSE_WINDOW
    return float(start), float(stop)


def _note(store: SessionStore, n_changed: int) -> str:
    """Sentences about the trials left out, and the symbols."""
    n_left_out = len(store.trials) - n_changed
    left_out = f" {n_left_out:,} aborted before it are left out." if n_left_out else ""
    return f"{n_changed:,} trials with a change.{left_out} ❘ lick ▲ reward ◇ auto reward"


def _why_no_licks(store: SessionStore) -> str:
    if "passive" in str(store.metadata.get("session_type", "")):
        return "Passive session: without a lick spout there are no licks and rewards, by design."
    return "The mouse did not lick in this session."


def _table(store: SessionStore) -> tuple[Any, Any]:
    frame = trials_frame(store.trials)
    return table(TABLE, "trials_id", trials_columns(frame)), columns_of(frame)
