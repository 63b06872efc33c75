"""The small release as it lies in object storage, and an empty cache directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.object_store import ObjectStore
from tests.support.uploaded_release import uploaded_release


@pytest.fixture
def store(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """The store, named as the endpoint in the environment."""
    with uploaded_release(small_release) as store:
        monkeypatch.setenv("VBDASH_S3_ENDPOINT", store.url)
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache directory that does not exist yet."""
    return tmp_path / "cache"
