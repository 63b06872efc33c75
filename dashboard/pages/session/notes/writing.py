"""The callback that writes, corrects and withdraws notes, and gives verdicts.

Notes are never changed: correcting or withdrawing one adds a new note that supersedes it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from dashboard.arguments.callbacks import checked_callback
from dashboard.arguments.values import About, Clock, Gesture, Here, NoteForm, Text, Word
from dashboard.components.answering import state_of
from dashboard.components.note_labels import shown
from dashboard.pages.session.notes import late, verdicts
from dashboard.pages.session.notes.draft import FIELDS, NEEDS_TEXT, WHO, Draft, Unfinished
from dashboard.pages.session.notes.ids import Ids
from data_layer.annotations.annotation import WITHDRAWN, Annotation, Subject
from data_layer.annotations.database import AnnotationDatabase
from data_layer.errors import BadAnnotation, DataLayerError

log = logging.getLogger(__name__)

SAVE, SAVE_CORRECTION = "Save", "Save the correction"
WHO_WITHDRAWS = "Say who you are before you withdraw a note."
TAKE_BACK, SAY_WHY = "u takes it back.", "n says why, u takes it back."
NO_VERDICT = "You have given no verdict on this recording that could be taken back."
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
    note = gesture["note"]
    does: dict[str, Callable[[], Changes]] = {
        "correct": lambda: desk.correct(note),
        "withdraw": lambda: desk.withdraw(note, author),
        "verdict": lambda: desk.judge(note, author, draft),
        "undo": lambda: desk.undo(author, draft),
    }
    return does[gesture["do"]]()


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

    def judge(self, label: str, author: str, draft: Draft) -> Changes:
        """Give a verdict on the page's recording; what is in the form stays there.

        Where the form is empty, it says why a recording is bad: it corrects the note just written.
        """
        if not author.strip():
            return {"form": UNCHANGED["form"] | {"label": label}} | _told(WHO, Ids.AUTHOR)
        note = verdicts.judged(self._known(), self.subjects, label, author)
        self.annotations.add([note])
        asks_why = label in NEEDS_TEXT and not draft.text.strip()
        form = _filled(Draft.correcting(note), note.id) if asks_why else self._anew_unless(draft)
        how = SAY_WHY if asks_why else TAKE_BACK
        return form | _told("", notice=f"{shown([label])}, by {author}. {how}") | {"saved": note.id}

    def undo(self, author: str, draft: Draft) -> Changes:
        """Take the author's last verdict by key back."""
        if not author.strip():
            raise Unfinished(WHO_WITHDRAWS, Ids.AUTHOR)
        note = verdicts.taken_back(self._known(), self.subjects, author)
        if note is None:
            return _told("", notice=NO_VERDICT)
        self.annotations.add([note])
        now = verdicts.of_page(self._known(), self.subjects)["said"]
        form = self._anew_unless(draft)
        return form | _told("", notice=f"Taken back. Now: {now}.") | {"saved": note.id}

    def _anew_unless(self, draft: Draft) -> Changes:
        """An empty form, unless somebody is writing in it."""
        return {} if draft.text.strip() else self.anew()

    def _known(self) -> list[Annotation]:
        return self.annotations.of(map(Subject.from_text, self.subjects))

    def _note(self, id_: str) -> Annotation:
        for note in self._known():
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


def _told(sentence: str, focus: str | None = None, notice: str = "") -> Changes:
    return {"answer": {"told": sentence, "focus": focus, "notice": notice}}
