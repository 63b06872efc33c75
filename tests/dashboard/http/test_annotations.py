"""The routes of people's notes, and the rows of the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.pages.notes.records import note_rows, tables_of, unreviewed_rows
from data_layer.annotations.annotation import Annotation
from data_layer.annotations.exchange import to_csv
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.data_layer.annotations.made import written


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(work_dir=tmp_path / "work", prepare=0)


@pytest.fixture
def client(
    small_cache: VisualBehaviorOphysProjectCache, settings: Settings
) -> Iterator[FlaskClient]:
    yield create_app(small_cache, settings).server.test_client()
    dash.page_registry.clear()


def write(client: FlaskClient, **what: Any) -> Any:
    about = {"subject": "experiment", "subject_id": 7, "label": "good", "author": "Ada"}
    return client.post("/annotations", json=about | what)


def notes(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/annotations.json{query}").json
    assert answer is not None
    return list(answer["annotations"])


def test_a_note_is_given_back_with_its_id_and_listed(client: FlaskClient) -> None:
    answer = write(client, time=1.5, note="jump")
    assert (answer.status_code, answer.json["label"]) == (201, "good")
    assert notes(client) == [answer.json] == notes(client, "?subject=experiment:7")
    assert notes(client, "?subject=session:7") == []
    assert answer.json["id"] in client.get("/annotations.csv").text


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"label": "fine"}, "The label of a note is 'fine', not one of good"),
        ({"author": " "}, "The author of a note is ' '"),
        ({"id": "3b7f0f7e-3f5c-4a51-9a52-2d7f3d0a3f3e"}, "the server gives it"),
        ({"colour": "red"}, "The colour of a note is 'red', not a field"),
    ],
)
def test_a_note_that_cannot_be_is_refused_in_one_sentence(
    client: FlaskClient, what: dict[str, str], sentence: str
) -> None:
    answer = write(client, **what)
    assert answer.status_code == 400
    assert sentence in answer.json["problem"]
    assert notes(client) == []


@pytest.mark.parametrize("path", ["/annotations", "/annotations/import"])
def test_what_a_form_on_a_foreign_page_can_send_is_refused(client: FlaskClient, path: str) -> None:
    sent = '{"subject": "session", "subject_id": 7, "label": "bad", "author": "Eve"}'
    for type_ in "text/plain", "application/x-www-form-urlencoded", "multipart/form-data":
        assert client.post(path, data=sent, content_type=type_).status_code == 400
    assert notes(client) == []


def test_files_of_two_people_merge_in_any_order_any_number_of_times(client: FlaskClient) -> None:
    both = written("good", note="both have it")
    ada, ben = [both, written("bad", author="Ada")], [both, written("note", author="Ben")]
    expected = [(2, 0), (1, 1), (0, 2), (0, 2)]
    for file, (added, known) in zip((ada, ben, ada, ben), expected, strict=True):
        answer = client.post("/annotations/import", data=to_csv(file), content_type="text/csv")
        assert answer.json == {"added": added, "known": known}
    exported = client.get("/annotations.json").data
    answer = client.post("/annotations/import", data=exported, content_type="application/json")
    assert answer.json == {"added": 0, "known": 3}


def test_a_bad_file_imports_nothing_and_names_the_line(client: FlaskClient) -> None:
    text = to_csv([written(), written()]) + "one,two\n"
    answer = client.post("/annotations/import", data=text, content_type="text/csv")
    assert answer.status_code == 400
    assert "Nothing was imported: line 4" in answer.json["problem"]
    assert notes(client) == []


def test_reviews_are_the_labels_of_current_notes(client: FlaskClient) -> None:
    first = write(client).json
    write(client, subject="session", subject_id=9, label="note")
    write(client, label="bad", supersedes=first["id"])
    expected = {"experiment": {"7": ["bad"]}, "session": {"9": ["note"]}}
    answer = client.get("/annotations/reviews.json").json
    assert answer == expected | {
        "labels": ["good", "look again", "bad", "note"],
        "verdicts": {"experiment": {"7": "bad"}, "session": {}},
    }


def test_a_database_that_cannot_be_read_is_told_and_the_pages_stand(
    client: FlaskClient, settings: Settings
) -> None:
    settings.work_dir.mkdir(exist_ok=True)
    settings.annotations_file.write_text("no database" * 100)
    for answer in client.get("/annotations.json"), client.get("/annotations/reviews.json"):
        assert answer.status_code == 400
        assert "cannot be read" in answer.json["problem"]
    assert client.get("/notes").status_code == 200


def test_rows_say_what_a_note_is_about_and_where_it_is_seen(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    (plane, *_) = sorted(small_cache.available("experiment"))
    first = written("good", subject_id=plane, time=42.0, cell=11)
    later = written("bad", subject_id=plane, supersedes=first.id)
    elsewhere = Annotation("session", 1, "note", "Ada")
    rows = note_rows([first, later, elsewhere], tables_of(small_cache), history=True)
    assert [row["key"] for row in rows] == [elsewhere.id, later.id, first.id]
    assert [row["state"] for row in rows] == ["current", "current", "superseded"]
    assert rows[2]["page"] == f"/experiment/{plane}?t=12-72&cells=11"
    table = small_cache.get_ophys_experiment_table()
    assert rows[1]["session_type"] == table.loc[plane, "session_type"]
    assert "session_type" not in rows[0]
    assert len(note_rows([first, later], tables_of(small_cache), history=False)) == 1


def test_the_unreviewed_are_those_here_without_a_current_note(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    here = {
        "experiment": small_cache.available("experiment"),
        "session": small_cache.available("behavior"),
    }
    plane = min(here["experiment"])
    rows = unreviewed_rows([written(subject_id=plane)], tables_of(small_cache), here)
    listed = [(row["subject"], row["subject_id"]) for row in rows]
    expected = {(kind, id_) for kind, ids in here.items() for id_ in ids}
    assert len(listed) == len({*listed})
    assert {*listed} == expected - {("experiment", plane)}
