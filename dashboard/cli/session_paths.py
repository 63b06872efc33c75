"""Finds the files of the ids that a user names on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import get_args

from data_layer.batch.streaming import streamed_item
from data_layer.batch.task import Item
from data_layer.errors import DataLayerError, RemoteError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind
from data_layer.remote.streamed import StreamedFiles


def session_paths(
    cache: VisualBehaviorOphysProjectCache,
    ids: Sequence[int],
    problems: list[str],
    streamed: StreamedFiles | None = None,
) -> list[Item]:
    """The files of ``ids``, or of all sessions if ``ids`` is empty.

    All sessions are those with a file on this machine, or, with ``streamed``, those of the
    release. Each file stands there once: an imaged session's behaviour is in the files of its
    planes. For an id without a file ``problems`` gets a sentence.
    """
    found: dict[str, Item] = {}
    for kind, id_ in wanted(cache, ids, problems, of_release=streamed is not None):
        try:
            item = _item(cache, kind, id_, streamed)
            found.setdefault(item.path, item)
        except DataLayerError as error:
            problems.append(str(error))
    return list(found.values())


def wanted(
    cache: VisualBehaviorOphysProjectCache,
    ids: Sequence[int],
    problems: list[str],
    *,
    of_release: bool,
) -> Iterator[tuple[FileKind, int]]:
    """The kind of each id; without ids, every session here or of the whole release.

    Of the release, those that the store does not have are left out, with a sentence in
    ``problems``.
    """
    if ids:
        yield from with_kinds(cache, ids)
        return
    tables = cache.get_ophys_experiment_table().index, cache.get_behavior_session_table().index
    if of_release:
        problems += _lacking(cache)
    for kind, listed in zip(get_args(FileKind), tables, strict=True):
        found = set(map(int, listed)) - cache.lacking(kind) if of_release else cache.here(kind)
        yield from ((kind, id_) for id_ in sorted(found))


def _lacking(cache: VisualBehaviorOphysProjectCache) -> Iterator[str]:
    """A sentence if a complete listing of the store lacks files that the tables list."""
    with suppress(RemoteError):  # each file says so for itself
        cache.list_sizes()
    counts = [len(cache.lacking(kind)) for kind in get_args(FileKind)]
    if any(counts) and cache.online:
        what = "{:,} experiments and {:,} behaviour sessions".format(*counts)
        where = cache.online.source.bucket
        yield f"{where} lacks the files of {what} that the tables list; they are left out."


def with_kinds(
    cache: VisualBehaviorOphysProjectCache, ids: Iterable[int]
) -> Iterator[tuple[FileKind, int]]:
    """Each id with what it is of; an imaging session's stands for all of its planes."""
    experiments = cache.get_ophys_experiment_table()
    for id_ in ids:
        planes = experiments.index[(experiments["ophys_session_id"] == id_).fillna(False)]
        if id_ in experiments.index or planes.empty:
            yield "experiment" if id_ in experiments.index else "behavior", id_
        else:
            yield from (("experiment", int(plane)) for plane in planes)


def _item(
    cache: VisualBehaviorOphysProjectCache,
    kind: FileKind,
    id_: int,
    streamed: StreamedFiles | None,
) -> Item:
    place = cache.place_of(kind, id_)
    manifest = cache.manifest
    if streamed and manifest and place in manifest.objects and not place.is_file():
        return streamed_item(kind, id_, streamed, manifest.objects[place])
    return Item(kind, id_, str(cache.path_of(kind, id_)))
