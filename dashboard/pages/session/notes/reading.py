"""The list of notes in the drawer, newest first, and their number on the button."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html, no_update

from dashboard.arguments.callbacks import checked_callback
from dashboard.arguments.sentences import told
from dashboard.arguments.values import About, Clock, Word
from dashboard.pages.session.notes import late, verdicts
from dashboard.pages.session.notes.ids import Ids
from dashboard.pages.session.notes.items import items
from dashboard.pages.session.notes.marks import marks
from data_layer.annotations.annotation import Subject
from data_layer.annotations.database import AnnotationDatabase
from data_layer.annotations.history import current
from data_layer.errors import DataLayerError

NONE_YET = "Nobody has written about this recording yet."
TITLE = "What people wrote about this recording (n)"


def register(app: Dash, annotations: AnnotationDatabase) -> None:
    """Fill the list when a page arrives and whenever a note may have been added."""

    @checked_callback(
        app,
        Output(Ids.BUTTON, "children"),
        Output(Ids.BUTTON, "title"),
        Output(Ids.NOTES, "data"),
        Output(Ids.VERDICT, "data"),
        Output(Ids.MARKS, "data"),
        late.answered(Ids.LIST_LATE),
        Input(Ids.ABOUT, "data"),
        Input(Ids.SAVED, "data"),
        Input(Ids.OPENED, "data"),  # others may have written meanwhile
        running=late.running(Ids.LIST_LATE),
    )
    def read(about: About, _saved: Word | None, _opened: Clock | None) -> tuple[Any, ...]:
        return *_shown(annotations, about), late.ANSWERED


def _shown(annotations: AnnotationDatabase, about: About) -> tuple[str, str, list[Any], Any, Any]:
    """What the button says, its title, the list, the verdict, and the marks."""
    try:
        known = annotations.of(map(Subject.from_text, about["subjects"]))
    except DataLayerError as error:
        lost = [html.Li(told(error), className="none")]
        return "notes (!)", told(error), lost, no_update, no_update
    found = items(known, about["subjects"], on_timeline=about["on_timeline"])
    none = [html.Li(NONE_YET, className="none")]
    verdict = verdicts.of_page(known, about["subjects"])
    n = len(current(known))
    return f"notes ({n})", TITLE, found or none, verdict, marks(known)
