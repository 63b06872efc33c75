"""Verdicts by one key or click: a note without a text, which can be taken back.

Each button's ``data-verdict`` is the label that it gives. The keys are in
``assets/notes/verdicts.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dash import html

from dashboard.components.buttons.next_button import next_button
from dashboard.components.note_labels import shown, swatch
from dashboard.pages.session.notes.ids import Ids
from dashboard.vocabulary.marks import LABEL_SYMBOLS
from data_layer.annotations.annotation import LABELS, VERDICTS, WITHDRAWN, Annotation, Subject
from data_layer.annotations.history import current, verdicts
from data_layer.errors import BadAnnotation

KEYS = {"good": "g", "look again": "l", "bad": "b"}
UNDO_KEY = "u"
NOT_REVIEWED = "not reviewed"


def buttons() -> list[html.Button | html.Div]:
    """A button per verdict, one that takes the last back, and one that goes on."""
    return [
        html.Div(
            [*map(_button, VERDICTS), _undo()],
            className="verdicts",
            role="group",
            **{"aria-label": "Verdict on this recording"},
        ),
        next_button(),
    ]


def _button(label: str) -> html.Button:
    return html.Button(
        LABEL_SYMBOLS[label],
        className="verdict-button",
        title=f"{label}: {LABELS[label]} ({KEYS[label]})",
        style={"--swatch": swatch(label)},
        **{
            "data-verdict": label,
            "aria-label": label,
            "aria-pressed": "false",
            "aria-keyshortcuts": KEYS[label],
        },
    )


def _undo() -> html.Button:
    return html.Button(
        "↶",
        id=Ids.UNDO,
        className="verdict-button",
        title=f"Take your last verdict on this recording back ({UNDO_KEY})",
        **{"aria-label": "take your verdict back", "aria-keyshortcuts": UNDO_KEY},
    )


def of_page(known: Iterable[Annotation], subjects: Mapping[str, str]) -> dict[str, str]:
    """The newest verdict on the page's own recording: its ``label`` and ``said``, who and when."""
    newest = verdicts(known).get(_about(subjects))
    if newest is None:
        return {"label": "", "said": NOT_REVIEWED}
    when = f"{newest.created:%Y-%m-%d %H:%M} UTC"
    return {"label": newest.label, "said": f"{shown([newest.label])}, {newest.author}, {when}"}


def judged(
    known: Iterable[Annotation], subjects: Mapping[str, str], label: str, author: str
) -> Annotation:
    """The note that gives a verdict; it takes the place of one that its author gave by key before.

    Raises:
        BadAnnotation: The label is no verdict.
    """
    if label not in VERDICTS:
        raise BadAnnotation("verdict", label, f"one of {', '.join(VERDICTS)}")
    about, before = _about(subjects), _by_key(known, subjects, author)
    supersedes = before.id if before else None
    return Annotation(about.kind, about.id, label, author, supersedes=supersedes)


def taken_back(
    known: Iterable[Annotation], subjects: Mapping[str, str], author: str
) -> Annotation | None:
    """The note that takes an author's last verdict by key back; None where there is none.

    It gives the verdict before that one, or else withdraws. So taking back twice is doing again.
    """
    every = list(known)
    last = _by_key(every, subjects, author)
    if last is None:
        return None
    labels = {note.id: note.label for note in every}
    label = labels.get(last.supersedes or "", WITHDRAWN)
    return Annotation(last.subject, last.subject_id, label, author, supersedes=last.id)


def _by_key(
    known: Iterable[Annotation], subjects: Mapping[str, str], author: str
) -> Annotation | None:
    """The newest current verdict of an author on the page's recording that says nothing else."""
    bare = [
        note
        for note in current(known)
        if note.about == _about(subjects)
        and note.author == author.strip()
        and note.label in VERDICTS
        and not note.note
        and (note.panel, note.cell, note.time) == (None, None, None)
    ]
    return bare[-1] if bare else None


def _about(subjects: Mapping[str, str]) -> Subject:
    """What the page is about: the first of its subjects."""
    return Subject.from_text(next(iter(subjects)))
