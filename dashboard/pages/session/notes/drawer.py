"""The button that opens the notes, and the drawer with the form and the list.

The stores:

    ABOUT     {"subjects": {"experiment:951980471": "this plane", …}, "on_timeline": true}
    HERE      {"time": 113.4, "cell": 1086490289}, the current time and cell for a new note; null
              if the recording is not shown
    GESTURE   {"do": "correct", "note": id}, the last click in the list
    CORRECTS  the id of the note that the form corrects, or null
    ANSWER    {"told": sentence, "focus": id}, the form's message and the element to focus
    SAVED     the id of the note that was written last
    NOTES     the elements of the list, see ``items``

``assets/notes/drawer.js`` handles keys, links into the timeline, and the focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.pages.session.ids import Ids as PageIds
from dashboard.pages.session.notes.form import form
from dashboard.pages.session.notes.ids import Ids
from dashboard.pages.session.notes.late import late
from data_layer.annotations.annotation import Subject

LIST_IS_LATE = "The server has not answered; there may be newer notes than these."
TITLE = "notes-title"


def layout(
    subjects: Mapping[Subject, str], panels: Sequence[str], *, on_timeline: bool
) -> html.Div:
    """The button, the drawer and its stores.

    Args:
        subjects: the possible subjects with their names; the first is the default.
        panels: the names of the page's panels.
        on_timeline: whether the recording is shown, so that notes can refer to times and cells.
    """
    named = {str(subject): name for subject, name in subjects.items()}
    about = {"subjects": named, "on_timeline": on_timeline}
    stores = [dcc.Store(id=Ids.ABOUT, data=about)] + [
        dcc.Store(id=id_)
        for id_ in (Ids.HERE, Ids.GESTURE, Ids.CORRECTS, Ids.ANSWER, Ids.SAVED, Ids.NOTES)
    ]
    opens: dict[str, Any] = {"aria-controls": Ids.DRAWER, "aria-expanded": "false"}
    return html.Div(
        [
            html.Button("notes", id=Ids.BUTTON, className="quiet-button", **opens),
            _drawer([form(named, panels, on_timeline=on_timeline), *_list()]),
            *stores,
        ],
        className="notes",
    )


def _drawer(content: list[Any]) -> dbc.Offcanvas:
    """The drawer beside the page, which stays usable: nothing covers it or traps the focus."""
    return dbc.Offcanvas(
        content,
        id=Ids.DRAWER,
        title=html.Span("Notes", id=TITLE),
        labelledby=TITLE,
        placement="end",
        backdrop=False,
        scrollable=True,  # otherwise react-bootstrap keeps the focus inside the drawer
        class_name="notes-drawer",
    )


def _list() -> list[Any]:
    return [late(Ids.LIST_LATE, LIST_IS_LATE), html.Ol(id=Ids.LIST, className="notes-list")]


def register(app: Dash) -> None:
    """Add the callbacks that run in the browser."""
    app.clientside_callback(
        ClientsideFunction("notes", "shown"),
        Output(Ids.BUTTON, "aria-expanded"),
        Input(Ids.DRAWER, "is_open"),
        Input(Ids.NOTES, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("notes", "here"),
        Output(Ids.HERE, "data"),
        Output(Ids.AT_TIME, "label"),
        Output(Ids.OF_CELL, "label"),
        Output(Ids.OF_CELL_BOX, "hidden"),
        # Not the window itself, which changes many times a second while it is dragged.
        Input(PageIds.SETTLED, "data"),
        Input(PageIds.SELECTION, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("notes", "answered"),
        Output(Ids.TOLD, "children"),
        Input(Ids.ANSWER, "data"),
        prevent_initial_call=True,
    )
