"""Streamed recordings on pages of many: read only when asked for, a part of each file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dash import html

from dashboard.components.buttons.fetch_button import elsewhere
from dashboard.components.chips import counted
from dashboard.urls.templates import with_query
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.protocol import Cache
from data_layer.values.sizes import in_bytes

YES = "yes"
NOT_HERE, NOT_LOADED = "not on this machine", "not loaded: it can be streamed"
TITLE = (
    "Read what this page shows of the recordings that are not on this machine from object storage: "
    "a part of each file."
)


def readable(cache: Cache, *, streamed: bool) -> frozenset[int]:
    """The experiments that a page of many reads: those here, and streamed ones if asked."""
    return cache.available("experiment") if streamed else cache.here("experiment")


def stream_link(cache: Cache, ids: Collection[int], path: str, *, streamed: bool) -> list[Any]:
    """A link that shows the experiments that can be streamed too; none where there is none.

    Args:
        cache: the project cache.
        ids: the experiments of the page.
        path: the page's path.
        streamed: whether the page shows them already.
    """
    missing = elsewhere(cache, "experiment", ids)
    if streamed or not missing:
        return []
    text = f"Stream {counted(len(missing), 'day')}{_size(cache, missing)}"
    href = with_query(path, f"streamed={YES}")
    return [html.A(text, href=href, className="quiet-button", title=TITLE)]


def _size(cache: Cache, ids: list[int]) -> str:
    if not isinstance(cache, VisualBehaviorOphysProjectCache):
        return ""
    sizes = [cache.size_of("experiment", id_) for id_ in ids]
    known = [size for size in sizes if size is not None]
    return f" (a part of {in_bytes(sum(known))})" if len(known) == len(sizes) else ""
