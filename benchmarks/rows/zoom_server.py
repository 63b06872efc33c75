"""Zoom, server: a new window of the whole timeline, compared with plotly-resampler's lines."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.bench import Bench, Environment
from benchmarks.harness import OURS, Bound, Line, Sample, in_turn
from benchmarks.peers import RESAMPLER
from benchmarks.processes import run_module
from benchmarks.subject import PIXELS, SHOWN_SIGNALS, TRACE, Subject

ROW = "zoom, server"
N_WINDOWS = 40
# Only for the whole session: in one minute, the peer's eight lines have hardly any samples.
TIME = {"whole session": Bound(1.5, of_peer=True)}
SIZE = Bound(1 / 3, of_peer=True)


def measure(bench: Bench) -> list[Line]:
    """Measure the time of an answer with JSON, and bytes per line, for long and short windows."""
    n = 3 if bench.quick else N_WINDOWS
    task = zoom_task(bench.subject, bench.cache_dir, n)
    lines = {"lines": str(bench.lines), "width": PIXELS, "height": 700}

    def resampler() -> Sample:
        return run_module("zoom_resampler", task | lines, python=bench.python_of(RESAMPLER))

    ours = partial(ours_zooming, task, bench.warm)
    turns = in_turn(bench.runs, {OURS: ours, RESAMPLER: resampler})
    drawn = f"{turns.first(OURS, 'lines')} lines, {bench.subject.n_cells}-cell heatmap"
    note = f"{drawn}, flashes, trials and licks in ours; the same lines in plotly-resampler's"
    return [
        line
        for span in task["windows"]
        for line in (
            turns.line(ROW, span, "ms", f"{span}, ms", TIME.get(span), peer=RESAMPLER, note=note),
            turns.line(
                ROW, f"{span}, per line", "kB", f"{span}, kB per line", SIZE, peer=RESAMPLER
            ),
            turns.line(ROW, f"{span}, whole answer", "kB", f"{span}, kB", peer=RESAMPLER),
        )
    ]


def zoom_task(subject: Subject, cache_dir: Path, n: int) -> dict[str, Any]:
    """The task for ``measured.zoom``."""
    return {
        "cache_dir": str(cache_dir),
        "values": subject.request_values,
        "names": [*SHOWN_SIGNALS, TRACE],
        "pixels": PIXELS,
        "windows": subject.windows(n),
    }


def ours_zooming(task: dict[str, Any], environment: Environment) -> Sample:
    """Measure zooming with our server in a new process."""
    return run_module("zoom", task, environment=environment)
