"""Finds the files of the ids that a user names on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from data_layer.batch.task import Item
from data_layer.errors import DataLayerError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind


def session_paths(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int], problems: list[str]
) -> list[Item]:
    """The files of ``ids``, or of all sessions that can be opened if ``ids`` is empty.

    Each file stands there once: an imaged session's behaviour is in the files of its planes. For
    an id without a file ``problems`` gets a sentence.
    """
    found: dict[str, Item] = {}
    for kind, id_ in _wanted(cache, ids):
        try:
            item = Item(kind, id_, str(cache.path_of(kind, id_)))
            found.setdefault(item.path, item)
        except DataLayerError as error:
            problems.append(str(error))
    return list(found.values())


def _wanted(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int]
) -> Iterator[tuple[FileKind, int]]:
    if not ids:
        for kind in get_args(FileKind):
            yield from ((kind, id_) for id_ in sorted(cache.available(kind)))
        return
    experiments = cache.get_ophys_experiment_table().index
    for id_ in ids:
        yield "experiment" if id_ in experiments else "behavior", id_
