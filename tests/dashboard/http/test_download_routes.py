"""Downloads that the page asks for, over HTTP and from a store of objects."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.arguments import refusals, routes
from dashboard.http import download_routes, wanted
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.streamed import streamed_files
from data_layer.settings import Settings
from tests.support.object_store import Fault, ObjectStore
from tests.support.uploaded_release import uploaded_release

SECONDS = 60


@pytest.fixture(scope="module")
def store(small_release: Path) -> Iterator[ObjectStore]:
    with uploaded_release(small_release) as store:
        yield store


@pytest.fixture
def cache(store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.delenv("VBDASH_OFFLINE", raising=False)
    settings = Settings(work_dir=tmp_path / "work", s3_endpoint=store.url)
    cache = Cache.of_settings(settings)
    cache.stream_with(streamed_files(settings))
    return cache


def client_of(cache: Cache, *, may_start: bool = True) -> FlaskClient:
    server = Flask(__name__)
    refusals.register(server)
    routes.prepare(server)
    download_routes.register(server, cache, may_start=may_start)
    return server.test_client()


@pytest.fixture
def ids(small_cache: Cache) -> list[int]:
    return sorted(small_cache.here("experiment"))


def until_all_are(client: FlaskClient, *stages: str) -> list[dict[str, Any]]:
    end = time.monotonic() + SECONDS
    while True:
        states = client.get("/downloads").get_json()["downloads"]
        if states and all(state["stage"] in stages for state in states):
            return states
        assert time.monotonic() < end, states
        time.sleep(0.05)


def test_what_is_needed_is_told_with_its_size_before_it_is_downloaded(
    cache: Cache, ids: list[int], small_cache: Cache
) -> None:
    client, wanted = client_of(cache), {"kind": "experiment", "ids": ids}
    size = sum(small_cache.path_of("experiment", id_).stat().st_size for id_ in ids)
    needed = client.post("/downloads/needed", json=wanted).get_json()
    sizes = {"bytes": size, "unknown": 0}
    assert needed == {"files": len(ids), "missing": len(ids), "lacking": 0} | sizes
    assert client.get("/downloads").get_json() == {"downloads": []}
    one = {"kind": "experiment", "ids": ids[:1]}
    assert client.post("/downloads", json=one).status_code == 200
    (state,) = until_all_are(client, "done")
    assert (state["id"], state["bytes"]) == (ids[0], state["total"])
    assert cache.path_of("experiment", ids[0]).read_bytes() == (
        small_cache.path_of("experiment", ids[0]).read_bytes()
    )
    assert client.post("/downloads/needed", json=one).get_json()["missing"] == 0
    client.post("/downloads", json=one)
    assert len(client.get("/downloads").get_json()["downloads"]) == 1


def test_an_imaging_session_has_the_files_of_its_planes(cache: Cache, ids: list[int]) -> None:
    table = cache.get_ophys_experiment_table()
    session = int(table.loc[ids[0], "ophys_session_id"])
    planes = set(table.index[table["ophys_session_id"] == session]) & cache.available("experiment")
    wanted = {"kind": "session", "ids": [session]}
    needed = client_of(cache).post("/downloads/needed", json=wanted).get_json()
    assert needed["files"] == len(planes)


def test_a_download_is_paused_goes_on_and_is_cancelled(
    cache: Cache, ids: list[int], store: ObjectStore
) -> None:
    client = client_of(cache)
    slow = Fault(wait=1)
    store.fault = lambda asked, _: slow if ".nwb" in asked.key else None
    try:
        client.post("/downloads", json={"kind": "experiment", "ids": ids[:1]})
        client.post("/downloads/order", json={"id": ids[0], "do": "pause"})
        until_all_are(client, "paused")
        assert ids[0] not in cache.here("experiment")
        client.post("/downloads/order", json={"id": ids[0], "do": "resume"})
        until_all_are(client, "done")
        client.post("/downloads", json={"kind": "experiment", "ids": ids[1:2]})
        client.post("/downloads/order", json={"id": ids[1], "do": "cancel"})
        until_all_are(client, "done", "cancelled")
    finally:
        store.fault = None
    stages = {one["id"]: one["stage"] for one in client.get("/downloads").get_json()["downloads"]}
    assert stages == {ids[0]: "done", ids[1]: "cancelled"}
    assert cache.here("experiment") == {ids[0]}


def test_a_storage_that_refuses_is_a_sentence_of_that_download(
    cache: Cache, ids: list[int], store: ObjectStore
) -> None:
    store.fault = lambda asked, _: Fault(status=403) if ".nwb" in asked.key else None
    try:
        client = client_of(cache)
        client.post("/downloads", json={"kind": "experiment", "ids": ids[:1]})
        (state,) = until_all_are(client, "failed")
    finally:
        store.fault = None
    assert "does not allow" in state["sentence"]
    assert ids[0] not in cache.here("experiment")


@pytest.mark.fault
def test_files_that_the_store_lacks_are_counted_and_not_downloaded(
    cache: Cache, ids: list[int]
) -> None:
    lost = min(set(cache.get_ophys_experiment_table().index) - set(ids))
    client, wanted = client_of(cache), {"kind": "experiment", "ids": [ids[0], int(lost)]}
    needed = client.post("/downloads/needed", json=wanted).get_json()
    assert (needed["files"], needed["missing"], needed["lacking"]) == (1, 1, 1)
    client.post("/downloads", json=wanted)
    assert [state["id"] for state in until_all_are(client, "done")] == [ids[0]]


@pytest.mark.fault
def test_a_file_that_is_missing_says_so_and_what_has_ended_is_removed_and_cleared(
    cache: Cache, ids: list[int], store: ObjectStore
) -> None:
    client = client_of(cache)
    store.fault = lambda asked, _: Fault(status=404) if f"{ids[0]}.nwb" in asked.key else None
    try:
        client.post("/downloads", json={"kind": "experiment", "ids": ids[:3]})
        states = until_all_are(client, "done", "failed")
    finally:
        store.fault = None
    assert [(one["stage"], one["is_missing"]) for one in states] == [
        ("failed", True),
        ("done", False),
        ("done", False),
    ]
    left = client.post("/downloads/order", json={"id": ids[1], "do": "remove"}).get_json()
    assert [one["id"] for one in left["downloads"]] == [ids[0], ids[2]]
    assert client.post("/downloads/clear", json={"id": 1}).status_code == 400
    assert client.post("/downloads/clear", json={}).get_json() == {"downloads": []}
    assert client_of(cache, may_start=False).post("/downloads/clear", json={}).status_code == 403
    assert set(ids[1:3]) <= cache.here("experiment")


def test_what_is_on_its_way_is_neither_removed_nor_cleared(
    cache: Cache, ids: list[int], store: ObjectStore
) -> None:
    client = client_of(cache)
    store.fault = lambda asked, _: Fault(wait=1) if ".nwb" in asked.key else None
    try:
        client.post("/downloads", json={"kind": "experiment", "ids": ids[:1]})
        client.post("/downloads/order", json={"id": ids[0], "do": "remove"})
        assert len(client.post("/downloads/clear", json={}).get_json()["downloads"]) == 1
        client.post("/downloads/order", json={"id": ids[0], "do": "pause"})
        until_all_are(client, "paused")
        assert len(client.post("/downloads/clear", json={}).get_json()["downloads"]) == 1
    finally:
        store.fault = None


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"kind": "experiment"},
        {"kind": "plane", "ids": [1]},
        {"kind": "experiment", "ids": []},
        {"kind": "experiment", "ids": ["1"]},
        {"kind": "experiment", "ids": [1.5]},
        {"kind": "experiment", "ids": [-1]},
        {"kind": "experiment", "ids": [2**70]},
        {"kind": "experiment", "ids": [1], "more": 1},
        {"kind": "experiment", "ids": [1] * (wanted.MOST + 1)},
    ],
)
@pytest.mark.parametrize("path", ["/downloads", "/downloads/needed", "/downloads/order"])
def test_what_no_page_sends_is_refused_with_a_sentence(
    cache: Cache, path: str, body: object
) -> None:
    answer = client_of(cache).post(path, json=body)
    assert answer.status_code == 400
    assert answer.get_json()["problem"]


@pytest.mark.parametrize("kind", ["experiment", "session", "behavior"])
def test_an_unknown_id_is_named(cache: Cache, kind: str) -> None:
    answer = client_of(cache).post("/downloads", json={"kind": kind, "ids": [987654321]})
    assert answer.status_code == 404
    assert "987654321" in answer.get_json()["problem"]


def test_a_form_of_another_page_cannot_send_what_is_asked(cache: Cache, ids: list[int]) -> None:
    text = f'{{"kind": "experiment", "ids": [{ids[0]}]}}'
    answer = client_of(cache).post("/downloads", data=text, content_type="text/plain")
    assert answer.status_code == 400


def test_a_server_that_is_open_to_anyone_downloads_nothing_for_them(
    cache: Cache, ids: list[int]
) -> None:
    client = client_of(cache, may_start=False)
    answer = client.post("/downloads", json={"kind": "experiment", "ids": ids[:1]})
    assert answer.status_code == 403
    assert "vbdash fetch" in answer.get_json()["problem"]
    assert client.get("/downloads").get_json() == {"downloads": []}
