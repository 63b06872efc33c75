"""The note that the values of the form become."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from dashboard.pages.session.notes.draft import Draft, Unfinished
from dashboard.pages.session.notes.ids import Ids
from data_layer.errors import BadAnnotation
from tests.data_layer.annotations.made import written

SUBJECTS = {"experiment:951980471": "this plane", "session:5": "the whole session"}
BLANK = Draft.blank(SUBJECTS)
HERE = {"time": 12.5, "cell": 7}


def test_a_note_is_about_the_moment_and_cell_only_where_chosen() -> None:
    draft = replace(BLANK, text="odd", subject="session:5")
    plain = draft.note("Ada", HERE)
    assert (plain.subject, plain.subject_id, plain.time, plain.cell) == ("session", 5, None, None)
    assert plain.panel is None
    note = replace(draft, at_time=True, of_cell=True, panel="Eye").note("Ada", HERE)
    assert (note.time, note.cell, note.panel) == (12.5, 7, "Eye")
    assert replace(draft, at_time=True).note("Ada", {}).time is None


def test_a_correction_keeps_what_is_not_chosen_anew() -> None:
    first = written("good", time=1.0, cell=3, panel="Eye", note="fine")
    draft = Draft.correcting(first)
    note = replace(draft, at_time=True).note("Ben", HERE, first)
    assert (note.time, note.cell, note.supersedes, note.author) == (12.5, 3, first.id, "Ben")
    assert (note.label, note.note, note.panel, note.about) == ("good", "fine", "Eye", first.about)


@pytest.mark.parametrize(
    ("label", "text", "author", "focus"),
    [
        ("good", "", " ", Ids.AUTHOR),
        ("bad", " ", "Ada", Ids.TEXT),
        ("note", "", "Ada", Ids.TEXT),
    ],
)
def test_what_lacks_is_asked_for_where_it_is_written(
    label: str, text: str, author: str, focus: Any
) -> None:
    with pytest.raises(Unfinished) as asked:
        replace(BLANK, label=label, text=text).note(author, HERE)
    assert asked.value.focus == focus


def test_what_the_browser_must_not_send_is_refused_in_a_sentence() -> None:
    for changes in ({"label": "fine"}, {"subject": "mouse:1"}, {"text": "x" * 10_001}):
        with pytest.raises(BadAnnotation, match="of a note is"):
            Draft(**asdict(BLANK) | {"text": "odd"} | changes).note("Ada", HERE)
