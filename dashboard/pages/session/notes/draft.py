"""What stands in the form, and the note that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
"""The field of a draft that each element of the form holds in its ``value``."""
ANY_PANEL = "any panel"  # dbc.Select keeps the empty value for a placeholder
NEEDS_TEXT = ("bad", "note")
WHO = "Say who you are, so that others can ask you."


class Unfinished(Exception):
    """A draft lacks what ``focus`` asks for; the text says so in a sentence."""

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
    def blank(cls, subjects: Mapping[str, str]) -> Draft:
        """A remark about the first of the subjects."""
        return cls("note", "", next(iter(subjects)), ANY_PANEL, at_time=False, of_cell=False)

    @classmethod
    def correcting(cls, note: Annotation) -> Draft:
        """What ``note`` says, to be changed; its moment and cell stay unless others are chosen."""
        panel = note.panel or ANY_PANEL
        return cls(note.label, note.note, str(note.about), panel, at_time=False, of_cell=False)

    def note(
        self, author: str, here: Mapping[str, Any], corrects: Annotation | None = None
    ) -> Annotation:
        """The note as ``author`` writes it, at the time (s) and cell that ``here`` names.

        Raises:
            Unfinished: it needs an author or a text.
            BadAnnotation: a value cannot be used.
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
