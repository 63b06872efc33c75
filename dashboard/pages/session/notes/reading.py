"""The callback that lists the notes in the drawer and counts them on the button."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, ctx, html, no_update

from dashboard.pages.session.notes import late
from dashboard.pages.session.notes.ids import Ids
from dashboard.pages.session.notes.items import items
from data_layer.annotations.annotation import Subject
from data_layer.annotations.database import AnnotationDatabase
from data_layer.annotations.history import current
from data_layer.errors import DataLayerError

NONE_YET = "Nobody has written about this recording yet."
TITLE = "What people wrote about this recording (n)"
UNCHANGED = (no_update,) * 3


def register(app: Dash, annotations: AnnotationDatabase) -> None:
    """Update the list when a page is loaded and whenever a note may have been added."""

    def read(about: Any, _saved: str | None, is_open: bool) -> Any:
        closed = ctx.triggered_id == Ids.DRAWER and not is_open
        answer = UNCHANGED if closed else _shown(annotations, about)
        return *answer, late.ANSWERED

    app.callback(
        Output(Ids.BUTTON, "children"),
        Output(Ids.BUTTON, "title"),
        Output(Ids.NOTES, "data"),
        late.answered(Ids.LIST_LATE),
        Input(Ids.ABOUT, "data"),
        Input(Ids.SAVED, "data"),
        Input(Ids.DRAWER, "is_open"),  # other users may have added notes since
        running=late.running(Ids.LIST_LATE),
    )(read)


def _shown(annotations: AnnotationDatabase, about: dict[str, Any]) -> tuple[str, str, list[Any]]:
    """The button's text and title, and the elements of the list."""
    try:
        known = annotations.of(map(Subject.from_text, about["subjects"]))
    except DataLayerError as error:
        return "notes (!)", str(error), [html.Li(str(error), className="none")]
    found = items(known, about["subjects"], on_timeline=about["on_timeline"])
    none = [html.Li(NONE_YET, className="none")]
    return f"notes ({len(current(known))})", TITLE, found or none
