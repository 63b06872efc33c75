"""Measures our server's answers to new windows of the timeline, with the WSGI test client."""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

from benchmarks.callbacks import UPDATE, zoom_body
from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache


def main(task: dict[str, Any]) -> dict[str, Any]:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(task["cache_dir"])
    client = create_app(cache).server.test_client()
    dependencies = client.get("/_dash-dependencies").json
    first, *_ = next(iter(task["windows"].values()))
    figure = _figure(_ask(client, zoom_body(dependencies, task, first, first=True))[1])
    lines = [i for i, trace in enumerate(figure["data"]) if trace.get("name") in task["names"]]
    found: dict[str, Any] = {"lines": len(lines), "rows": len(figure["layout"]["meta"]["rows"])}
    for name, windows in task["windows"].items():
        bodies = [zoom_body(dependencies, task, window) for window in windows]
        answers = [_ask(client, one) for one in bodies]
        found[f"{name}, ms"] = 1000 * statistics.median(seconds for seconds, _ in answers)
        found[f"{name}, kB"] = len(answers[-1][1]) / 1000
        found[f"{name}, kB per line"] = _line_bytes(_figure(answers[-1][1]), lines) / 1000
    return found


def _ask(client: Any, asked: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    answer = client.post(UPDATE, data=asked, content_type="application/json")
    data = bytes(answer.get_data())
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        sys.exit(f"the timeline was answered with status {answer.status_code}: {data[:300]!r}")
    return seconds, data


def _figure(data: bytes) -> dict[str, Any]:
    return dict(json.loads(data)["response"]["timeline-graph"]["figure"])


def _line_bytes(patch: dict[str, Any], lines: list[int]) -> float:
    """The mean number of bytes of the x and y of one line in the answer."""
    locations = [["data", line, axis] for line in lines for axis in "xy"]
    sent = [op for op in patch["operations"] if op["location"] in locations]
    return sum(len(json.dumps(op["params"]["value"], separators=(",", ":"))) for op in sent) / max(
        len(lines), 1
    )


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
