"""The command ``vbdash fetch``: downloads files of a release into its cache directory."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Never

from tqdm import tqdm

from data_layer.errors import DataLayerError, RemoteError
from data_layer.project_cache.cache import ID_NAMES, VisualBehaviorOphysProjectCache
from data_layer.project_cache.errors import NotInStore
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.metadata_tables.query import rows_of
from data_layer.project_cache.online.downloads import Downloads
from data_layer.project_cache.online.states import DownloadState
from data_layer.values.sizes import in_bytes

LOOK_EVERY = 0.2  # s
GOES_ON = "What has arrived is kept; the same command goes on with it."

Wanted = dict[Path, tuple[FileKind, int]]
"""The files to fetch, each once, by their places."""


def fetch_files(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[tuple[FileKind, int]]
) -> bool:
    """Download the files of ``ids`` that are not here; returns whether all are here afterwards.

    Prints how many there are and their size, then a sentence for each that cannot be had; progress
    goes to stderr. If it is interrupted, what has arrived is kept.
    """
    problems: list[str] = []
    _list_sizes(cache)
    wanted = _places(cache, ids, problems)
    left = {place: one for place, one in wanted.items() if not place.is_file()}
    _tell(_summary(cache, len(wanted), left))
    problems += _download(cache, left)
    for problem in problems:
        _tell(problem)
    return not problems


def matching(
    cache: VisualBehaviorOphysProjectCache, query: str, kind: FileKind
) -> list[tuple[FileKind, int]]:
    """The ids of the rows of a kind's table that a query finds.

    Raises:
        BadQuery: The query cannot be answered.
    """
    imaging = kind == "experiment"
    table = cache.get_ophys_experiment_table() if imaging else cache.get_behavior_session_table()
    return [(kind, int(id_)) for id_ in rows_of(table, query).index]


def _places(
    cache: VisualBehaviorOphysProjectCache,
    ids: Sequence[tuple[FileKind, int]],
    problems: list[str],
) -> Wanted:
    wanted: Wanted = {}
    for kind, id_ in ids:
        try:
            place = cache.place_of(kind, id_)
        except DataLayerError as error:
            problems.append(str(error))
            continue
        if place is None:
            problems.append(f"The release has no file of {id_}.")
        elif id_ in cache.lacking(kind) and cache.online:
            where = str(cache.online.source.bucket)
            problems.append(str(NotInStore(where, ID_NAMES[kind], str(id_))))
        else:
            wanted.setdefault(place, (kind, id_))
    return wanted


def _list_sizes(cache: VisualBehaviorOphysProjectCache) -> None:
    try:
        cache.list_sizes()
    except RemoteError as error:
        _tell(f"The sizes of the files are not known: {error}")


def _summary(cache: VisualBehaviorOphysProjectCache, n_files: int, left: Wanted) -> str:
    sizes = [cache.size_of(*one) for one in left.values()]
    size = in_bytes(sum(size or 0 for size in sizes)) if None not in sizes else "of unknown size"
    return f"{n_files:,} files: {n_files - len(left):,} here, {len(left):,} to download ({size})."


def _download(cache: VisualBehaviorOphysProjectCache, left: Wanted) -> Iterator[str]:
    """Download the files, with a bar of all of them; yields a sentence for each that failed."""
    if not left:
        return
    downloads = Downloads(cache)
    try:
        for kind, id_ in left.values():
            downloads.start(kind, [id_])
        with tqdm(desc="Downloading", unit="B", unit_scale=True, dynamic_ncols=True) as bar:
            while not downloads.wait(LOOK_EVERY):
                _show(bar, downloads.states())
            _show(bar, downloads.states())
    except KeyboardInterrupt:
        _tell(GOES_ON)
        raise
    finally:
        downloads.close()
    failed = [state for state in downloads.states() if state.stage == "failed"]
    yield from (f"{state.id}: {state.sentence}" for state in failed)


def _show(bar: tqdm[Never], states: Sequence[DownloadState]) -> None:
    bar.total = sum(state.total or 0 for state in states)
    ended = sum(state.has_ended for state in states)
    bar.set_postfix_str(f"{ended} of {len(states)} files", refresh=False)
    # what arrived before is no speed of this run
    if bar.n == 0:
        bar.initial = bar.last_print_n = bar.n = sum(state.bytes for state in states)
    bar.update(sum(state.bytes for state in states) - bar.n)


def _tell(sentence: str) -> None:
    tqdm.write(sentence, file=sys.stdout)
