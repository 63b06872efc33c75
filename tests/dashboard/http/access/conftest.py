"""Servers over the small release with settings about who is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.app import create_app
from dashboard.http.access.passwords import write_password
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings

PASSWORD = "correct horse"
Visit = Callable[..., FlaskClient]


class Visitor(FlaskClient):
    """A client that reads each answer to its end, so that files are closed."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True} | kwargs)


@pytest.fixture
def visit(small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path) -> Visit:
    """``visit(host="0.0.0.0", …)``: a client of a server with these settings."""

    def visit(**settings: Any) -> FlaskClient:
        given = {"work_dir": tmp_path / "work", "prepare": 0} | settings
        app = create_app(small_cache, Settings(**given))
        dash.page_registry.clear()
        app.server.test_client_class = Visitor
        return app.server.test_client()

    return visit


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """A file with the hash of ``PASSWORD``."""
    path = tmp_path / "password"
    write_password(path, PASSWORD)
    return path
