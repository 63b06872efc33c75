"""Builds the demo release on disk, in the layout of AllenSDK's cache directory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

from data_layer.demo.behavior.played_task import PlayedTask, play_task
from data_layer.demo.manifest import (
    behavior_path,
    experiment_path,
    release_folder,
    table_path,
    write_manifest,
)
from data_layer.demo.ophys.imaging import simulate_plane
from data_layer.demo.plan import demo_plan
from data_layer.demo.planted_truth import write_planted_truth
from data_layer.demo.recording import simulate_recording
from data_layer.demo.sessions import PlanePlan, SessionPlan
from data_layer.demo.tables import count_trials, metadata_tables
from data_layer.demo.writing.behavior import write_behavior_session
from data_layer.demo.writing.ophys import write_behavior_ophys_experiment
from data_layer.ending import half_built
from data_layer.errors import ProjectCacheError
from data_layer.project_cache.manifest import DEMO_MARKER

FORMAT_VERSION = 2  # increase it whenever the built files change

OnProgress = Callable[[str, int, int], None]
Step = tuple[str, Callable[[], None]]


def demo_folder(work_dir: Path) -> Path:
    """The folder of the demo release in a work directory."""
    return work_dir / "demo-release"


def is_built(folder: Path) -> bool:
    """Whether ``folder`` has the complete release of this version, every file at its full size."""
    try:
        marker = json.loads((folder / DEMO_MARKER).read_text())
    except (OSError, ValueError):
        return False
    return marker.get("format_version") == FORMAT_VERSION and all(
        path.is_file() and path.stat().st_size == size
        for path, size in ((folder / name, size) for name, size in marker["files"].items())
    )


def build_demo_release(
    folder: Path,
    *,
    on_progress: OnProgress | None = None,
    sessions: list[SessionPlan] | None = None,
) -> Path:
    """Build the demo release in ``folder``, unless it exists, and return the folder.

    The release is built in a temporary folder and then renamed, so that ``folder`` is never
    incomplete. An incomplete release, or one of another version, is replaced.

    Args:
        folder: the cache directory; its parents are created.
        on_progress: called with a step's name, the number of steps done and their total.
        sessions: the sessions to simulate instead of the demo's plan.

    Raises:
        ProjectCacheError: ``folder`` is not empty and is not a demo release.
    """
    if is_built(folder):
        return folder
    _refuse_foreign(folder)
    part = folder.with_name(f".{folder.name}-{uuid4().hex}")
    part.mkdir(parents=True)
    try:
        with half_built(part):
            wanted = demo_plan() if sessions is None else sessions
            _fill(part, folder, wanted, on_progress or _silent)
        if not is_built(folder):  # another process may have built it meanwhile
            shutil.rmtree(folder, ignore_errors=True)
            part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _silent(what: str, done: int, total: int) -> None:
    """Report nothing."""


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / DEMO_MARKER).is_file():
        raise ProjectCacheError(
            folder,
            "is not empty and is not a demo release",
            "Choose another folder for the demo release",
        )


def _fill(folder: Path, final: Path, sessions: list[SessionPlan], on_progress: OnProgress) -> None:
    for kind in ("project_metadata", "behavior_sessions", "behavior_ophys_experiments"):
        (release_folder(folder) / kind).mkdir(parents=True)
    steps = list(_steps(folder, final, sessions))
    for done, (what, step) in enumerate(steps, start=1):
        step()
        on_progress(what, done, len(steps))
    _write_marker(folder)


def _steps(folder: Path, final: Path, sessions: list[SessionPlan]) -> Iterator[Step]:
    for session in sessions:
        if session.on_this_machine and not session.planes:
            yield session.session_type, partial(_write_training, folder, session)
        for plane in session.planes:
            if plane.on_this_machine:
                container = plane.container
                where = f"{container.targeted_structure} {plane.imaging_depth} µm"
                what = f"{session.session_type}, {where}"
                yield what, partial(_write_experiment, folder, session, plane)
    yield "tables and manifest", partial(_write_tables, folder, final, sessions)


def _write_training(folder: Path, session: SessionPlan) -> None:
    path = release_folder(folder) / behavior_path(session.behavior_session_id)
    write_behavior_session(path, simulate_recording(session))


def _write_experiment(folder: Path, session: SessionPlan, plane: PlanePlan) -> None:
    path = release_folder(folder) / experiment_path(plane.ophys_experiment_id)
    recording = simulate_recording(session)
    write_behavior_ophys_experiment(path, recording, simulate_plane(recording, plane))


def _write_tables(folder: Path, final: Path, sessions: list[SessionPlan]) -> None:
    counts = {s.behavior_session_id: _count(play_task(s)) for s in sessions}
    tables = metadata_tables(sessions, counts)
    for name, table in tables.items():
        table.to_csv(release_folder(folder) / table_path(name), index=False)
    write_planted_truth(folder, sessions)
    write_manifest(folder, sessions, list(tables), final)


def _count(task: PlayedTask) -> dict[str, int]:
    return count_trials(task.trials, task.rewards)


def _write_marker(folder: Path) -> None:
    files = {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    marker = {"format_version": FORMAT_VERSION, "files": files}
    (folder / DEMO_MARKER).write_text(json.dumps(marker, indent=1))
