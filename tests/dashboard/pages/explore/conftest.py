"""A small release with one plane's file on this machine, and a dashboard over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.data_layer.project_cache.releases import place_of, write_release


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The release's folder; of its files, experiment 102's is there."""
    root = write_release(tmp_path / "cache")
    place_of(root, "experiment", 102).touch()
    return root


@pytest.fixture
def cache(release: Path) -> VisualBehaviorOphysProjectCache:
    return VisualBehaviorOphysProjectCache.from_local_cache(release.parent)


@pytest.fixture
def client(cache: VisualBehaviorOphysProjectCache, tmp_path: Path) -> Iterator[FlaskClient]:
    app = create_app(cache, Settings(work_dir=tmp_path / "work"))
    yield app.server.test_client()
    dash.page_registry.clear()
