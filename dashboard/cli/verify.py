"""The command ``vbdash verify``: compares files with the hashes in the release's manifest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from dashboard.cli.session_paths import session_paths
from data_layer.errors import ManifestMissing
from data_layer.prepared.file_hash import FileHashes
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.manifest import Manifest, find_manifest
from data_layer.project_cache.verification import Result, Verified, listed_here, verify

COUNTED: dict[Result, str] = {
    "equal": "equal",
    "differs": "different",
    "missing": "missing",
    "no hash": "without a hash in the manifest",
    "unreadable": "unreadable",
}


def verify_files(cache_dir: Path, ids: Sequence[int], hashes: FileHashes) -> bool:
    """Verify the files of ``ids``, or every file of the release on this machine and its tables.

    Prints a line per file that is not as the manifest says, then a summary; progress goes to
    stderr. Ctrl-C ends with the summary of the files read until then. Results are stored in
    ``hashes``. Returns whether all files are equal.

    Raises:
        ProjectCacheError: There is no manifest, or for ``ids`` the tables cannot be read.
    """
    manifest = _manifest(cache_dir)
    problems: list[str] = []
    paths = _paths(cache_dir, ids, problems) if ids else listed_here(manifest)
    for problem in problems:
        tqdm.write(problem, file=sys.stdout)
    results: Counter[Result] = Counter()
    try:
        for verified in _verified(paths, manifest, hashes):
            results[verified.result] += 1
    finally:
        tqdm.write(_summary(results, len(paths)), file=sys.stdout)
    return not problems and results.total() == results["equal"]


def _manifest(cache_dir: Path) -> Manifest:
    folder = cache_dir.expanduser().resolve()
    manifest = find_manifest(folder)
    if manifest is None:
        problem = "holds no manifest, so that there are no hashes to compare with"
        advice = "Let AllenSDK download the manifest of the release, or use its cache directory"
        raise ManifestMissing(folder, problem, advice)
    return manifest


def _paths(cache_dir: Path, ids: Sequence[int], problems: list[str]) -> list[Path]:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(cache_dir)
    return sorted({found.path for found in session_paths(cache, ids, problems)})


def _verified(paths: Sequence[Path], manifest: Manifest, hashes: FileHashes) -> Iterator[Verified]:
    total = sum(path.stat().st_size for path in paths if path.is_file())
    with tqdm(
        desc="Verifying files", total=total, unit="B", unit_scale=True, dynamic_ncols=True
    ) as bar:
        for path in paths:
            bar.set_postfix_str(path.name, refresh=False)
            verified = verify(path, manifest, hashes, bar.update)
            if verified.result != "equal":
                bar.write(str(verified), file=sys.stdout)
            yield verified


def _summary(results: Counter[Result], total: int) -> str:
    shown = {one: word for one, word in COUNTED.items() if results[one] or one == "equal"}
    counts = ", ".join(f"{results[one]:,} {word}" for one, word in shown.items())
    return f"{results.total():,} of {total:,} files verified: {counts}."
