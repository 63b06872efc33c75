"""The form that writes a note. Who writes is remembered in the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.components.note_labels import shown, swatch
from dashboard.pages.session.notes.draft import ANY_PANEL
from dashboard.pages.session.notes.ids import Ids
from dashboard.pages.session.notes.late import late
from data_layer.annotations.annotation import LABELS, MAX_LENGTH

IS_LATE = "The server has not answered; the note is not saved yet."


def form(subjects: Mapping[str, str], panels: Sequence[str]) -> dbc.Form:
    """The form; ``subjects`` says what each ``kind:id`` is called, see ``drawer.layout``."""
    where = [
        _choice(Ids.SUBJECT, "About", subjects),
        _choice(Ids.PANEL, "Panel", {name: name for name in (ANY_PANEL, *panels)}),
        _box(Ids.AT_TIME),
        _box(Ids.OF_CELL),
    ]
    return dbc.Form(
        [
            _labels(),
            _named("Note", _text()),
            html.Div(where, className="notes-where"),
            html.Div([_named("Your name", _author()), _save()], className="notes-who"),
            html.Button(
                "write a new note instead",
                id=Ids.ANEW,
                className="note-link",
                type="button",
                hidden=True,
            ),
            html.P(id=Ids.TOLD, className="notes-told", role="alert"),
            late(Ids.LATE, IS_LATE),
        ],
        id=Ids.FORM,
        class_name="notes-form",
    )


def _named(name: str, field: Any, **attributes: Any) -> html.Div:
    """A field with a name that screen readers say.

    The label does not hold the field, or the name would end with what is written there.
    """
    label = html.Label(name, htmlFor=field.id, className="visually-hidden")
    return html.Div([label, field], **attributes)


def _labels() -> html.Fieldset:
    options = [
        {
            "value": name,
            "label": html.Span(shown([name]), title=text, style={"--swatch": swatch(name)}),
        }
        for name, text in LABELS.items()
    ]
    choice = dbc.RadioItems(
        options,
        "note",
        id=Ids.LABEL,
        name=Ids.LABEL,
        class_name="notes-labels",
        input_class_name="btn-check",
        label_class_name="notes-label",
    )
    return html.Fieldset(choice, **{"aria-label": "Verdict"})


def _text() -> dbc.Textarea:
    return dbc.Textarea(
        id=Ids.TEXT,
        placeholder="What did you see?",
        rows=3,
        submit_on_enter=False,
    )


def _author() -> dbc.Input:
    return dbc.Input(
        id=Ids.AUTHOR,
        placeholder="Your name",
        autocomplete="name",
        maxlength=MAX_LENGTH["author"],
        persistence=True,
        persistence_type="local",
    )


def _save() -> html.Button:
    return html.Button(
        "Save",
        id=Ids.SAVE,
        className="quiet-button notes-save",
        type="submit",
        title="Ctrl + Enter",
    )


def _choice(id_: str, name: str, options: Mapping[str, str]) -> html.Div:
    select = dbc.Select(
        [{"value": value, "label": text} for value, text in options.items()],
        next(iter(options)),
        id=id_,
        size="sm",
    )
    return _named(name, select, hidden=len(options) < 2)


def _box(id_: str) -> html.Div:
    """A check box that ``assets/notes/drawer.js`` names, and shows where there is something."""
    box = dbc.Checkbox(id=id_, label=html.Span(id=f"{id_}-name"))
    return html.Div(box, id=f"{id_}-box", className="notes-box", hidden=True)
