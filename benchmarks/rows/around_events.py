"""Around events: figures of one cell and of all cells, compared with numpy on data in memory."""

from __future__ import annotations

from functools import partial
from typing import Any

from benchmarks.bench import Bench
from benchmarks.harness import OURS, Bound, Line, in_turn
from benchmarks.processes import run_module

ROW = "around events"
NUMPY = "numpy, in memory"
ONE, EVERY = "one cell", "every cell"
FIGURES = {ONE: Bound(100.0), EVERY: Bound(400.0)}  # ms
TWICE = Bound(2.0, of_peer=True)
SAME = Bound(1e-6)
SPAN = (-2.5, 2.8)  # s around an image change
MOST_EVENTS = 300


def measure(bench: Bench) -> list[Line]:
    """Measure the panel's answers with JSON, and the values alone compared with numpy's."""
    if bench.subject.kind != "experiment":
        problem = "the file is of a behaviour session: it has no cells"
        return [Line(ROW, ONE, "ms", None, bound=FIGURES[ONE], note=problem)]
    task = _task(bench)
    turns = in_turn(
        bench.runs,
        {
            OURS: partial(run_module, "around_events", task, environment=bench.warm),
            NUMPY: partial(run_module, "around_events_numpy", task),
        },
    )
    note = f"{bench.subject.n_cells} cells, {turns.first(OURS, 'events')} image changes"
    return [
        *(
            turns.line(ROW, f"figure of {what}", "ms", f"{what}, ms", bound, note=note)
            for what, bound in FIGURES.items()
        ),
        *(
            turns.line(
                ROW,
                f"values of {what}",
                "ms",
                f"{what}, data, ms",
                TWICE if what == EVERY else None,
                peer=NUMPY,
                note=note,
            )
            for what in FIGURES
        ),
        turns.line(ROW, "difference from numpy", "of 1", "difference", SAME),
    ]


def _task(bench: Bench) -> dict[str, Any]:
    subject = bench.subject
    cells = list(subject.cells)
    return {
        "cache_dir": str(bench.cache_dir),
        "file": str(bench.file),
        "id": subject.id,
        "values": subject.request_values,
        "cells": [roi_id for roi_id, _ in cells],
        "names": [name for _, name in cells],
        "span": SPAN,
        "most_events": MOST_EVENTS,
        "n": 1 if bench.quick else 5,
    }
