"""The notes of a session page: a button that opens them, and a drawer to read and write them.

``assets/notes/notes.js`` fills the drawer from ``/annotations.json`` and writes to
``/annotations``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.vocabulary.marks import LABEL_SYMBOLS
from data_layer.annotations.annotation import LABELS, Subject

ABOUT, READY, BUTTON, DRAWER = "notes-about", "notes-ready", "notes-button", "notes-drawer"


def notes_button(subjects: Mapping[Subject, str], panels: Sequence[str]) -> html.Div:
    """The button, the drawer, and what the notes may be about.

    ``subjects`` says what each is called; the first is what a new note is about unless the
    writer chooses another. ``panels`` are the names of the page's parts.
    """
    about = {
        "subjects": [{"kind": s.kind, "id": s.id, "text": text} for s, text in subjects.items()],
        "labels": [
            {"name": name, "text": text, "symbol": LABEL_SYMBOLS[name]}
            for name, text in LABELS.items()
        ],
        "panels": list(panels),
    }
    opens: dict[str, Any] = {"aria-controls": DRAWER, "aria-expanded": "false"}
    title = "What people wrote about this recording (n)"
    return html.Div(
        [
            html.Button("notes", id=BUTTON, className="quiet-button", title=title, **opens),
            html.Aside(id=DRAWER, className="notes-drawer", **{"aria-label": "Notes"}),
            dcc.Store(id=ABOUT, data=about),
            dcc.Store(id=READY),
        ],
        className="notes",
    )


def register(app: Dash) -> None:
    """Let the browser fill the drawer whenever a session page arrives."""
    app.clientside_callback(
        ClientsideFunction("notes", "arrived"), Output(READY, "data"), Input(ABOUT, "data")
    )


def shown(labels: Iterable[str]) -> str:
    """Labels with their symbols, as tables have them."""
    return ", ".join(f"{LABEL_SYMBOLS.get(label, '')} {label}".strip() for label in labels)
