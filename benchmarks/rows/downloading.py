"""Downloading: one file from a store on this machine that answers after 30 ms.

Public object storage gives each connection a share; loopback gives all that there is.
"""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.bench import Bench
from benchmarks.harness import OURS, Bound, Line, Sample, in_turn
from benchmarks.one_file_bucket import FILE_ID, MANIFEST, one_file_bucket
from benchmarks.peers import ALLENSDK
from benchmarks.processes import run_module
from data_layer.project_cache.manifest import PROJECT_NAME
from data_layer.remote.bucket import BUCKET_NAME
from tests.support.object_store import ObjectStore

ROW, LATENCY = "download", 0.03
LINKS: dict[str, float | None] = {"at 80 MB/s a connection": 80e6, "as fast as loopback": None}
NOTE = "{MB:,.0f} MB, 30 ms before each answer, hash checked"


def measure(bench: Bench) -> list[Line]:
    """Measure whole downloads into an empty cache directory, in turn."""
    bench.read_once()
    with one_file_bucket(bench.file, LATENCY) as store:
        return [line for name in LINKS for line in _over(bench, store, name)]


def _over(bench: Bench, store: ObjectStore, link: str) -> list[Line]:
    """The lines of one link."""
    store.bytes_per_second = LINKS[link]

    def fetched(module: str, **options: Any) -> Sample:
        with tempfile.TemporaryDirectory(prefix="cache-", dir=bench.scratch) as folder:
            return run_module(module, _task(folder, store.url), **options)

    def allensdk() -> Sample:
        python = bench.python_of(ALLENSDK)
        where = {"AWS_ENDPOINT_URL": store.url, "AWS_DEFAULT_REGION": "us-west-2"}
        return fetched("allensdk_fetch", python=python, environment=where)

    turns = in_turn(bench.runs, {OURS: lambda: fetched("fetch"), ALLENSDK: allensdk})
    note = NOTE.format(MB=(turns.first(OURS, "size") or 0) / 1e6)
    limit = Bound(1 / 3, of_peer=True)
    return [
        turns.line(ROW, link, "s", "seconds", limit, peer=ALLENSDK, note=note),
        turns.line(ROW, f"peak memory, {link}", "MB", "memory", peer=ALLENSDK),
    ]


def _task(folder: str, url: str) -> dict[str, str]:
    return {
        "folder": folder,
        "endpoint": url,
        "bucket": BUCKET_NAME,
        "project": PROJECT_NAME,
        "manifest": MANIFEST,
        "file_id": FILE_ID,
    }
