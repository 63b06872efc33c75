"""The command ``vbdash verify``: compares files with the hashes in the release's manifest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from dashboard.cli.batches import Engine
from dashboard.cli.session_paths import session_paths
from data_layer.batch.report import Report
from data_layer.batch.run import Batch
from data_layer.batch.task import Item
from data_layer.batch.verifying import verify_task
from data_layer.errors import ManifestMissing
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.manifest import Manifest, find_manifest
from data_layer.project_cache.verification import listed_here

COUNTED = {
    "equal": "equal",
    "differs": "different",
    "missing": "missing",
    "no hash": "without a hash in the manifest",
    "unreadable": "unreadable",
}


def verify_files(cache_dir: Path, ids: Sequence[int], shelf: Shelf, engine: Engine) -> bool:
    """Verify the files of ``ids``, or every file of the release on this machine and its tables.

    At the end, or at Ctrl-C, prints a line per file that is not as the manifest says, then a
    summary; progress goes to stderr. Results are stored in the hashes of ``shelf``. Returns
    whether all files are equal.

    Raises:
        ProjectCacheError: There is no manifest, or for ``ids`` the tables cannot be read.
        NoCluster: The scheduler cannot be used.
    """
    manifest, report = _manifest(cache_dir), Report()
    items = _items(cache_dir, ids, manifest, report.without_file)
    items = engine.shard.of(items) if engine.shard.total > 1 else items
    try:
        engine.run(
            Batch(verify_task(shelf.hashes), items, shelf.journals), "Verifying files", report
        )
    finally:
        ordered = report.in_order(items)
        problems = [outcome.problem for outcome in ordered if outcome.problem]
        for line in [*report.without_file, *problems, _summary(report, len(items))]:
            tqdm.write(line, file=sys.stdout)
    return not report.without_file and not problems and len(ordered) == len(items)


def _manifest(cache_dir: Path) -> Manifest:
    folder = cache_dir.expanduser().resolve()
    manifest = find_manifest(folder)
    if manifest is None:
        problem = "holds no manifest, so that there are no hashes to compare with"
        advice = "Let AllenSDK download the manifest of the release, or use its cache directory"
        raise ManifestMissing(folder, problem, advice)
    return manifest


def _items(
    cache_dir: Path, ids: Sequence[int], manifest: Manifest, problems: list[str]
) -> list[Item]:
    paths = _paths(cache_dir, ids, problems) if ids else listed_here(manifest)
    return [Item("file", path.stem, str(path), manifest.hash_of(path) or "") for path in paths]


def _paths(cache_dir: Path, ids: Sequence[int], problems: list[str]) -> list[Path]:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(cache_dir)
    return sorted({Path(item.path) for item in session_paths(cache, ids, problems)})


def _summary(report: Report, total: int) -> str:
    words = (one.result or one.reason for one in report.outcomes)
    counts = Counter(COUNTED.get(word, "failed") for word in words)
    told = [word for word in (*COUNTED.values(), "failed") if counts[word] or word == "equal"]
    counted = ", ".join(f"{counts[word]:,} {word}" for word in told)
    return f"{counts.total():,} of {total:,} files verified: {counted}."
