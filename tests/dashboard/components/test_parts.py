"""Sentences about files that cannot be read: short where there is little room, without a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.components.problems.parts import MOST_LINES, NARROW, Parts, in_short, without_path
from data_layer.errors import (
    FileDamaged,
    ObjectMissing,
    SessionFileError,
    StreamDamaged,
    StreamMissing,
    UnknownId,
    WrongFile,
)
from data_layer.remote.errors import StreamUnreachable

pytestmark = pytest.mark.fault

PATH = Path("/a/long/way/to/the/cache/behavior_ophys_experiment_951980471.nwb")
ERRORS = {
    "dff_traces cannot be read": StreamDamaged(PATH, "dff_traces", "/x gives 'y'", "Do z"),
    "events not in the file": StreamMissing(PATH, "events", "/events", "Do z"),
    "its file is truncated": FileDamaged(PATH, "is truncated: 1 of 2 bytes are there", "Do z"),
    "its file holds another recording": WrongFile(PATH, "ophys_experiment_id", 101, 102),
    "No ophys_experiment_id 3": UnknownId("ophys_experiment_id", 3),
    "object storage does not have its file": StreamUnreachable(
        PATH, ObjectMissing("http://x", "y")
    ),
}


@pytest.mark.parametrize("said", ERRORS)
def test_a_sentence_about_a_file_that_is_refused_fits_into_a_small_plot(said: str) -> None:
    words = in_short(ERRORS[said])
    lines = words.split("\n")
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= NARROW
    assert words.replace("\n", " ").startswith(said)
    assert "/" not in words


def test_a_part_that_cannot_be_read_is_told_once_and_the_others_are_read() -> None:
    parts = Parts()

    def damaged() -> int:
        raise ERRORS["dff_traces cannot be read"]

    assert [parts.read(damaged, 0), parts.read(lambda: 1, 0), parts.read(damaged, 2)] == [0, 1, 2]
    assert parts.problems == ["dff_traces cannot be read: /x gives 'y'. Do z."]


def test_a_sentence_on_the_page_of_a_file_has_no_path() -> None:
    for error in ERRORS.values():
        if isinstance(error, SessionFileError):
            assert str(PATH.parent) not in without_path(error)
