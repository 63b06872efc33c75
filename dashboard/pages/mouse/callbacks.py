"""The callbacks of the mouse page: plots and list of its sessions."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output

from dashboard.arguments.values import Word
from dashboard.components.answering import panel_callback
from dashboard.components.choices.kept import keep_choices
from dashboard.components.graph import open_clicked_page
from dashboard.components.history_table import history_table
from dashboard.components.still import still_content
from dashboard.figures.history.behavior_history import behavior_history_figure
from dashboard.pages.mouse.ids import Ids
from dashboard.urls import behavior_path
from data_layer.project_cache.behavior_history import BehaviorHistory


def register_callbacks(app: Dash, history: BehaviorHistory) -> None:
    """Add the callbacks for the plots, the list, and clicks that open a session."""

    @panel_callback(
        app,
        "mouse-history",
        Output(Ids.GRAPH, "figure"),
        Input(Ids.MOUSE, "data"),
        Input(Ids.BY, "value"),
        costly=True,
    )
    def draw(mouse_id: Word, by: Word | None) -> dict[str, Any]:
        return behavior_history_figure(_with_paths(history, mouse_id), by=by or "order")

    @panel_callback(
        app, "mouse-sessions", still_content(app, Ids.TABLE), Input(Ids.MOUSE, "data"), costly=True
    )
    def list_sessions(mouse_id: Word) -> Any:
        return history_table(_with_paths(history, mouse_id))

    open_clicked_page(app, Ids.GRAPH)
    keep_choices(app, Ids.BY)


def _with_paths(history: BehaviorHistory, mouse_id: str) -> Any:
    sessions = history.of_mouse(mouse_id)
    imaged = zip(sessions.index, sessions["ophys_session_id"], strict=True)
    paths = [behavior_path(id_, session) for id_, session in imaged]
    return sessions.assign(path=paths)
