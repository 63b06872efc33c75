"""Links to recordings beside one that is streamed say which of them can be opened too."""

from __future__ import annotations

from typing import Any

from dashboard.pages.session.neighbours import neighbour_links, row_of
from dashboard.urls import Address
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.dashboard.pages.session.reading import elements, get

NOTE = "(not on this machine)"


def links(cache: Cache, id_: int) -> dict[str, str]:
    """The titles of the links beside an experiment, by their addresses."""
    address = Address("experiment", id_)
    groups: list[Any] = neighbour_links(cache, address, row_of(cache, address))
    found = [one for group in groups for one in elements(group) if get(one, "href")]
    return {str(get(one, "href")): str(get(one, "title")) for one in found}


def test_what_can_be_streamed_is_not_told_to_be_elsewhere(
    streaming: Cache, small_cache: Cache
) -> None:
    for id_ in sorted(small_cache.here("experiment")):
        assert not [title for title in links(streaming, id_).values() if NOTE in title]
    streaming.list_sizes()
    told = set[str]()
    for id_ in sorted(small_cache.here("experiment")):
        titles = links(streaming, id_)
        noted = {href for href, title in titles.items() if NOTE in title}
        expected = {
            Address(kind, other).path
            for kind in ("experiment", "behavior")
            for other in streaming.lacking(kind)
        }
        assert noted == expected & titles.keys()
        told |= noted
    assert told, "the store lacks some of them"
