"""The button that opens the notes, and the drawer with their form and list.

The stores:

    ABOUT     {"subjects": {"experiment:951980471": "this plane", …}, "on_timeline": true}
    HERE      {"time": 113.4, "cell": 1086490289}, what was on the page when the form was sent, or
              null; a note is about it where its writer says so
    GESTURE   {"do": "correct", "note": id}, what was clicked in the list, or {"do": "verdict",
              "note": label} and {"do": "undo", "note": ""}, see ``verdicts``
    CORRECTS  the id of the note that the form corrects, or null
    ANSWER    {"told": sentence, "focus": id, "notice": sentence}, what the form says, where writing
              goes on, and what is said for a moment
    SAVED     the id of the note that was written last
    OPENED    when the drawer was opened last (ms)
    NOTES     the elements of the list, see ``items``
    VERDICT   {"label": "good", "said": sentence}, the newest verdict on the recording
    MARKS     the notes about a moment, see ``marks``

``assets/notes/drawer.js`` opens and closes it, and has the keys, the links into the timeline, and
the focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.pages.session.notes import verdicts
from dashboard.pages.session.notes.form import form
from dashboard.pages.session.notes.ids import Ids
from dashboard.pages.session.notes.late import late
from data_layer.annotations.annotation import Subject

STORES = (
    Ids.HERE,
    Ids.GESTURE,
    Ids.CORRECTS,
    Ids.ANSWER,
    Ids.SAVED,
    Ids.OPENED,
    Ids.NOTES,
    Ids.VERDICT,
    Ids.MARKS,
)
LIST_IS_LATE = "The server has not answered; there may be newer notes than these."


def layout(
    subjects: Mapping[Subject, str], panels: Sequence[str], *, on_timeline: bool, is_open: bool
) -> html.Div:
    """The button, the drawer and its stores.

    ``subjects`` says what each is called; the first is what a new note is about unless the
    writer chooses another. ``panels`` are the names of the page's parts. ``on_timeline`` says
    whether the recording is on the page, so that notes can be about its moments and cells.
    ``is_open`` says whether the drawer is, as the address has it.
    """
    named = {str(subject): name for subject, name in subjects.items()}
    about = {"subjects": named, "on_timeline": on_timeline}
    stores = [dcc.Store(id=Ids.ABOUT, data=about), *(dcc.Store(id=id_) for id_ in STORES)]
    opens: dict[str, Any] = {"aria-controls": Ids.DRAWER, "aria-expanded": str(is_open).lower()}
    return html.Div(
        [
            *verdicts.buttons(),
            html.Button("notes", id=Ids.BUTTON, className="quiet-button", **opens),
            _drawer([form(named, panels), *_list()], is_open=is_open),
            *stores,
        ],
        className="notes",
    )


def _drawer(content: list[Any], *, is_open: bool) -> html.Section:
    """The drawer.

    Not dbc.Offcanvas: that puts its content on the page only after the key press that opens it, so
    that letters which are typed at once are lost, and it takes 60 ms rather than 20.
    """
    close = html.Button("Close", id=Ids.CLOSE, className="quiet-button", type="button")
    return html.Section(
        [html.Header([html.H2("Notes"), close]), *content],
        id=Ids.DRAWER,
        className="notes-drawer open" if is_open else "notes-drawer",
        role="dialog",
        **{"aria-label": "Notes"},
    )


def _list() -> list[Any]:
    return [late(Ids.LIST_LATE, LIST_IS_LATE), html.Ol(id=Ids.LIST, className="notes-list")]


def register(app: Dash) -> None:
    """Let the browser show the list, and what the server answers to the form."""
    app.clientside_callback(
        ClientsideFunction("notes", "listed"),
        Input(Ids.NOTES, "data"),
        prevent_initial_call=True,
    )
    for function, store in (("verdicts", Ids.VERDICT), ("note_marks", Ids.MARKS)):
        app.clientside_callback(
            ClientsideFunction(function, "shown"), Input(store, "data"), prevent_initial_call=True
        )
    app.clientside_callback(
        ClientsideFunction("notes", "answered"),
        Output(Ids.TOLD, "children"),
        Input(Ids.ANSWER, "data"),
        prevent_initial_call=True,
    )
