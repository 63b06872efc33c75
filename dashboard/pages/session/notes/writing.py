"""The callback that writes, corrects and withdraws notes.

Notes are never changed: correcting or withdrawing one adds a new note that supersedes it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from dashboard.arguments.callbacks import checked_callback
from dashboard.arguments.values import About, Clock, Gesture, Here, NoteForm, Text, Word
from dashboard.components.answering import state_of
from dashboard.pages.session.notes import late
from dashboard.pages.session.notes.draft import FIELDS, Draft, Unfinished
from dashboard.pages.session.notes.ids import Ids
from data_layer.annotations.annotation import WITHDRAWN, Annotation, Subject
from data_layer.annotations.database import AnnotationDatabase
from data_layer.errors import BadAnnotation, DataLayerError

log = logging.getLogger(__name__)

SAVE, SAVE_CORRECTION = "Save", "Save the correction"
WHO_WITHDRAWS = "Say who you are before you withdraw a note."
Changes = dict[str, Any]
UNCHANGED: Changes = {
    "form": dict.fromkeys(FIELDS, no_update),
    "corrects": no_update,
    "save": no_update,
    "anew_hidden": no_update,
    "answer": no_update,
    "saved": no_update,
    "late": late.ANSWERED,
}


def register(app: Dash, annotations: AnnotationDatabase) -> None:
    """Add the callback of the form and of the links below notes; it shows errors in the form."""

    def answer(  # noqa: PLR0913, PLR0917 - a parameter for each input
        submitted: Clock | None,
        anew: Clock | None,
        gesture: Gesture | None,
        form: NoteForm,
        author: Text | None,
        about: About,
        here: Here | None,
        corrects: Word | None,
    ) -> Changes:
        desk, asked = Desk(annotations, about["subjects"]), Asked(author, here, corrects, gesture)
        try:
            return UNCHANGED | _carried_out(desk, Draft.of_form(form), asked)
        except Unfinished as unfinished:
            return UNCHANGED | _told(str(unfinished), unfinished.focus)
        except Exception as error:
            if not isinstance(error, DataLayerError):
                log.exception("notes")
            return UNCHANGED | _told(state_of(error)[1])

    checked_callback(
        app,
        output={
            "form": {name: Output(id_, "value") for name, id_ in FIELDS.items()},
            "corrects": Output(Ids.CORRECTS, "data"),
            "save": Output(Ids.SAVE, "children"),
            "anew_hidden": Output(Ids.ANEW, "hidden"),
            "answer": Output(Ids.ANSWER, "data"),
            "saved": Output(Ids.SAVED, "data"),
            "late": late.answered(Ids.LATE),
        },
        inputs={
            "submitted": Input(Ids.FORM, "n_submit"),
            "anew": Input(Ids.ANEW, "n_clicks"),
            "gesture": Input(Ids.GESTURE, "data"),
        },
        state={
            "form": {name: State(id_, "value") for name, id_ in FIELDS.items()},
            "author": State(Ids.AUTHOR, "value"),
            "about": State(Ids.ABOUT, "data"),
            "here": State(Ids.HERE, "data"),
            "corrects": State(Ids.CORRECTS, "data"),
        },
        running=late.running(Ids.LATE),
        prevent_initial_call=True,
    )(answer)


@dataclass(frozen=True)
class Asked:
    """What a request says beside the draft: who writes, from where, and what was clicked."""

    author: str | None
    here: Here | None
    corrects: str | None
    gesture: Gesture | None


def _carried_out(desk: Desk, draft: Draft, asked: Asked) -> Changes:
    author, gesture = asked.author or "", asked.gesture
    if ctx.triggered_id == Ids.FORM:
        return desk.save(draft, author, asked.here or {}, asked.corrects)
    if ctx.triggered_id == Ids.ANEW or gesture is None:
        return desk.anew()
    if gesture["do"] == "correct":
        return desk.correct(gesture["note"])
    return desk.withdraw(gesture["note"], author)


@dataclass(frozen=True)
class Desk:
    """Writes notes on ``subjects``; each method returns the changes of the drawer's outputs."""

    annotations: AnnotationDatabase
    subjects: Mapping[str, str]

    def anew(self) -> Changes:
        """An empty form."""
        return _filled(Draft.blank(self.subjects), None)

    def correct(self, id_: str) -> Changes:
        """The form with the content of the note ``id_``."""
        return _filled(Draft.correcting(self._note(id_)), id_)

    def save(
        self, draft: Draft, author: str, here: Mapping[str, Any], corrects: str | None
    ) -> Changes:
        """Add a note; it supersedes the one with the id ``corrects``, if there is one."""
        note = draft.note(author, here, self._note(corrects) if corrects else None)
        self.annotations.add([note])
        return self.anew() | {"saved": note.id}

    def withdraw(self, id_: str, author: str) -> Changes:
        """Withdraw a note; the content of the form stays."""
        if not author.strip():
            raise Unfinished(WHO_WITHDRAWS, Ids.AUTHOR)
        taken = self._note(id_)
        note = Annotation(taken.subject, taken.subject_id, WITHDRAWN, author, supersedes=taken.id)
        self.annotations.add([note])
        return _told("") | {"saved": note.id}

    def _note(self, id_: str) -> Annotation:
        for note in self.annotations.of(map(Subject.from_text, self.subjects)):
            if note.id == id_:
                return note
        raise BadAnnotation("id", id_, "that of a note on this recording")


def _filled(draft: Draft, corrects: str | None) -> Changes:
    return {
        "form": asdict(draft),
        "corrects": corrects,
        "save": SAVE_CORRECTION if corrects else SAVE,
        "anew_hidden": corrects is None,
    } | _told("", Ids.TEXT)


def _told(sentence: str, focus: str | None = None) -> Changes:
    return {"answer": {"told": sentence, "focus": focus}}
