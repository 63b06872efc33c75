"""The content of the form, and its conversion to a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.arguments.values import NoteForm
from dashboard.pages.session.notes.ids import Ids
from data_layer.annotations.annotation import Annotation, Subject

FIELDS = {
    "label": Ids.LABEL,
    "text": Ids.TEXT,
    "subject": Ids.SUBJECT,
    "panel": Ids.PANEL,
    "at_time": Ids.AT_TIME,
    "of_cell": Ids.OF_CELL,
}
"""The field of ``Draft`` for each element of the form."""
ANY_PANEL = "any panel"  # not empty: dbc.Select uses the empty value for its placeholder
NEEDS_TEXT = ("bad", "note")
WHO = "Say who you are, so that others can ask you."


class Unfinished(Exception):
    """A draft is incomplete; the text says what is missing, ``focus`` is the element for it."""

    def __init__(self, sentence: str, focus: str) -> None:
        super().__init__(sentence)
        self.focus = focus


@dataclass(frozen=True)
class Draft:
    """The values of the form; ``subject`` is ``kind:id``, ``panel`` may be ``ANY_PANEL``."""

    label: str
    text: str
    subject: str
    panel: str
    at_time: bool
    of_cell: bool

    @classmethod
    def of_form(cls, form: NoteForm) -> Draft:
        """The draft in the form."""
        values: dict[str, Any] = {**form, "text": form["text"] or ""}
        return cls(**values)

    @classmethod
    def blank(cls, subjects: Mapping[str, str]) -> Draft:
        """An empty draft about the first subject."""
        return cls("note", "", next(iter(subjects)), ANY_PANEL, at_time=False, of_cell=False)

    @classmethod
    def correcting(cls, note: Annotation) -> Draft:
        """A draft with the content of ``note``; time and cell stay unless others are chosen."""
        panel = note.panel or ANY_PANEL
        return cls(note.label, note.note, str(note.about), panel, at_time=False, of_cell=False)

    def note(
        self, author: str, here: Mapping[str, Any], corrects: Annotation | None = None
    ) -> Annotation:
        """The note by ``author``, at the time (s) and cell in ``here`` if they are chosen.

        Raises:
            Unfinished: the author or the text is missing.
            BadAnnotation: a value is invalid.
        """
        if not author.strip():
            raise Unfinished(WHO, Ids.AUTHOR)
        if self.label in NEEDS_TEXT and not self.text.strip():
            raise Unfinished(f"Say in the note why it is “{self.label}”.", Ids.TEXT)
        about = Subject.from_text(self.subject)
        return Annotation(
            about.kind,
            about.id,
            self.label,
            author,
            self.text,
            None if self.panel == ANY_PANEL else self.panel,
            cell=_chosen(self.of_cell, here.get("cell"), corrects.cell if corrects else None),
            time=_chosen(self.at_time, here.get("time"), corrects.time if corrects else None),
            supersedes=corrects.id if corrects else None,
        )


def _chosen(chosen: bool, here: Any, otherwise: Any) -> Any:
    return here if chosen and here is not None else otherwise
