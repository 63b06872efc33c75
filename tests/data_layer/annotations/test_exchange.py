"""Files of notes: what is written is read again, and what cannot be read is said where."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given

from data_layer.annotations.exchange import read_file, to_csv, to_json
from data_layer.annotations.history import in_order
from data_layer.errors import BadAnnotationFile
from tests.data_layer.annotations.made import histories, written


@given(histories)
@example([written(note="=1+1"), written(note="'quoted"), written(note='a\n\nb, "c"')])
def test_files_say_everything(notes: Any) -> None:
    assert read_file(to_csv(notes).encode(), "csv") == in_order(notes)
    assert read_file(to_json(notes).encode(), "json") == in_order(notes)


def test_a_spreadsheet_finds_no_formula() -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv([written(note="=HYPERLINK(1)", author="@x")])))
    assert (row["note"], row["author"]) == ("'=HYPERLINK(1)", "'@x")


def test_what_spreadsheets_add_is_taken(tmp_path: Path) -> None:
    note = written(note="two\nlines", time=3.25)
    saved = "\ufeff" + to_csv([note]).replace("\n", "\r\n")
    assert read_file(saved.encode(), "csv") == [note]


LINES = to_csv([written(note="one\ntwo"), written("bad", time=1.5)])


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "line 1: has no column id"),
        ("a,b\n1,2\n", "line 1: has no column id"),
        (LINES.replace("bad", "poor"), "line 4: The label of a note is 'poor', not one of good"),
        (LINES.replace("1.5", "soon"), "line 4: time is 'soon', not a number"),
        (LINES + "one,two\n", "line 5: has not 11 cells"),
        (LINES + '"open', "line 5: unexpected end of data"),
    ],
)
def test_a_bad_csv_is_named_by_its_line(content: Any, where: str) -> None:
    with pytest.raises(BadAnnotationFile) as refused:
        read_file(content.encode(), "csv")
    assert where in str(refused.value)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("[1,\n2", "line 2: is no JSON"),
        ("[]", 'the file: does not say "format"'),
        ("[" * 100_000, "the file: is nested too deeply"),
        (to_json([]).replace("1", "2"), "is of version 2"),
        (to_json([]).replace("[\n\n]", "7"), "has no list of annotations"),
        (to_json([written()]).replace("good", "poor"), "entry 1: The label"),
        (to_json([]).replace("[\n\n]", "[7]"), "entry 1: is no annotation"),
    ],
)
def test_a_bad_json_is_named_by_its_entry(content: Any, where: str) -> None:
    with pytest.raises(BadAnnotationFile) as refused:
        read_file(content.encode(), "json")
    assert where in str(refused.value)


def test_bytes_that_are_no_text_are_named_by_their_line() -> None:
    with pytest.raises(BadAnnotationFile, match="line 2: is not UTF-8"):
        read_file(b"id\n\xff", "csv")


def test_two_contents_under_one_id_are_refused() -> None:
    text = to_csv([note := written(note="one")])
    twice = text + to_csv([note]).splitlines()[1].replace("one", "two") + "\n"
    with pytest.raises(BadAnnotationFile, match=f"has the id {note.id} with two contents"):
        read_file(twice.encode(), "csv")
