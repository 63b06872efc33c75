"""Merging two people's notes, and what is current of them, against plain restatements."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.annotations.annotation import WITHDRAWN, Annotation
from data_layer.annotations.history import current, merged, reviews, verdicts
from data_layer.errors import AnnotationsDiffer, BadAnnotation
from tests.data_layer.annotations.made import any_annotation, written


@st.composite
def shared(draw: st.DrawFn) -> list[list[Annotation]]:
    """Three people's files with parts of the same notes; corrections point among them."""
    notes = draw(st.lists(any_annotation(), max_size=8, unique_by=lambda a: a.id))
    part = st.lists(st.sampled_from(notes)) if notes else st.just([])
    return [draw(part) for _ in range(3)]


@given(shared())
def test_merging_is_a_union_whatever_the_order_and_the_repetition(files: Any) -> None:
    a, b, c = files
    union = {note.id: note for note in [*a, *b, *c]}
    assert {note.id: note for note in merged(a, b, c)} == union
    assert len(merged(a, b, c)) == len(union)
    assert merged(a, b) == merged(b, a)
    assert merged(merged(a, b), c) == merged(a, merged(b, c))
    assert merged(a, a) == merged(a) == merged(merged(a))


@st.composite
def corrected(draw: st.DrawFn) -> list[Annotation]:
    """Notes of which some supersede others, in circles too."""
    notes = draw(st.lists(any_annotation(), max_size=6, unique_by=lambda a: a.id))
    others = [draw(st.sampled_from([None, *notes])) for _ in notes]
    return [
        note
        if other is None or other is note
        else Annotation.from_record(note.to_record() | {"supersedes": other.id})
        for note, other in zip(notes, others, strict=True)
    ]


@given(corrected())
def test_current_is_what_no_other_corrects(notes: Any) -> None:
    expected = [
        note
        for note in notes
        if note.label != WITHDRAWN and not any(other.supersedes == note.id for other in notes)
    ]
    assert current(notes) == expected
    assert set(reviews(notes)) == {note.about for note in expected}


def test_a_correction_takes_the_place_of_what_it_corrects_and_two_may_stand() -> None:
    first = written("good")
    ada, ben = (written("bad", supersedes=first.id, author=author) for author in ("Ada", "Ben"))
    assert current([first]) == [first]
    assert current([first, ada, ben]) == [ada, ben]
    assert reviews([first, ada, ben]) == {first.about: ("bad",)}


def test_a_withdrawn_note_leaves_its_subject_not_reviewed() -> None:
    first = written("good")
    assert reviews([first, written(WITHDRAWN, supersedes=first.id)]) == {}


def test_labels_come_in_the_order_of_the_vocabulary() -> None:
    notes = [written("note", cell=3), written("good"), written("note")]
    assert reviews(notes) == {notes[0].about: ("good", "note")}


def test_the_newest_judgement_of_the_recording_itself_is_its_verdict() -> None:
    good, bad = written("good"), written("bad")
    others = [written("note"), written("look again", cell=3)]
    assert verdicts([good, bad, *others]) == {good.about: bad}
    assert verdicts([bad, good]) == {good.about: good}
    assert verdicts([good, bad, written(WITHDRAWN, supersedes=bad.id)]) == {good.about: good}
    assert verdicts(others) == {}


def test_two_contents_under_one_id_are_refused_in_either_order() -> None:
    one = written("good")
    other = Annotation.from_record(one.to_record() | {"label": "bad"})
    for files in ([one], [other]), ([other], [one]):
        with pytest.raises(AnnotationsDiffer, match=one.id):
            merged(*files)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", "fine"),
        ("label", WITHDRAWN),
        ("author", " "),
        ("author", "x" * 101),
        ("note", "x" * 10_001),
        ("note", "\0"),
        ("note", 3),
        ("time", float("nan")),
        ("time", "3"),
        ("cell", 1.5),
        ("cell", True),
        ("subject", "mouse"),
        ("subject_id", -1),
        ("id", "7"),
        ("created", "2026-01-01T00:00:00"),
        ("supersedes", "none"),
        ("colour", "red"),
    ],
)
def test_what_no_note_can_say_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(BadAnnotation) as refused:
        written(**{field: value})
    assert refused.value.name in (field, "supersedes")
