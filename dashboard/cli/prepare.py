"""The command ``vbdash prepare``: prepares sessions before somebody opens them."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from dashboard.cli.session_paths import SessionPath, session_paths
from data_layer.errors import DataLayerError, FileMissing, WrongFile
from data_layer.preparing.process import PreparingProcess
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache

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
    # One entry per file: an imaged session's behaviour is in the files of its planes.
    found = {one.path: one for one in session_paths(cache, ids, problems)}
    paths = sorted(path for path, one in found.items() if _is_its_own(cache, one, problems))
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


def _is_its_own(
    cache: VisualBehaviorOphysProjectCache, session: SessionPath, problems: list[str]
) -> bool:
    """Whether a file holds the session of its id; another's is a problem, and is not prepared.

    Whether a file is damaged is found out when it is prepared.
    """
    try:
        if session.kind == "experiment":
            cache.get_behavior_ophys_experiment(session.id).close()
        else:
            cache.get_behavior_session(session.id).close()
    except WrongFile as error:
        problems.append(str(error))
        return False
    except DataLayerError:
        pass
    return True


def _is_prepared(shelf: Shelf, path: Path) -> bool:
    try:
        return shelf.look_up(path).store is not None
    except FileMissing:
        return False
