"""Cold and warm open: all data of the first screen, compared with AllenSDK opening the file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench, Environment
from benchmarks.browser import headless, new_page
from benchmarks.harness import OURS, Bound, Line, Measure, Sample, Turns, in_turn
from benchmarks.page_requests import recorded, save
from benchmarks.peers import ALLENSDK, H5PY
from benchmarks.processes import run_module
from benchmarks.servers import vbdash_serve
from benchmarks.subject import MINUTE

SECONDS, MEMORY = "first screen", "peak memory"
FIRST = "first visitor"
NO_OTHERS: Mapping[str, Measure] = {}
FLOOR = "arrays of the first screen"
NOTE = "what the browser asks for when it opens the page, {kB:,.0f} kB, without a browser"


def cold(bench: Bench) -> list[Line]:
    """Measure without a prepared store."""
    with bench.cold() as environment:
        requests = _requests(bench, environment, "cold")

    def ours() -> Sample:
        with bench.cold() as environment:
            return _first_screen(bench, requests, environment)

    turns = _in_turn(bench, ours)
    return _lines("cold open", turns, Bound(1 / 8, of_peer=True), Bound(1 / 4, of_peer=True))


def warm(bench: Bench) -> list[Line]:
    """Measure with a prepared store, for the first visitor and for later ones."""
    requests = _requests(bench, bench.warm, "warm")

    def first_visitor() -> Sample:
        with bench.unseen() as environment:
            return _first_screen(bench, requests, environment)

    limit = Bound(1 / 80, of_peer=True)
    again = partial(_first_screen, bench, requests, bench.warm)
    turns = _in_turn(bench, again, {FIRST: first_visitor})
    note = "prepared, but nobody has looked at the session yet"
    first = turns.line(
        "warm open",
        f"{SECONDS}, {FIRST}",
        "s",
        "seconds",
        limit,
        peer=ALLENSDK,
        note=note,
        ours=FIRST,
    )
    return [*_lines("warm open", turns, limit, None, bench.preparing), first]


def _requests(bench: Bench, environment: Environment, name: str) -> Path:
    with (
        vbdash_serve(bench.cache_dir, environment) as url,
        headless() as browser,
        new_page(browser) as page,
    ):
        asked = recorded(page, url + bench.subject.path)
    return save(asked, bench.scratch / f"requests-{name}.json")


def _in_turn(bench: Bench, ours: Measure, others: Mapping[str, Measure] = NO_OTHERS) -> Turns:
    subject = bench.subject
    start = subject.bounds[0]
    task = {"file": str(subject.file), "kind": subject.kind, "window": (start, start + MINUTE)}

    def allensdk() -> Sample:
        return run_module("allensdk_open", task, python=bench.python_of(ALLENSDK))

    bench.read_once()
    return in_turn(
        bench.runs,
        {
            OURS: ours,
            **others,
            ALLENSDK: allensdk,
            H5PY: partial(run_module, "h5py_first_screen", task),
        },
    )


def _first_screen(bench: Bench, requests: Path, environment: Environment) -> Sample:
    task = {"requests": str(requests), "cache_dir": str(bench.cache_dir)}
    return run_module("first_screen", task, environment=environment)


def _lines(
    row: str, turns: Turns, seconds: Bound, memory: Bound | None, more: str = ""
) -> list[Line]:
    note = NOTE.format(kB=(turns.first(OURS, "bytes") or 0) / 1000)
    note = "; ".join(filter(None, [note, more]))
    return [
        turns.line(row, SECONDS, "s", "seconds", seconds, peer=ALLENSDK, note=note),
        turns.line(row, MEMORY, "MB", "memory", memory, peer=ALLENSDK),
        turns.line(row, FLOOR, "s", "seconds", peer=H5PY),
    ]
