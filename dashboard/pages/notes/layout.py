"""The layout of the Notes page; ``assets/notes/page.js`` imports files and updates the URL."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from dash import dcc, html

from dashboard.components.choices.named import page_title
from dashboard.components.choices.segmented import segmented
from dashboard.components.panel import panel
from dashboard.components.table import table
from dashboard.urls.routes import NOTES_CSV, NOTES_JSON
from dashboard.urls.templates import link


class Ids(StrEnum):
    """Element ids of the page."""

    VIEW = "notes-view"
    TABLE = "notes-table"
    COUNT = "notes-count"
    CHANGED = "notes-changed"
    IMPORT = "notes-import"
    FILE = "notes-file"
    TOLD = "notes-told"


VIEWS = {"current": "Current", "all": "All, with history", "unreviewed": "Not reviewed"}
INFO = (
    "What people wrote on session pages. A note is never changed: a correction is a new note that "
    "takes the place of an older one, which stays under “All, with history”. “Not reviewed” lists "
    "the recordings on this machine without a current note. Files exported by two people can be "
    "imported in any order and any number of times."
)


def layout(view: str = "", **_query: Any) -> html.Div:
    """The page with an empty table; ``view`` comes from the query and is a key of ``VIEWS``."""
    body = [
        html.Div(id=Ids.COUNT, className="panel-note", role="status"),
        html.Div(table(Ids.TABLE, "key"), className="fill"),
    ]
    return html.Div(
        [
            dcc.Store(id=Ids.CHANGED, data=0),
            page_title("Notes"),
            panel(
                "notes",
                "Notes",
                INFO,
                html.Div(body, className="panel-column"),
                tools=_tools(view),
            ),
        ],
        className="notes-page",
    )


def _tools(view: str) -> list[Any]:
    export = [
        html.A(
            f"Export {name.upper()}",
            href=link(path),
            download=f"annotations.{name}",
            className="quiet-button",
            title="Save every note with its history",
        )
        for name, path in (("csv", NOTES_CSV), ("json", NOTES_JSON))
    ]
    title = "Add the notes of an exported file to those here; nothing is overwritten"
    return [
        html.Span(id=Ids.TOLD, className="notes-told", role="status"),
        segmented(Ids.VIEW, VIEWS, view),
        html.Button("Import …", id=Ids.IMPORT, className="quiet-button", title=title),
        *export,
    ]
