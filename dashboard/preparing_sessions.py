"""``vbdash prepare``: prepares sessions for fast viewing before anybody opens them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tqdm import tqdm

from data_layer.errors import DataLayerError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.store.prepare import prepare
from data_layer.store.shelf import Shelf


def prepare_sessions(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int], shelf: Shelf
) -> list[str]:
    """Prepare the files of ``ids``, or of all sessions on this machine where there are none.

    Files that are prepared already cost nothing, so an interrupted run goes on where it ended.
    Returns a sentence for every file that could not be prepared.
    """
    paths = sorted(set(_paths(cache, ids)))
    workers = min(len(paths), os.cpu_count() or 1)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(workers, 1), mp_context=spawn) as pool:
        jobs = [pool.submit(_prepare, path, shelf) for path in paths]
        done = tqdm(as_completed(jobs), total=len(jobs), desc="Preparing sessions")
        return [problem for job in done if (problem := job.result())]


def _paths(cache: VisualBehaviorOphysProjectCache, ids: Sequence[int]) -> Iterator[Path]:
    experiments = cache.get_ophys_experiment_table().index
    if not ids:
        for id_ in cache.available("experiment"):
            yield cache.path_of("experiment", id_)
        for id_ in cache.available("behavior"):
            yield cache.path_of("behavior", id_)
    for id_ in ids:
        yield cache.path_of("experiment" if id_ in experiments else "behavior", id_)


def _prepare(path: Path, shelf: Shelf) -> str | None:
    try:
        prepare(path, shelf, lambda *_: None)
    except (DataLayerError, OSError) as error:
        return str(error)
    return None
