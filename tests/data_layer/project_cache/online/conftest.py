"""The small release as it lies in object storage, and an empty cache directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
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


def fill(store: ObjectStore, folder: Path) -> None:
    """Put an object for every file of the manifest into the store that is not there."""
    manifest = Cache.from_s3_cache(folder).manifest
    assert manifest is not None
    for stored in manifest.objects.values():
        if stored.key not in store.objects.versions:
            store.objects.put(stored.key, b"never read", stored.version_id)


@pytest.fixture
def complete(store: ObjectStore, folder: Path) -> None:
    """The store has an object for every file of the manifest."""
    fill(store, folder)
