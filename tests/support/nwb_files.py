"""Small NWB files for tests: complete sessions in both layouts, and ways to break them.

    path = write_experiment(tmp_path)                             # an imaging session
    path = write_behavior(tmp_path, session_type="TRAINING_1_gratings")
    path = as_first_release(write_experiment(tmp_path))           # the layout of 2021
    remove(path, "processing/running")                            # a missing stream
    truncate(path)                                                # a broken download

A file takes a fraction of a second and a few megabytes. Tests get the expected content from the
``TinySession`` of its plan, or read it with h5py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.support.nwb_layout import write
from tests.support.nwb_parts import TEXT
from tests.support.tiny_session import TinySession
from tests.support.tiny_task import NULL, Plan
from tests.support.writable import writable

OLD_TIMES_EARLIER = 0.0193
"""Time (s) by which presentation times of the first release precede those of 2023."""


OLD_COLUMNS = (
    *("start_time", "stop_time", "duration", "start_frame"),
    *("image_index", "image_name", "image_set"),
)


def write_session(folder: Path, **choices: Any) -> Path:
    """Write the session of ``Plan(**choices)`` under its released file name."""
    plan = Plan(**choices)
    name = (
        f"behavior_ophys_experiment_{plan.ophys_experiment_id}.nwb"
        if plan.imaging
        else f"behavior_session_{plan.behavior_session_id}.nwb"
    )
    return write(folder / name, TinySession(plan))


def write_experiment(folder: Path, **choices: Any) -> Path:
    """Write an imaging plane with its behaviour; ``choices`` are fields of :class:`Plan`."""
    return write_session(folder, **choices)


def write_behavior(folder: Path, **choices: Any) -> Path:
    """Write a training session; by default with images."""
    return write_session(
        folder,
        **{"session_type": "TRAINING_3_images_A_10uL_reward", "eye_tracking": False, **choices},
    )


def as_first_release(path: Path) -> Path:
    """Rewrite a file, in place, into the layout of 2021."""
    with writable(path) as file:
        _old_presentations(file)
        _old_trials(file)
        _old_metadata(file)
        for name in ("demixed_trace", "neuropil_trace"):
            _delete(file, f"processing/ophys/{name}")
        for name in ("r", "RMSE"):
            _delete(file, f"processing/ophys/corrected_fluorescence/{name}")
    return path


def _old_presentations(file: h5py.File) -> None:
    """One table per image, only the task, fewer columns, times without the display delay."""
    intervals = file["intervals"]
    names = [n for n in intervals if n.endswith("_presentations")]
    task = next(n for n in names if "image_name" in intervals[n])
    columns = {n: _values(intervals[task][n]) for n in OLD_COLUMNS}
    omitted = intervals[task]["omitted"][:] == 1
    end_frame = np.where(omitted, np.nan, intervals[task]["end_frame"][:])
    columns |= {"omitted": omitted, "end_frame": end_frame, "index": np.arange(len(omitted))}
    for name in ("start_time", "stop_time"):
        columns[name] = columns[name] - OLD_TIMES_EARLIER
    columns["start_frame"] = columns["start_frame"] + 1
    for name in names:
        del intervals[name]
    for image in sorted(set(columns["image_name"])):
        rows = columns["image_name"] == image
        _write_table(intervals, f"{image}_presentations", {n: v[rows] for n, v in columns.items()})


def _old_trials(file: h5py.File) -> None:
    trials = file["intervals/trials"]
    names = ["stimulus_change" if n == "is_change" else n for n in trials.attrs["colnames"]]
    trials.attrs.create("colnames", names, dtype=TEXT)
    trials.move("is_change", "stimulus_change")
    frames = trials["change_frame"][:].astype(float)
    attributes = dict(trials["change_frame"].attrs)
    del trials["change_frame"]
    frames[frames == NULL] = np.nan
    trials.create_dataset("change_frame", data=frames).attrs.update(attributes)


def _old_metadata(file: h5py.File) -> None:
    lab = file["general/metadata"].attrs
    del lab["project_code"]
    del file["general/task_parameters"].attrs["stimulus_name"]
    if "ophys_container_id" in lab:
        lab["experiment_container_id"] = lab["ophys_container_id"]
        del lab["ophys_container_id"], lab["targeted_imaging_depth"]


def _write_table(parent: h5py.Group, name: str, columns: dict[str, np.ndarray]) -> None:
    group = parent.create_group(name)
    group.attrs.update(
        {"neurodata_type": "TimeIntervals", "namespace": "core", "description": "a table"}
    )
    group.attrs.create("colnames", list(columns), dtype=TEXT)
    ids = group.create_dataset("id", data=np.arange(len(columns["start_time"])))
    ids.attrs.update({"neurodata_type": "ElementIdentifiers", "namespace": "hdmf-common"})
    for column, values in columns.items():
        kind = TEXT if values.dtype == object else None
        stored = group.create_dataset(column, data=values, dtype=kind)
        stored.attrs.update(
            {"neurodata_type": "VectorData", "namespace": "hdmf-common", "description": "a column"}
        )


def _values(dataset: h5py.Dataset) -> np.ndarray:
    return np.asarray(dataset.asstr()[:] if dataset.dtype == object else dataset[:])


def _delete(file: h5py.File, path: str) -> None:
    if path in file:
        del file[path]


# ways to break a file, in place


def remove(path: Path, inside: str) -> Path:
    """Remove a group, dataset or (``group@name``) attribute from a file."""
    with writable(path) as file:
        if "@" in inside:
            group, name = inside.split("@")
            del file[group].attrs[name]
        else:
            del file[inside]
    return path


def replace(path: Path, inside: str, values: Any) -> Path:
    """Replace the values of a dataset; its attributes stay."""
    with writable(path) as file:
        attributes = dict(file[inside].attrs)
        del file[inside]
        values = np.asarray(values)
        kind = TEXT if values.dtype.kind in "OU" else None
        data = values.astype(object) if kind else values
        file.create_dataset(inside, data=data, dtype=kind).attrs.update(attributes)
    return path


def shorten(path: Path, inside: str, by: int = 1) -> Path:
    """Remove rows from the end of a dataset."""
    with h5py.File(path, "r") as file:
        values = _values(file[inside])
    return replace(path, inside, values[:-by])


def truncate(path: Path, share: float = 0.5) -> Path:
    """Truncate a file, like an interrupted download."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def garble(path: Path, inside: str) -> Path:
    """Overwrite the stored bytes of a compressed dataset, so that it opens but cannot be read."""
    with h5py.File(path, "r") as file:
        chunk = file[inside].id.get_chunk_info(0)
    with path.open("r+b") as file:
        file.seek(chunk.byte_offset)
        file.write(b"\xff" * chunk.size)
    return path
