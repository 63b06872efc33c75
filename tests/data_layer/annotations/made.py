"""Annotations as people and hypothesis write them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from data_layer.annotations.annotation import LABELS, WITHDRAWN, Annotation

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
name = text.filter(lambda t: bool(t.strip()))
times = st.floats(allow_nan=False, allow_infinity=False)
instants = st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC))


@st.composite
def any_annotation(draw: st.DrawFn) -> Annotation:
    """Any annotation that there may be."""
    supersedes = draw(st.none() | st.uuids().map(str))
    labels = [*LABELS, WITHDRAWN] if supersedes else [*LABELS]
    return Annotation(
        subject=draw(st.sampled_from(["session", "experiment"])),
        subject_id=draw(st.integers(0, 2**40)),
        label=draw(st.sampled_from(labels)),
        author=draw(name),
        note=draw(text),
        panel=draw(st.none() | name),
        cell=draw(st.none() | st.integers(0, 2**40)),
        time=draw(st.none() | times),
        supersedes=supersedes,
        id=draw(st.uuids().map(str)),
        created=draw(instants),
    )


histories = st.lists(any_annotation(), max_size=6, unique_by=lambda a: a.id)


def written(label: str = "good", **what: object) -> Annotation:
    """A note on experiment 951980471 by Ada."""
    about = {"subject": "experiment", "subject_id": 951980471, "label": label, "author": "Ada"}
    return Annotation.from_record(about | what)
