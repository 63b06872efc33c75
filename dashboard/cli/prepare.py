"""The command ``vbdash prepare``: prepares sessions before somebody opens them."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from tqdm import tqdm

from data_layer.errors import DataLayerError, FileMissing
from data_layer.preparing.process import PreparingProcess
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind

LOOK_EVERY = 0.2  # s
BAR = "{desc}: {percentage:3.0f} %|{bar}| {n:.1f} of {total} files, {elapsed}"


def prepare_sessions(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int], shelf: Shelf
) -> list[str]:
    """Prepare the files of ``ids``, or of all sessions on this machine if ``ids`` is empty.

    One process per core runs at a time. Prepared files are skipped, so an interrupted run can be
    continued. Returns one sentence per problem.
    """
    problems: list[str] = []
    paths = sorted(set(_paths(cache, ids, problems)))
    left = [path for path in paths if not _is_prepared(shelf, path)]
    there = len(paths) - len(left)
    with tqdm(desc="Preparing sessions", initial=there, total=len(paths), bar_format=BAR) as bar:
        for running, waiting in _run(left, shelf, problems):
            parts = sum(shelf.progress(process.path) or 0.0 for process in running)
            done = round(len(paths) - waiting - len(running) + parts, 2)
            # Progress must not go back: a file counts as done only when its process has ended.
            bar.update(max(done - bar.n, 0))
    return problems


def _run(
    paths: Sequence[Path], shelf: Shelf, problems: list[str]
) -> Iterator[tuple[list[PreparingProcess], int]]:
    """Run a process per file; yields the running processes and the number of waiting files."""
    waiting = deque(paths)
    running: list[PreparingProcess] = []
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                running.append(PreparingProcess(waiting.popleft(), shelf))
            time.sleep(LOOK_EVERY)
            ended = [process for process in running if process.has_ended()]
            problems += [problem for process in ended if (problem := process.problem())]
            running = [process for process in running if process not in ended]
            yield running, len(waiting)
    finally:
        for process in running:
            process.ask_to_end()
        for process in running:
            process.end()


def _is_prepared(shelf: Shelf, path: Path) -> bool:
    try:
        return shelf.look_up(path).store is not None
    except FileMissing:
        return False


def _paths(
    cache: VisualBehaviorOphysProjectCache, ids: Sequence[int], problems: list[str]
) -> Iterator[Path]:
    """The files of ``ids``, or all; for an id without a file ``problems`` gets a sentence."""
    experiments = cache.get_ophys_experiment_table().index
    wanted: list[tuple[FileKind, int]] = [
        ("experiment" if id_ in experiments else "behavior", id_) for id_ in ids
    ]
    if not ids:
        wanted = [(kind, id_) for kind in get_args(FileKind) for id_ in cache.available(kind)]
    for kind, id_ in wanted:
        try:
            yield cache.path_of(kind, id_)
        except DataLayerError as error:
            problems.append(str(error))
