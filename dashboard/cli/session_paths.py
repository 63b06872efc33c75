"""Finds the files of the ids that a user names on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from data_layer.errors import DataLayerError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind


class SessionPath(NamedTuple):
    """The NWB file of an ``ophys_experiment_id`` or a ``behavior_session_id``."""

    kind: FileKind
    id: int
    path: Path


def session_paths(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int], problems: list[str]
) -> Iterator[SessionPath]:
    """The files of ``ids``, or of all sessions on this machine if ``ids`` is empty.

    For an id without a file ``problems`` gets a sentence.
    """
    experiments = cache.get_ophys_experiment_table().index
    wanted: list[tuple[FileKind, int]] = [
        ("experiment" if id_ in experiments else "behavior", id_) for id_ in ids
    ]
    if not ids:
        wanted = [(kind, id_) for kind in get_args(FileKind) for id_ in cache.available(kind)]
    for kind, id_ in wanted:
        try:
            yield SessionPath(kind, id_, cache.path_of(kind, id_))
        except DataLayerError as error:
            problems.append(str(error))
