"""Answers in brotli or gzip for those who read it, and unchanged for others."""

from __future__ import annotations

import gzip
import json

import brotli
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.http import compression
from dashboard.http.page_files import copies
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import Asked

READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.fixture(scope="module")
def app(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: pytest.TempPathFactory
) -> Dash:
    return create_app(small_cache, Settings(work_dir=tmp_path_factory.mktemp("work"), prepare=0))


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


@pytest.mark.parametrize("coding", READ)
@pytest.mark.parametrize(
    "path", ["/_dash-layout", "/assets/core/layout.css", "/assets/vendor/bootstrap.min.css"]
)
def test_the_content_is_the_same_in_every_coding(
    client: FlaskClient, path: str, coding: str
) -> None:
    plain = client.get(path, headers={"Accept-Encoding": ""})
    for _ in range(2):  # static files are compressed the first time only
        answer = client.get(path, headers={"Accept-Encoding": coding})
        assert answer.headers.get("Content-Encoding", "") == coding
        content = READ[coding](answer.data)
        same = json.loads if answer.mimetype == "application/json" else bytes
        assert same(content) == same(plain.data)
        assert "Accept-Encoding" in answer.headers["Vary"]
        if coding:
            assert len(answer.data) < len(plain.data) / 2


def test_a_part_of_a_file_is_sent_as_it_is(client: FlaskClient) -> None:
    path = "/assets/vendor/bootstrap.min.css"
    whole = client.get(path, headers={"Accept-Encoding": ""}).data
    headers = {"Accept-Encoding": "br", "Range": "bytes=1000-1999"}
    answer = client.get(path, headers=headers, buffered=True)
    assert answer.status_code == 206
    assert answer.data == whole[1000:2000]


def test_a_static_file_is_compressed_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/assets/core/pages.css?m=12"
    first = client.get(path, headers={"Accept-Encoding": "br"})
    monkeypatch.setattr(copies, "_compressed", lambda *_: b"anew")
    monkeypatch.setattr("flask.Flask.send_static_file", None)
    again = client.get(path, headers={"Accept-Encoding": "br"})
    assert brotli.decompress(again.data) == brotli.decompress(first.data)
    assert again.mimetype == first.mimetype == "text/css"
    same = {"Accept-Encoding": "br", "If-None-Match": again.headers["ETag"]}
    assert client.get(path, headers=same).status_code == 304


def test_browsers_keep_only_what_has_another_address_when_it_changes(client: FlaskClient) -> None:
    kept = client.get("/assets/core/layout.css?m=1.5").cache_control
    assert kept.immutable
    assert kept.max_age == compression.YEAR
    asked = client.get("/assets/core/layout.css")
    assert not asked.cache_control.immutable
    headers = {"If-None-Match": asked.headers["ETag"]}
    assert client.get("/assets/core/layout.css", headers=headers, buffered=True).status_code == 304


def test_the_answers_of_callbacks_are_compressed(
    app: Dash, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    mouse = small_cache.get_behavior_session_table()["mouse_id"].iloc[0]
    inputs = {"mouse-id.data": mouse, "mouse-by.value": "order"}
    ask, answers = Asked(app), {}
    for coding, read in READ.items():
        ask.client.environ_base["HTTP_ACCEPT_ENCODING"] = coding
        answer = ask("panel-mouse-history.data-state", "mouse-id.data", inputs)
        assert answer.headers.get("Content-Encoding", "") == coding
        answers[coding] = json.loads(read(answer.data))
    assert answers["br"] == answers["gzip"] == answers[""]
    assert answers[""]["response"]["mouse-history-graph"]["figure"]["data"]
