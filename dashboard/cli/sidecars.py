"""The command ``vbdash sidecars``: makes what lets a release's files open without a request."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, get_args

from tqdm import tqdm

from data_layer.errors import DataLayerError
from data_layer.nwb.sidecars import make_sidecar
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind
from data_layer.remote.bucket import Bucket
from data_layer.remote.streamed import StreamedFiles, streamed_files
from data_layer.settings import Settings

AT_ONCE = 4
JOURNAL = "sidecars.jsonl"
BAR = "{desc}: {percentage:3.0f} %|{bar}| {n} of {total} files, {elapsed} of about {remaining}"


class Made(NamedTuple):
    """What became of one file; ``problem`` is a sentence, or empty."""

    path: Path
    is_new: bool
    problem: str = ""


def make_sidecars(settings: Settings, ids: Sequence[int], into: str = "") -> list[str]:
    """Make the sidecars of ``ids``, or of all files of the release if ``ids`` is empty.

    Those that are there are left as they are, so an interrupted run goes on where it was. A file
    that is on this machine is read here, any other from object storage. ``sidecars.jsonl`` in the
    work directory gets a line for each file.

    Returns:
        One sentence for each problem.

    Raises:
        DataLayerError: The release cannot be read.
    """
    cache = VisualBehaviorOphysProjectCache.from_s3_cache(
        settings.project_cache_dir, settings.bucket, settings.project, endpoint=settings.s3_endpoint
    )
    problems: list[str] = []
    paths = list(dict.fromkeys(_paths(cache, ids, settings, into, problems)))
    journal, lock = settings.work_dir / JOURNAL, threading.Lock()

    def make(path: Path) -> Made:
        made = sidecar_of(path)
        with lock, journal.open("a", encoding="utf-8") as file:
            facts = {"file": path.name, "new": made.is_new, "problem": made.problem}
            file.write(json.dumps(facts) + "\n")
        return made

    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = tqdm(
            pool.map(make, paths), desc="Making sidecars", total=len(paths), bar_format=BAR
        )
        return problems + [made.problem for made in running if made.problem]


def sidecar_of(path: Path) -> Made:
    """Make the sidecar of one streamed file; a fault becomes a sentence."""
    try:
        return Made(path, make_sidecar(path))
    except DataLayerError as error:
        return Made(path, False, str(error))
    except OSError as error:
        return Made(path, False, f"The sidecar of {path.name} cannot be written: {error}.")


def _paths(
    cache: VisualBehaviorOphysProjectCache,
    ids: Sequence[int],
    settings: Settings,
    into: str,
    problems: list[str],
) -> Iterator[Path]:
    """The streamed file of each id; reading one that is here costs no request."""
    for kind, id_ in _wanted(cache, ids):
        try:
            place = cache.place_of(kind, id_)
        except DataLayerError as error:
            problems.append(str(error))
            continue
        found = cache.manifest.objects.get(place) if cache.manifest and place else None
        if found is None or place is None:
            problems.append(f"The manifest has no file of {kind} {id_}.")
            continue
        source = Bucket(str(place), protocol="file") if place.is_file() else None
        yield _streamed(settings, source, into).path_of(found)


def _streamed(settings: Settings, source: Bucket | None, into: str) -> StreamedFiles:
    files = streamed_files(settings, source)
    places = (*files.sidecars, into) if into else files.sidecars
    return StreamedFiles(files.folder, files.bucket, places, files.limit)


def _wanted(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int]
) -> Iterator[tuple[FileKind, int]]:
    experiments = cache.get_ophys_experiment_table().index
    if ids:
        yield from (("experiment" if id_ in experiments else "behavior", id_) for id_ in ids)
        return
    tables = cache.get_ophys_experiment_table(), cache.get_behavior_session_table()
    for kind, table in zip(get_args(FileKind), tables, strict=True):
        yield from ((kind, int(id_)) for id_ in table.index)
