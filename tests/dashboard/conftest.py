"""What tests of the routes share."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings


@pytest.fixture(scope="module")
def client(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: pytest.TempPathFactory
) -> FlaskClient:
    """A client of an app over the small release, which prepares nothing."""
    settings = Settings(work_dir=tmp_path_factory.mktemp("work"), prepare=0)
    return create_app(small_cache, settings).server.test_client()
