"""Start-up: the time to start the command line and to import the library."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial

from benchmarks.bench import Bench
from benchmarks.harness import OURS, Bound, CannotMeasure, Line, Sample, in_turn
from benchmarks.processes import ROOT
from tests.support.running import VBDASH

ROW = "start-up"
COMMANDS = {
    "vbdash --help": ([str(VBDASH), "--help"], 0.3),
    "import data_layer": ([sys.executable, "-c", "import data_layer"], 0.7),
}


def measure(bench: Bench) -> list[Line]:
    """Measure whole processes, from start to end."""
    found = []
    for name, (command, limit) in COMMANDS.items():
        _run(command)  # compiles modules that are not compiled yet
        turns = in_turn(bench.runs, {OURS: partial(_run, command)})
        found.append(turns.line(ROW, name, "s", "seconds", Bound(limit)))
    return found


def _run(command: list[str]) -> Sample:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise CannotMeasure(f"{command[-1]} ended with status {done.returncode}")
    return {"seconds": seconds}
