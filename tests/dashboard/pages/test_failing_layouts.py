"""Pages whose layout fails, and addresses that no page has: a sentence in the usual frame."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.arguments.refusals import UNFORESEEN
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings

pytestmark = pytest.mark.fault
PATHS = {
    "dashboard.pages.explore.layout": "/",
    "dashboard.pages.session.session_page": "/experiment/1",
    "dashboard.pages.mouse.mouse_page": "/mouse/1",
    "dashboard.pages.container.container_page": "/container/1",
    "dashboard.pages.cell.cell_page": "/cell/1",
    "dashboard.pages.compare.compare_page": "/compare",
    "dashboard.pages.quality.layout": "/qc",
    "dashboard.pages.notes.layout": "/notes",
}


def failing(*_arguments: str, **_query: str) -> Any:
    raise ZeroDivisionError("planted")


@pytest.fixture
def fresh_client(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path
) -> Callable[[], FlaskClient]:
    """Makes an app, once the test has planted its fault, and returns a client of it."""
    settings = Settings(work_dir=tmp_path, prepare=0)
    return lambda: create_app(small_cache, settings).server.test_client()


def page_at(client: FlaskClient, path: str) -> str:
    """The content that the browser is sent for a path."""
    asked = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = client.post("/_dash-update-component", json=asked)
    assert answer.status_code == 200
    return json.dumps(answer.get_json()["response"]["_pages_content"])


@pytest.mark.parametrize(("layout", "path"), PATHS.items())
def test_a_layout_that_fails_is_told_on_its_page_and_in_the_log(
    layout: str,
    path: str,
    fresh_client: Callable[[], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(layout, failing)
    client = fresh_client()
    with caplog.at_level(logging.ERROR):
        content = page_at(client, path)
    assert UNFORESEEN in content
    assert '"data-state": "error"' in content
    assert "panel-page" in content
    assert "ZeroDivisionError: planted" in caplog.text


@pytest.mark.parametrize("path", ["/nowhere", "/experiment/one", "/cell/x", "/container/x", "/a/b"])
def test_an_address_without_a_page_is_told_on_a_page(
    path: str, fresh_client: Callable[[], FlaskClient]
) -> None:
    content = page_at(fresh_client(), path)
    assert '"data-state": "error"' in content
    assert "Back to Explore" in content
    assert "not_found_404" in dash.page_registry
