"""Makes larger sessions, by repeating the content of a file in time or over cells.

The copies have only the dF/F traces. A zoom does not read the other kinds, which would make the
files several times larger.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

OPHYS = "processing/ophys"
DFF = f"{OPHYS}/dff/traces"
CELLS = f"{OPHYS}/image_segmentation/cell_specimen_table"
STIMULUS = "processing/stimulus/timestamps"
DROPPED = ("corrected_fluorescence", "demixed_trace", "neuropil_trace", "event_detection")
UNREAD = ("tags_index", "tags", "timeseries_index", "timeseries")
NEW = "being written"
BLOCK = 4096  # rows
SEAM = 0.05  # s between two repeats

Rows = NDArray[Any]


def longer(source: Path, target: Path, times: int) -> None:
    """Write a session that repeats the source ``times`` times, on one clock."""
    with _copied(source, target) as file:
        series = {path: file[path]["timestamps"][:] for path in _series(file)}
        period = max(t[-1] for t in series.values()) - min(t[0] for t in series.values()) + SEAM
        for path, clock in series.items():
            for name in _stored(file[path], len(clock)):
                step = period if name == "timestamps" or path == STIMULUS else 0
                _repeat(file[path], name, times, step)
        steps = {"time": period, "times": period, "frame": len(series[STIMULUS])}
        for table in file["intervals"].values():
            _repeat_table(table, times, steps)


def with_cells(source: Path, target: Path, n_cells: int) -> None:
    """Write a session that repeats the source's cells until there are ``n_cells``."""
    with _copied(source, target) as file:
        traces, cells = file[DFF], file[CELLS]
        have = traces["data"].shape[1]
        columns = np.arange(n_cells) % have
        for name in _stored(cells, have):
            column = cells[name]
            _replace(cells, name, n_cells, (column[i : i + 1] for i in columns))
        for name in ("id", "cell_specimen_id"):
            cells[name][...] = cells[name][:].max() + 1 + np.arange(n_cells)
        _replace(traces, "rois", n_cells, [np.arange(n_cells)])
        frames = _blocks(traces["data"])
        parts = (part[:, columns] for part in frames)
        _replace(traces, "data", len(traces["data"]), parts, n_cells)


@contextmanager
def _copied(source: Path, target: Path) -> Iterator[h5py.File]:
    shutil.copyfile(source, target)
    with h5py.File(target, "r+") as file:
        for name in DROPPED:
            if name in file[OPHYS]:
                del file[OPHYS][name]
        for table in file["intervals"].values():
            for name in UNREAD:
                if name in table:
                    del table[name]
            names = [name for name in table.attrs["colnames"] if name not in UNREAD]
            table.attrs["colnames"] = np.array(names, dtype=h5py.string_dtype())
        yield file


def _series(file: h5py.File) -> list[str]:
    """Every group with timestamps, or a link to some, except pictures, which have no times."""
    found: list[str] = []

    def look(path: str, item: Any) -> None:
        clock = item.get("timestamps") if isinstance(item, h5py.Group) else None
        is_picture = path.startswith("stimulus/templates")
        if isinstance(clock, h5py.Dataset) and clock.size and not is_picture:
            found.append(path)

    for top in ("acquisition", "processing", "stimulus"):
        file[top].visititems(lambda path, item, top=top: look(f"{top}/{path}", item))
    return found


def _stored(group: h5py.Group, length: int) -> list[str]:
    """Names of the group's datasets (no links) with ``length`` rows."""
    hard = [name for name in group if isinstance(group.get(name, getlink=True), h5py.HardLink)]
    return [name for name in hard if getattr(group[name], "shape", ())[:1] == (length,)]


def _repeat_table(table: h5py.Group, times: int, steps: dict[str, float]) -> None:
    """Repeat the rows of a table, continuing times, frames, ids and the ends of lists."""
    n_rows = len(table["id"])
    for name in [n for n in table if n.endswith("_index") and n[:-6] in table]:
        values = table[name[:-6]]
        _repeat(table, name, times, len(values))
        _repeat(table, name[:-6], times, steps.get(name[:-6].rpartition("_")[2], 0))
        table[name].attrs["target"] = table[name[:-6]].ref
    for name in _stored(table, n_rows):
        step = n_rows if name == "id" else steps.get(name.rpartition("_")[2], 0)
        _repeat(table, name, times, step)


def _repeat(group: h5py.Group, name: str, times: int, step: float = 0) -> None:
    """Repeat a dataset ``times`` times, adding ``step`` each time; −99 (missing) stays."""
    old = group[name]

    def parts() -> Iterator[Rows]:
        for i in range(times):
            for part in _blocks(old):
                yield np.where(part == -99, part, part + i * step) if step else part

    _replace(group, name, times * len(old), parts())


def _blocks(dataset: h5py.Dataset) -> Iterator[Rows]:
    for start in range(0, len(dataset), BLOCK):
        yield dataset[start : start + BLOCK]


def _replace(
    group: h5py.Group, name: str, length: int, parts: Iterable[Rows], width: int | None = None
) -> None:
    """Replace a dataset with one of another length (and width), written part by part."""
    old = group[name]
    shape = (length, *old.shape[1:]) if width is None else (length, width)
    # The ends of longer lists may not fit the integer type of shorter ones.
    dtype = np.dtype("u8") if old.dtype.kind == "u" and old.ndim == 1 else old.dtype
    new = group.create_dataset(NEW, shape, dtype)
    start = 0
    for part in parts:
        new[start : start + len(part)] = part
        start += len(part)
    for key, value in old.attrs.items():
        new.attrs[key] = value
    del group[name]
    group.move(NEW, name)
