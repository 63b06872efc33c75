"""Measures brute force around events with numpy, with all data in memory, cell by cell."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from data_layer.around_events.times import event_times
from data_layer.derived.event_alignment import common_offsets
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.opening import open_session
from data_layer.store.session_store import SessionStore


def in_memory(file: Path) -> tuple[Any, Any]:
    """The times of frames (n_frames,) and dF/F (n_cells, n_frames)."""
    with open_session(file) as session:
        assert isinstance(session, BehaviorOphysExperiment)
        matrix = session.traces_matrix("dff")
        return matrix.timestamps, matrix.by_cell()


def brute_force(clock: Any, trace: Any, times: Any, span: Any) -> Any:
    """The values of one cell around each event with a full window: (n_events, n_t)."""
    around = times[:, None] + common_offsets(span)
    full = (around[:, 0] >= clock[0]) & (around[:, -1] <= clock[-1])
    return np.interp(around[full], clock, trace)


def main(task: dict[str, Any]) -> dict[str, Any]:
    file, span = Path(task["file"]), tuple(task["span"])
    with open_session(file) as session:
        times = event_times(SessionStore(session), "change").times[: task["most_events"]]
    clock, traces = in_memory(file)
    brute_force(clock, traces[0], times, span)

    def every_cell() -> None:
        np.stack([brute_force(clock, trace, times, span).mean(axis=0) for trace in traces])

    return {
        "one cell, data, ms": 1000
        * statistics.median(
            _seconds(lambda: brute_force(clock, traces[0], times, span)) for _ in range(task["n"])
        ),
        "every cell, data, ms": 1000
        * statistics.median(_seconds(every_cell) for _ in range(task["n"])),
    }


def _seconds(call: Any) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
