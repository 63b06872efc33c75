"""The current notes about a moment; ``assets/notes/marks.js`` marks them on the time graphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.components.note_labels import shown, swatch
from dashboard.vocabulary.marks import LABEL_SYMBOLS
from data_layer.annotations.annotation import Annotation
from data_layer.annotations.history import current

LONGEST = 160
"""Characters of a note that its mark says; the drawer says all."""


def marks(known: Iterable[Annotation]) -> list[dict[str, Any]]:
    """A mark per current note with a time (s): the note's id, its symbol, colour and words."""
    return [
        {
            "note": note.id,
            "time": note.time,
            "symbol": LABEL_SYMBOLS.get(note.label, "•"),
            "swatch": swatch(note.label),
            "text": _text(note),
        }
        for note in current(known)
        if note.time is not None
    ]


def _text(note: Annotation) -> str:
    said = note.note if len(note.note) <= LONGEST else f"{note.note[:LONGEST]}…"
    head = f"{shown([note.label])} at {note.time:,.1f} s, {note.author}"
    return f"{head}: {said}" if said else head
