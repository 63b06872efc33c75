"""The callback that fills the Notes page's table."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from dashboard.arguments.values import Clock, Word
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.pages.notes.layout import Ids
from dashboard.pages.notes.records import (
    FACT_COLUMNS,
    NOTE_COLUMNS,
    SUBJECT_COLUMNS,
    note_rows,
    tables_of,
    unreviewed_rows,
)
from data_layer.annotations.database import AnnotationDatabase
from data_layer.project_cache.protocol import Cache

NONE_YET = "There are no notes yet. Open a recording and press n to write the first."
ALL_REVIEWED = "Every recording on this machine has a current note."
Answer = tuple[list[dict[str, Any]], list[dict[str, Any]], str]


def register_callbacks(app: Dash, cache: Cache, database: AnnotationDatabase) -> None:
    """Fill the table for the chosen view, and again after an import."""
    outputs = [
        Output(Ids.TABLE, "rowData"),
        Output(Ids.TABLE, "columnDefs"),
        Output(Ids.COUNT, "children"),
    ]

    @panel_callback(app, "notes", outputs, Input(Ids.VIEW, "value"), Input(Ids.CHANGED, "data"))
    def show(view: Word | None, _changed: Clock | None) -> Answer:
        return (
            _unreviewed(cache, database) if view == "unreviewed" else _notes(cache, database, view)
        )

    app.clientside_callback(
        ClientsideFunction("notes_page", "viewChanged"), Input(Ids.VIEW, "value")
    )


def _notes(cache: Cache, database: AnnotationDatabase, view: str | None) -> Answer:
    annotations = database.all()
    if not annotations:
        raise EmptyPanel(NONE_YET)
    rows = note_rows(annotations, tables_of(cache), history=view == "all")
    older = len(annotations) - sum(row["state"] == "current" for row in rows)
    count = f"{len(rows):,} shown; {older:,} of {len(annotations):,} notes are superseded."
    return rows, [*NOTE_COLUMNS, *SUBJECT_COLUMNS, *FACT_COLUMNS], count


def _unreviewed(cache: Cache, database: AnnotationDatabase) -> Answer:
    experiments, sessions = cache.here("experiment"), cache.here("behavior")
    here = {"experiment": experiments, "session": sessions}
    rows = unreviewed_rows(database.all(), tables_of(cache), here)  # type: ignore[arg-type]
    if not rows:
        raise EmptyPanel(ALL_REVIEWED)
    planes = sum(row["subject"] == "experiment" for row in rows)
    count = (
        f"{planes:,} of {len(experiments):,} imaging planes and {len(rows) - planes:,} of "
        f"{len(sessions):,} behaviour sessions on this machine have no current note."
    )
    return rows, [*SUBJECT_COLUMNS, *FACT_COLUMNS], count
