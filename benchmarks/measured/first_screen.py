"""Measures all requests for data of a page's first screen, without a browser.

The server has started and read its tables. The clock starts with the first request for the page.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.memory import family, peak_memory
from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache

SHELL = ("/health", "/_dash-layout", "/_dash-dependencies")


def main(task: dict[str, Any]) -> dict[str, float]:
    requests = json.loads(Path(task["requests"]).read_text())
    cache = VisualBehaviorOphysProjectCache.from_local_cache(task["cache_dir"])
    client = create_app(cache).server.test_client()
    for path in SHELL:
        client.get(path)
    began = time.perf_counter()
    answers = [_ask(client, request) for request in requests]
    seconds = time.perf_counter() - began
    found = {"seconds": seconds, "memory": peak_memory(), "bytes": sum(map(len, answers))}
    _end_preparing()
    return found


def _end_preparing() -> None:
    """End background processes, so that they do not disturb the next measurement."""
    for child in family(os.getpid()) - {os.getpid()}:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)


def _ask(client: Any, request: dict[str, Any]) -> bytes:
    answer = client.open(
        request["path"],
        method=request["method"],
        data=request["body"],
        content_type="application/json",
    )
    data = bytes(answer.get_data())
    if answer.status_code >= 400 or b'"data-state":"error"' in data:
        sys.exit(f"{request['path']} was answered with status {answer.status_code}: {data[:300]!r}")
    return data


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
