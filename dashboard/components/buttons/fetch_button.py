"""The button that downloads the whole files of some recordings (assets/downloads)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from dash import html

from dashboard.components.chips import counted
from data_layer.project_cache.cache import Kind, VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind, as_ids
from data_layer.project_cache.protocol import Cache
from data_layer.values.sizes import in_bytes

TITLE = "Download whole files to this machine. Without them the recordings are streamed."


def can_fetch(cache: Cache) -> TypeGuard[VisualBehaviorOphysProjectCache]:
    """Whether whole files can be downloaded: there is a source of them."""
    return isinstance(cache, VisualBehaviorOphysProjectCache) and cache.online is not None


def files_of(kind: Kind, id_: int, facts: Mapping[Any, Any]) -> tuple[FileKind, list[int]]:
    """The kind and ids of a recording's files; an imaging session has one a plane.

    ``facts`` are the values of its row in the tables.
    """
    if kind == "session":
        return "experiment", as_ids(facts.get("ophys_experiment_id"))
    return kind, [id_]


def fetch_button(cache: Cache, kind: FileKind, ids: Iterable[int]) -> list[html.Button | html.Span]:
    """A button for those of some files that are not here; none where nothing can be fetched.

    Its text has their number and size, as far as that is known without asking object storage. A
    sentence stands beside it, or in its place, where the store does not have all of them.
    """
    if not can_fetch(cache):
        return []
    wanted, lacking = set(ids), cache.lacking(kind)
    missing = elsewhere(cache, kind, wanted)
    told = _not_stored(len(wanted & lacking))
    if not missing:
        return told
    text = "Download the file" if len(missing) == 1 else f"Download {counted(len(missing), 'file')}"
    size = size_of([cache.size_of(kind, id_) for id_ in missing])
    asked = {"data-fetch": kind, "data-ids": ",".join(map(str, missing))}
    return [html.Button(text + size, className="quiet-button fetch", title=TITLE, **asked), *told]


def elsewhere(cache: Cache, kind: FileKind, ids: Iterable[int]) -> list[int]:
    """Those of some files that are not on this machine, but can be had."""
    return sorted((set(ids) & cache.available(kind)) - cache.here(kind))


def size_of(sizes: Sequence[int | None]) -> str:
    """The size of some files in brackets, or what is known of it."""
    known = [size for size in sizes if size is not None]
    if not known:
        return " (size unknown)"
    least = "" if len(known) == len(sizes) else "at least "
    return f" ({least}{in_bytes(sum(known))})"


def _not_stored(n: int) -> list[html.Button | html.Span]:
    if not n:
        return []
    text = f"{counted(n, 'file')} not in the store"
    title = "The tables list them, but object storage does not have them, so they stay away."
    return [html.Span(text, className="not-stored", title=title)]
