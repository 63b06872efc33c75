"""The command ``vbdash prepare``: prepares sessions before somebody opens them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.cli.batches import HERE, Engine
from dashboard.cli.session_paths import session_paths
from data_layer.batch.preparing import prepare_task
from data_layer.batch.report import Report
from data_layer.batch.run import Batch
from data_layer.batch.task import Item
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.remote.streamed import StreamedFiles

DROPPED = (
    "{n:,} of the prepared files were removed again, because all of them take more than "
    "{limit:,} GB in {folder}. Raise --store-limit and start this command again."
)


def prepare_sessions(
    cache: VisualBehaviorOphysProjectCache,
    ids: Sequence[int],
    shelf: Shelf,
    engine: Engine = HERE,
    streamed: StreamedFiles | None = None,
) -> Report:
    """Prepare the files of ``ids``, or of all sessions if ``ids`` is empty.

    All sessions are those on this machine, or, with ``streamed``, those of the release.

    Prepared files are skipped, so that an interrupted run can be continued, on whatever engine.
    At the end the summaries of all files become one table.

    Raises:
        NoCluster: The scheduler cannot be used.
        BadSetting: The report cannot be written.
    """
    report = Report()
    items = engine.shard.of(session_paths(cache, ids, report.without_file, streamed))
    try:
        engine.run(Batch(prepare_task(shelf), items, shelf.journals), "Preparing sessions", report)
    finally:
        shelf.gather_summaries()
    report.without_file += _dropped(report, shelf)
    return report


def _dropped(report: Report, shelf: Shelf) -> list[str]:
    """A sentence if the folder has not had room for all that was prepared."""
    prepared = [one.item for one in report.outcomes if one.state != "failed"]
    n = sum(not _stands(shelf, item) for item in prepared)
    folder, limit = shelf.folder, shelf.limit / 1e9
    return [DROPPED.format(n=n, limit=limit, folder=folder)] if n else []


def _stands(shelf: Shelf, item: Item) -> bool:
    return shelf.store_path(Path(item.path)).is_dir()
