"""Links to recordings beside one that is streamed say which of them can be opened too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.pages.session.neighbours import neighbour_links, row_of
from dashboard.urls import Address
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.streamed import streamed_files
from data_layer.settings import Settings
from tests.dashboard.pages.session.reading import elements, get
from tests.support.object_store import ObjectStore
from tests.support.uploaded_release import uploaded_release

NOTE = "(not on this machine)"


@pytest.fixture
def store(small_release: Path) -> Iterator[ObjectStore]:
    with uploaded_release(small_release) as store:
        yield store


@pytest.fixture
def cache(store: ObjectStore, tmp_path: Path) -> Cache:
    settings = Settings(cache_dir=tmp_path / "cache", work_dir=tmp_path, s3_endpoint=store.url)
    cache = Cache.of_settings(settings)
    cache.stream_with(streamed_files(settings))
    return cache


def links(cache: Cache, id_: int) -> dict[str, str]:
    """The titles of the links beside an experiment, by their addresses."""
    address = Address("experiment", id_)
    groups: list[Any] = neighbour_links(cache, address, row_of(cache, address))
    found = [one for group in groups for one in elements(group) if get(one, "href")]
    return {str(get(one, "href")): str(get(one, "title")) for one in found}


def test_what_can_be_streamed_is_not_told_to_be_elsewhere(cache: Cache, small_cache: Cache) -> None:
    for id_ in sorted(small_cache.here("experiment")):
        assert not [title for title in links(cache, id_).values() if NOTE in title]
    cache.list_sizes()
    told = set[str]()
    for id_ in sorted(small_cache.here("experiment")):
        titles = links(cache, id_)
        noted = {href for href, title in titles.items() if NOTE in title}
        expected = {
            Address(kind, other).path
            for kind in ("experiment", "behavior")
            for other in cache.lacking(kind)
        }
        assert noted == expected & titles.keys()
        told |= noted
    assert told, "the store lacks some of them"
