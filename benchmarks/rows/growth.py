"""Growth: the same zooms in a session that is ten times longer, or has 666 cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.grown_files import longer, with_cells
from benchmarks.harness import OURS, Bound, CannotMeasure, Line, in_turn
from benchmarks.rows.zoom_server import N_WINDOWS, ours_zooming, zoom_task

ROW = "growth"
TIMES, CELLS = 10, 666
LIMIT = Bound(1.2, of_peer=True)
STANDARD = "this session"

Grow = Callable[[Path, Path], None]


def measure(bench: Bench) -> list[Line]:
    """Compare the grown sessions with the given one; all are prepared."""
    if bench.subject.kind != "experiment":
        problem = "the file is of a behaviour session: growth is measured on imaging"
        return [Line(ROW, "zoom", "ms", None, STANDARD, bound=LIMIT, note=problem)]
    cells = max(CELLS, bench.subject.n_cells)
    return [
        *_grown(bench, f"{TIMES} times longer", partial(longer, times=TIMES)),
        *_grown(bench, f"{cells} cells", partial(with_cells, n_cells=cells)),
    ]


def _grown(bench: Bench, name: str, grow: Grow) -> list[Line]:
    # Deleted after this line, because it takes gigabytes.
    with TemporaryDirectory(prefix="grown-", dir=bench.scratch) as folder:
        file = Path(folder) / "grown.nwb"
        grow(bench.file, file)
        grown = replace(bench, file=file, scratch=Path(folder))
        return _compare(bench, grown, name)


def _compare(bench: Bench, grown: Bench, name: str) -> list[Line]:
    n = 3 if bench.quick else N_WINDOWS
    tasks = {
        who: zoom_task(one.subject, one.cache_dir, n)
        for who, one in ((OURS, grown), (STANDARD, bench))
    }
    try:
        measures = {
            OURS: partial(ours_zooming, tasks[OURS], grown.warm),
            STANDARD: partial(ours_zooming, tasks[STANDARD], bench.warm),
        }
    except CannotMeasure as error:
        return [Line(ROW, name, "ms", None, STANDARD, bound=LIMIT, note=str(error))]
    turns = in_turn(bench.runs, measures)
    note = (
        f"{grown.subject.n_cells} cells, {_minutes(grown)} min, dF/F only, beside "
        f"{bench.subject.n_cells} cells, {_minutes(bench)} min"
    )
    return [
        turns.line(ROW, f"{name}, {span}", "ms", f"{span}, ms", LIMIT, peer=STANDARD, note=note)
        for span in tasks[OURS]["windows"]
    ]


def _minutes(bench: Bench) -> str:
    start, stop = bench.subject.bounds
    return f"{(stop - start) / 60:.0f}"
