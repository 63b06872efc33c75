"""Measures our answers around events, with the WSGI test client and in the data layer alone."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.callbacks import UPDATE, body
from benchmarks.measured.around_events_numpy import brute_force, in_memory
from dashboard.app import create_app
from dashboard.urls import EVENT_OPTIONS
from data_layer.around_events.times import event_times
from data_layer.around_events.triggered_signals import triggered, triggered_means
from data_layer.preparing.queue import Preparer
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.open_stores import OpenStores
from data_layer.settings import Settings
from data_layer.store.session_store import SessionStore

FIGURE, CHANGED = "events-graph.figure", "option-event.value"


def main(task: dict[str, Any]) -> dict[str, Any]:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(task["cache_dir"])
    client = create_app(cache).server.test_client()
    dependencies = client.get("/_dash-dependencies").json

    def ask(cells: list[int], **chosen: str) -> float:
        options = {f"option-{k}.value": v for k, v in (EVENT_OPTIONS | chosen).items()}
        values = (
            task["values"]
            | options
            | {
                "selection.data": {"cells": cells},
                "tabs.active_tab": "events",
            }
        )
        return _posted(client, body(dependencies, FIGURE, CHANGED, values))

    ask(task["names"][:1])
    found = {
        # Each cell only once, so that no answer is cached.
        "one cell, ms": 1000 * statistics.median(ask([name]) for name in task["names"][1:]),
        "every cell, ms": 1000
        * statistics.median(
            ask(task["names"][:1], of="every", split="none") for _ in range(task["n"])
        ),
    }
    return found | _data_layer(cache, task)


def _posted(client: Any, asked: str) -> float:
    began = time.perf_counter()
    answer = client.post(UPDATE, data=asked, content_type="application/json")
    data = answer.get_data()
    seconds = time.perf_counter() - began
    if answer.status_code != 200 or b'"ready"' not in data:
        sys.exit(f"the panel was answered with status {answer.status_code}: {data[:300]!r}")
    return seconds


def _data_layer(cache: Any, task: dict[str, Any]) -> dict[str, Any]:
    settings = Settings.from_environment()
    preparer = Preparer(Shelf(settings.store_dir, settings.store_limit * 10**9), enabled=False)
    store = OpenStores(cache, settings.open_sessions, preparer).experiment(task["id"])
    times, span = event_times(store, "change").times[: task["most_events"]], tuple(task["span"])
    cells = task["cells"]
    triggered_means(store, "dff", None, times, span)
    return {
        "events": len(times),
        "one cell, data, ms": _median(
            [partial(triggered, store, "dff", [cell], times, span) for cell in cells[1:]]
        ),
        "every cell, data, ms": _median(
            [lambda: triggered_means(store, "dff", None, times, span)] * task["n"]
        ),
        "difference": _difference(store, Path(task["file"]), times, span),
    }


def _median(calls: list[Callable[[], Any]]) -> float:
    seconds = []
    for call in calls:
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return 1000 * statistics.median(seconds)


def _difference(store: SessionStore, file: Path, times: Any, span: Any) -> float:
    """The largest difference from numpy's values, relative to those above 1."""
    clock, traces = in_memory(file)
    ours = triggered_means(store, "dff", None, times, span).values[0]
    peers = np.stack([brute_force(clock, trace, times, span).mean(axis=0) for trace in traces])
    return float((np.abs(ours - peers) / np.maximum(np.abs(peers), 1)).max())


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
