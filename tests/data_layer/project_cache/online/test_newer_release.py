"""A newer release: it is told once it was listed, and used when that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_layer.errors import BadSetting
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.errors import UnknownManifest
from data_layer.settings import Settings
from tests.support.object_store import Fault, ObjectStore
from tests.support.uploaded_release import add_release


def opened(folder: Path, release: str = "") -> Cache:
    return Cache.of_settings(Settings.from_environment(cache_dir=folder, release=release))


def test_a_newer_release_is_told_once_the_releases_were_listed(
    store: ObjectStore, folder: Path
) -> None:
    opened(folder)
    add_release(store, "1.2.0")
    add_release(store, "1.10.0")
    add_release(store, "2.0.0")  # which cannot be used
    cache = opened(folder)
    assert cache.manifest
    assert cache.manifest.version == "1.1.0", "what was used last is shown"
    assert cache.newer_release == ""
    cache.list_manifest_file_names()
    assert cache.newer_release == "1.10.0"
    cache.load_release("latest")
    assert cache.manifest.version == "1.10.0"
    assert cache.newer_release == ""


def test_a_release_can_be_chosen_and_is_the_last_used_one_from_then_on(
    store: ObjectStore, folder: Path
) -> None:
    add_release(store, "1.2.0")
    for release, shown in [("1.1.0", "1.1.0"), ("", "1.1.0"), ("latest", "1.2.0"), ("", "1.2.0")]:
        manifest = opened(folder, release).manifest
        assert manifest
        assert manifest.version == shown
    local = Cache.from_local_cache(folder)
    local.load_release("1.1.0")
    assert local.manifest
    assert local.manifest.version == "1.1.0"
    assert local.newer_release == "1.2.0", "it is on this machine"


@pytest.mark.fault
def test_a_release_that_there_is_not_is_told_with_those_that_there_are(
    store: ObjectStore, folder: Path
) -> None:
    with pytest.raises(UnknownManifest, match=r"no manifest of release 1\.7\.0.*v1\.1\.0\.json"):
        opened(folder, "1.7.0")
    with pytest.raises(BadSetting, match="--release is 'newest', not a release such as"):
        opened(folder, "newest")


@pytest.mark.fault
def test_offline_the_latest_release_is_the_latest_here(store: ObjectStore, folder: Path) -> None:
    opened(folder)
    add_release(store, "1.2.0")
    store.fault = lambda asked, count: None if asked.key else Fault(status=503)
    manifest = opened(folder, "latest").manifest
    assert manifest
    assert manifest.version == "1.1.0"


@pytest.mark.fault
@pytest.mark.parametrize(("status", "away"), [(403, False), (503, True)])
def test_a_store_that_refuses_to_be_listed_is_not_away(
    store: ObjectStore, folder: Path, status: int, away: bool
) -> None:
    cache = opened(folder)
    store.fault = lambda asked, count: None if asked.key else Fault(status=status)
    cache.list_manifest_file_names()
    assert bool(cache.offline_because) is away
    assert cache.online
    assert cache.online.source.problem
    store.fault = None
    cache.list_manifest_file_names()
    assert not cache.offline_because
