"""Measures plotly-resampler's answers to the same windows, for the lines alone."""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

from flask.testing import FlaskClient

from benchmarks.callbacks import UPDATE, body
from benchmarks.measured.resampler_figure import GRAPH, resampler_app, versions

FIGURE, CHANGED = f"{GRAPH}.figure", f"{GRAPH}.relayoutData"


def main(task: dict[str, Any]) -> dict[str, Any]:
    client = resampler_app(task).server.test_client()
    dependencies = client.get("/_dash-dependencies").json
    found: dict[str, Any] = {"version": versions()}
    for name, windows in task["windows"].items():
        bodies = [_zoom_body(dependencies, window) for window in windows]
        answers = [_ask(client, one) for one in bodies]
        found[f"{name}, ms"] = 1000 * statistics.median(seconds for seconds, _ in answers)
        found[f"{name}, kB"] = len(answers[-1][1]) / 1000
        found[f"{name}, kB per line"] = _line_bytes(json.loads(answers[-1][1])) / 1000
    return found


def _zoom_body(dependencies: list[Any], window: list[float]) -> str:
    relayout = {"xaxis.range[0]": window[0], "xaxis.range[1]": window[1]}
    return body(dependencies, FIGURE, CHANGED, {CHANGED: relayout})


def _ask(client: FlaskClient, asked: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    answer = client.post(UPDATE, data=asked, content_type="application/json")
    data = answer.get_data()
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        sys.exit(f"plotly-resampler answered with status {answer.status_code}")
    return seconds, data


def _line_bytes(answer: dict[str, Any]) -> float:
    """The mean number of bytes of the x and y of one line in the answer."""
    operations = answer["response"][GRAPH]["figure"]["operations"]
    sent = [op for op in operations if op["location"][-1] in ("x", "y")]
    lines = {op["location"][1] for op in sent}
    return sum(len(json.dumps(op["params"]["value"], separators=(",", ":"))) for op in sent) / len(
        lines
    )


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
