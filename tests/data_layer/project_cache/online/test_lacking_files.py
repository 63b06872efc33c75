"""Files that the tables list and object storage does not have, as in a mirror of a part."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_layer.errors import RemoteError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.errors import NotInStore
from data_layer.project_cache.online import sizes
from data_layer.remote.streamed import streamed_files
from data_layer.settings import Settings
from tests.data_layer.project_cache.online.conftest import fill
from tests.support.object_store import Fault, ObjectStore, object_store


def streaming(folder: Path) -> Cache:
    cache = Cache.from_s3_cache(folder)
    cache.stream_with(streamed_files(Settings.from_environment(work_dir=folder / "work")))
    return cache


@pytest.mark.fault
def test_files_that_a_complete_listing_lacks_cannot_be_streamed_until_they_are_there(
    store: ObjectStore, folder: Path, small_cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = streaming(folder)
    there, all_of = (
        small_cache.here("experiment"),
        frozenset(small_cache.get_ophys_experiment_table().index),
    )
    assert cache.available("experiment") == all_of
    assert not cache.lacking("experiment")
    store.keys_a_page = 3
    cache.list_sizes()
    assert cache.available("experiment") == there
    assert cache.lacking("experiment") == all_of - there
    assert cache.available("session") == small_cache.here("session")
    lost = min(all_of - there)
    with pytest.raises(NotInStore, match=f"does not have the NWB file of .* {lost}, which"):
        cache.fetch("experiment", lost)
    fill(store, folder)
    cache.list_sizes()
    assert cache.lacking("experiment"), "it was listed a moment ago"
    monkeypatch.setattr(sizes, "AGAIN_AFTER", 0.0)
    cache.list_sizes()
    assert not cache.lacking("experiment")
    assert cache.available("experiment") == all_of


@pytest.mark.fault
@pytest.mark.parametrize("status", [403, 503])
def test_a_store_that_does_not_let_itself_be_listed_lacks_nothing(
    store: ObjectStore, folder: Path, status: int
) -> None:
    cache = streaming(folder)
    before = cache.available("experiment")
    store.keys_a_page = 3
    listings = iter([None])  # the first page is sent, those after it are not
    store.fault = lambda asked, _: next(listings, Fault(status=status)) if not asked.key else None
    with pytest.raises(RemoteError):
        cache.list_sizes()
    assert cache.available("experiment") == before
    assert not cache.lacking("experiment")


@pytest.mark.fault
def test_the_listing_of_another_mirror_tells_nothing(store: ObjectStore, folder: Path) -> None:
    streaming(folder).list_sizes()
    with object_store(store.objects.bucket) as other:
        other.objects.put("visual-behavior-ophys/about.txt", b"of something else")
        cache = Cache.from_s3_cache(folder, endpoint=other.url)
        cache.stream_with(streamed_files(Settings(work_dir=folder / "work", s3_endpoint=other.url)))
        cache.list_sizes()
        assert other.asked
        assert not cache.lacking("experiment")
