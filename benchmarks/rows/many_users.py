"""Many users: each zooms every two seconds, on the Procfile's server with two cores."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.harness import Bound, CannotMeasure, Line
from benchmarks.load import Load, run_load
from benchmarks.memory import family
from benchmarks.rows.zoom_server import zoom_task
from benchmarks.servers import procfile_server

ROW = "many users"
USERS, EVERY, SECONDS = 30, 2.0, 60.0
CORES = 2
MEASURES = {
    "p95 of an answer": ("ms", Bound(300)),
    "errors": ("", Bound(0)),
    "memory gained in the second half": ("%", Bound(2)),
}


def measure(bench: Bench) -> list[Line]:
    """Measure one run, after a first visit."""
    n_users, seconds = (3, 4.0) if bench.quick else (USERS, SECONDS)
    task = zoom_task(bench.subject, bench.cache_dir, round(seconds / EVERY) * n_users)
    try:
        with procfile_server(bench.cache_dir, bench.warm) as (url, server):
            _keep_to_cores(server)
            load = run_load(url, server, task, n_users=n_users, every=EVERY, seconds=seconds)
    except CannotMeasure as error:
        return [
            Line(ROW, name, unit, None, bound=bound, note=str(error))
            for name, (unit, bound) in MEASURES.items()
        ]
    return _lines(load, n_users, seconds)


def _keep_to_cores(server: int) -> None:
    cores = sorted(os.sched_getaffinity(0))[:CORES]
    for process in family(server):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def _lines(load: Load, n_users: int, seconds: float) -> list[Line]:
    answers = sorted(load.latencies)
    values = {
        "p95 of an answer": 1000 * _percentile(answers, 95),
        "errors": float(len(load.errors)),
        "memory gained in the second half": _gain(load.memory, seconds),
    }
    notes = {
        "p95 of an answer": (
            f"{n_users} users, {seconds:.0f} s, {len(answers):,} answers, half of them of the "
            f"whole session, half of one minute; median {1000 * _percentile(answers, 50):,.0f} ms"
        ),
        "errors": load.errors[0] if load.errors else "",
        "memory gained in the second half": (
            f"{load.memory[-1][1]:,.0f} MB in all processes in the end" if load.memory else ""
        ),
    }
    return [
        Line(ROW, name, unit, values[name], bound=bound, note=notes[name])
        for name, (unit, bound) in MEASURES.items()
    ]


def _percentile(ascending: Sequence[float], percent: int) -> float:
    if not ascending:
        return float("nan")
    return ascending[min(len(ascending) * percent // 100, len(ascending) - 1)]


def _gain(memory: Sequence[tuple[float, float]], seconds: float) -> float:
    """Growth of memory (%) from the first to the last third of the second half of the run."""
    half = [(at, held) for at, held in memory if seconds / 2 <= at <= seconds]
    third = max(len(half) // 3, 1)
    early, late = (
        statistics.fmean(held for _, held in part) if part else float("nan")
        for part in (half[:third], half[-third:])
    )
    return 100 * (late - early) / early
