"""Measures the lower bound: h5py only reads the arrays that the first screen needs."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import h5py
import numpy as np

from benchmarks.memory import peak_memory

IN_WHOLE = (
    "intervals/trials",
    "processing/licking/licks",
    "processing/rewards/autorewarded",
    "processing/rewards/volume",
    "processing/ophys/images/max_projection",
    "processing/ophys/image_segmentation/cell_specimen_table/image_mask",
)
COLUMNS = ("start_time", "stop_time", "image_name", "is_change", "omitted")
IN_WINDOW = (
    "processing/running/speed",
    "acquisition/EyeTracking/pupil_tracking",
    "acquisition/EyeTracking/likely_blink",
    "processing/ophys/dff/traces",
)


def main(task: dict[str, Any]) -> dict[str, float]:
    began = time.perf_counter()
    with h5py.File(task["file"], "r") as file:
        arrays = [*_whole(file), *_windows(file, *task["window"])]
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "memory": peak_memory(), "arrays": len(arrays)}


def _whole(file: h5py.File) -> list[Any]:
    items = [file[path] for path in IN_WHOLE if path in file]
    presented = [g for name, g in file["intervals"].items() if name.endswith("_presentations")]
    arrays = [group[name][:] for group in presented for name in COLUMNS if name in group]
    for item in items:
        plain = item.values() if isinstance(item, h5py.Group) else [item]
        arrays += [dataset[()] for dataset in plain if dataset.dtype.kind != "V"]
    return arrays


def _windows(file: h5py.File, start: float, stop: float) -> list[Any]:
    arrays = []
    for path in (p for p in IN_WINDOW if p in file):
        group = file[path]
        times = (group if "timestamps" in group else file[_EYE])["timestamps"][:]
        first, last = np.searchsorted(times, (start, stop))
        arrays += [times, *(d[first:last] for d in group.values() if d.shape[:1] == times.shape)]
    return arrays


_EYE = "acquisition/EyeTracking/eye_tracking"

if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
