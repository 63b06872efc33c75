"""Requests that no page of ours sends are refused in a sentence, and never with a status of 5xx."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask import abort
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from dashboard.app import create_app
from dashboard.arguments.refusals import UNFORESEEN
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from tests.fuzz.odd_values import nested
from tests.fuzz.recorded import UPDATE, body_of
from tests.support.nwb_files import write_experiment
from tests.support.tiny_task import Plan

pytestmark = pytest.mark.fault

ID = Plan().ophys_experiment_id
OUTPUT = "..navigator-graph.figure...panel-navigator.data-state...message-navigator.children.."
NAMES = ("navigator-graph.figure", "panel-navigator.data-state", "message-navigator.children")
OUTPUTS = [dict(zip(("id", "property"), name.split("."), strict=True)) for name in NAMES]
ADDRESS: dict[str, Any] = {"id": "address", "property": "data"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    path = write_experiment(tmp_path_factory.mktemp("file"), n_trials=6, n_cells=2)
    settings = Settings(work_dir=tmp_path_factory.mktemp("work"), prepare=0)
    app = create_app(SingleFile(path), settings)

    def broken() -> Any:
        raise ZeroDivisionError

    app.server.add_url_rule("/broken", "broken", broken)
    app.server.add_url_rule("/teapot", "teapot", lambda: abort(418))
    return app


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


def refused(answer: TestResponse, status: int, sentence: str) -> None:
    assert answer.status_code == status
    assert sentence in answer.text
    assert "<" not in answer.text
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        (f"/moment/experiment/{ID}?t=nan", 400, "t cannot be used: Input should be a finite"),
        (f"/moment/experiment/{ID}?t=soon", 400, "t cannot be used: Input should be a valid"),
        (f"/moment/experiment/{ID}?t=1e400", 400, "t cannot be used"),
        (f"/moment/experiment/{ID}?t=1&cell=²", 400, "cell cannot be used"),
        (f"/moment/experiment/{ID}?t=1&activity=x", 400, "should be one of dff"),
        ("/moment/experiment/²?t=1", 404, "² is not an id: a whole number is expected"),
        (f"/moment/planet/{ID}?t=1", 404, "kind cannot be used: Input should be 'experiment'"),
        (f"/prepared/experiment/{'9' * 400}", 404, "is not an id"),
        (f"/prepared/experiment/{'9' * 5000}", 404, "is not an id"),
        ("/prepared/experiment/-5", 404, "-5 is not an id"),
        (f"/picture/experiment/{ID}/max_projection.png?width=-1", 400, "width cannot be used"),
        (f"/data/experiment/{ID}/dff_traces.csv?cell=x", 400, "cell cannot be used"),
        (f"/data/experiment/{ID}/__class__.csv", 404, "A session has no attribute __class__"),
        ("/tables/cell/x.json", 404, "x is not an id"),
        ("/tables/planet.json", 404, "kind cannot be used"),
        ("/_dash-component-suites/dash/nothing.js", 404, "no such script or stylesheet"),
        ("/_dash-component-suites/os/path.py", 404, "no such script or stylesheet"),
        ("/_dash-component-suites/dash/../../etc/passwd", 404, "no such script"),
        ("/assets/../app.py", 404, "not found"),
        ("/experiment/%0A5", 400, "holds control characters"),
        ("/moment/a%00b/1?t=1", 400, "holds control characters"),
        ("/teapot", 418, "teapot"),
    ],
)
def test_an_argument_of_a_route_that_cannot_be_used_is_refused_in_a_sentence(
    client: FlaskClient, path: str, status: int, sentence: str
) -> None:
    refused(client.get(path), status, sentence)


def test_a_wrong_method_is_refused_and_the_right_ones_are_named(client: FlaskClient) -> None:
    answer = client.put("/annotations/import")
    refused(answer, 405, "method is not allowed")
    assert "POST" in answer.headers["Allow"]


def test_an_error_that_nobody_foresaw_is_logged_and_told_in_a_sentence(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    refused(client.get("/broken"), 500, UNFORESEEN)
    assert "ZeroDivisionError" in caplog.text


def asked(client: FlaskClient, value: Any = None, **body: Any) -> TestResponse:
    whole = {
        "output": OUTPUT,
        "outputs": OUTPUTS,
        "inputs": [ADDRESS | {"value": value}],
        "changedPropIds": ["address.data"],
    }
    content = json.dumps(whole | body)
    return client.post(UPDATE, data=content, content_type="application/json")


def test_the_request_of_the_page_is_answered(client: FlaskClient) -> None:
    assert asked(client, {"kind": "experiment", "id": ID}).status_code == 200


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "experiment",
        [],
        {},
        {"kind": "experiment"},
        {"kind": "experiment", "id": str(ID)},
        {"kind": "experiment", "id": float("nan")},
        {"kind": "experiment", "id": 10**400},
        {"kind": "experiment", "id": -1},
        {"kind": ["experiment"], "id": ID},
        {"kind": "planet", "id": ID},
    ],
)
def test_a_value_of_a_callback_that_is_ill_typed_is_refused_in_a_sentence(
    client: FlaskClient, value: Any
) -> None:
    refused(asked(client, value), 400, "The request's address cannot be used: ")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"output": "nothing.children"}, "no such callback"),
        ({"output": "option-rows.value"}, "no such callback"),
        ({"output": 5}, "body cannot be used: output"),
        ({"inputs": []}, "inputs cannot be used: they are not those of this callback"),
        ({"inputs": [ADDRESS, ADDRESS]}, "inputs cannot be used"),
        ({"inputs": [{"id": "window", "property": "data"}]}, "inputs cannot be used"),
        ({"inputs": {"id": "address"}}, "body cannot be used: inputs"),
        ({"inputs": [{"id": {"a": ["MATCH"]}, "property": "data"}]}, "cannot be used"),
        ({"state": [ADDRESS]}, "state cannot be used"),
        ({"outputs": []}, "outputs cannot be used"),
        ({"outputs": OUTPUTS[0]}, "outputs cannot be used"),
        ({"outputs": [{"id": {}, "property": "figure"}, *OUTPUTS[1:]]}, "outputs cannot be used"),
        (
            {
                "changedPropIds": ['{"a":'],
            },
            "changedPropIds cannot be used",
        ),
        ({"changedPropIds": 7}, "body cannot be used: changedPropIds"),
    ],
)
def test_a_request_that_names_no_callback_and_its_inputs_is_refused_in_a_sentence(
    client: FlaskClient, body: dict[str, Any], sentence: str
) -> None:
    refused(asked(client, {"kind": "experiment", "id": ID}, **body), 400, sentence)


@pytest.mark.parametrize(
    ("content", "type_", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe\x00", "application/json", 400),
        (b"9" * 5000, "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (json.dumps(nested(70)).encode(), "application/json", 400),
        (json.dumps(nested(900)).encode(), "application/json", 400),
        (b"null", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
    ],
)
def test_a_body_that_is_no_json_of_ours_is_refused_in_a_sentence(
    client: FlaskClient, content: bytes, type_: str, status: int
) -> None:
    answer = client.post(UPDATE, data=content, content_type=type_)
    assert answer.status_code == status
    assert len(answer.text.split()) > 3


def test_bytes_in_a_path_that_are_no_utf_8_do_not_break_the_server(app: Dash) -> None:
    environ = EnvironBuilder().get_environ() | {"PATH_INFO": "/prepared/experiment/\xff"}
    _, status, _ = run_wsgi_app(app.server, environ)
    assert status.startswith("404")


def test_a_link_that_names_an_id_twice_or_of_other_digits_shows_its_page(
    client: FlaskClient,
) -> None:
    client.get("/")
    for path, query in (
        ("/experiment/²", ""),
        (f"/experiment/{'9' * 400}", ""),
        (f"/experiment/{ID}", "?id_=1&id_=2"),
        (f"/experiment/{ID}", f"?t={'9' * 400}-{'9' * 401}&cells=²,{'9' * 30}"),
        (f"/experiment/{ID}", "?t=1e9-2e9"),
        ("/compare", "?ids=²,1,1"),
        ("/mouse/1", "?mouse_id=1&mouse_id=2"),
        ("/notes", "?view=a&view=b"),
    ):
        body = {
            "output": ".._pages_content.children..._pages_store.data..",
            "outputs": [
                {"id": "_pages_content", "property": "children"},
                {"id": "_pages_store", "property": "data"},
            ],
            "inputs": [
                {"id": "_pages_location", "property": "pathname", "value": path},
                {"id": "_pages_location", "property": "search", "value": query},
            ],
        }
        assert client.post(UPDATE, json=body).status_code == 200, (path, query)


def test_notes_of_odd_subjects_are_refused(client: FlaskClient) -> None:
    for subject in ("experiment:²", f"experiment:{'9' * 30}", "planet:5", ""):
        answer = client.get("/annotations.json", query_string={"subject": subject})
        assert answer.status_code == 400
        assert "subject of a note is" in answer.json["problem"]


def test_the_work_dir_is_the_owners_alone(app: Dash, tmp_path: Path) -> None:
    del app
    path = write_experiment(tmp_path, n_trials=3, n_cells=1)
    create_app(SingleFile(path), Settings(work_dir=tmp_path / "new", prepare=0))
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


ROWS = {"cell": "", "kind": "experiment", "of": ID, "panel": "p", "table": "trials", "type": "rows"}


@pytest.mark.parametrize("place", ["outputs", "inputs", "state"])
@pytest.mark.parametrize(
    "id_", ["the pattern as text", "rows", {"type": "rows"}, ROWS | {"type": 5}]
)
def test_an_id_that_does_not_fit_the_pattern_of_a_callback_is_refused_in_a_sentence(
    app: Dash, client: FlaskClient, id_: Any, place: str
) -> None:
    client.get("/")
    declared = next(d for d in app._callback_list if "getRowsRequest" in str(d["inputs"]))
    body = body_of(app, declared, {}) | {"changedPropIds": []}
    named = [body["outputs"], *body["inputs"], *body["state"]]
    for one in named:
        one["id"] = ROWS
    chosen = body[place] if place == "outputs" else body[place][0]
    chosen["id"] = declared["inputs"][0]["id"] if id_ == "the pattern as text" else id_
    sentence = f"{place} cannot be used: they are not those of this callback"
    refused(client.post(UPDATE, json=body), 400, sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is no JSON: Expecting value"),
        (b'{"output": ', "it is no JSON: Expecting value: line 1 column 12"),
        (b"[" * 5000, "nested more than 64 deep"),
        (b"[" * 900 + b"]" * 900, "nested more than 64 deep"),
        (b"9" * 5000, "a number in it has too many digits"),
        (b"\xff\xfe\x00", "it"),
    ],
)
@pytest.mark.parametrize("path", [UPDATE, "/annotations"])
def test_a_body_that_cannot_be_read_as_json_is_refused_and_told_what_is_wrong(
    client: FlaskClient, path: str, content: bytes, sentence: str
) -> None:
    answer = client.post(path, data=content, content_type="application/json")
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "The request's body cannot be used: " in answer.text
