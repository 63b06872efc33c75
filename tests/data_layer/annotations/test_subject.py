"""A subject as text, as addresses and forms hold it."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.annotations.annotation import Subject, SubjectKind
from data_layer.errors import BadAnnotation


@given(st.builds(Subject, st.sampled_from(get_args(SubjectKind)), st.integers(0, 2**62)))
def test_a_subject_comes_back_from_its_text(subject: Subject) -> None:
    assert Subject.from_text(str(subject)) == subject


@pytest.mark.parametrize("text", ["", "experiment", "experiment:", "mouse:1", "session:-1"])
def test_what_names_no_subject_is_refused(text: str) -> None:
    with pytest.raises(BadAnnotation, match="experiment:<id> or session:<id>"):
        Subject.from_text(text)
