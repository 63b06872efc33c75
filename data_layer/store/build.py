"""Builds a prepared store from one session, in one streaming pass and bounded memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import zarr
from numpy.typing import NDArray
from zarr.codecs import ZstdCodec

from data_layer.errors import DataLayerError, SessionFileError
from data_layer.store.activity import sampled_top
from data_layer.store.cell_order import change_response
from data_layer.store.extremes import build_extremes
from data_layer.store.level_store import FORMAT
from data_layer.store.matrix_levels import BLOCK_FRAMES, build_levels
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS
from data_layer.store.slices import Floats

if TYPE_CHECKING:
    from data_layer.nwb.traces import TraceMatrix

Progress = Callable[[str, int, int], None]
ACTIVITIES = ("dff", "events", "filtered_events", "corrected_fluorescence")
WITH_TRACES = ("dff", "events")
CHUNK_BINS = 1024
TABLES = {
    "presentations": "presentations",
    "trials": "trials",
    "licks": "lick_table",
    "rewards": "reward_table",
}


def build_store(
    store: SessionStore, folder: Path, fingerprint: str, progress: Progress = lambda *_: None
) -> None:
    """Write the store of an open session into ``folder``, which appears only when it is whole.

    What the session lacks is left out. ``progress(what, done, total)`` is told of every step.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    with _appearing(folder) as building:
        facts = _Writer(store, building, progress).write()
        group: Any = zarr.open_group(building / "arrays", mode="a")
        group.attrs.update({"format": FORMAT, "fingerprint": fingerprint} | facts)


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A folder beside the final one, which takes its place at the end or vanishes."""
    building = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        yield building
        if folder.exists():
            shutil.rmtree(folder)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


class _Writer:
    def __init__(self, store: SessionStore, folder: Path, progress: Progress) -> None:
        self.store, self.folder, self.progress = store, folder, progress
        self.group = zarr.open_group(folder / "arrays", mode="w")
        self.contents: list[str] = []
        self.facts: dict[str, Any] = {"extremes": {}, "activity": {}}
        self.done, self.total = 0, 1

    def write(self) -> dict[str, Any]:
        """Everything, the small first; returns the facts for the store's attributes."""
        matrices = self._matrices()
        frames = sum(matrix.shape[0] for matrix in matrices.values())
        self.total = frames + BLOCK_FRAMES
        self._tables()
        for name in SIGNALS:
            self._signal(name)
        self._step("signals", BLOCK_FRAMES)
        for name, matrix in matrices.items():
            self._activity(name, matrix)
        return self.facts | {"contents": self.contents}

    def _step(self, what: str, frames: int) -> None:
        self.done += frames
        self.progress(what, min(self.done, self.total), self.total)

    def _matrices(self) -> dict[str, TraceMatrix]:
        matrices = {}
        for name in ACTIVITIES if self.store.has_cells else ():
            try:
                matrices[name] = self.store.activity(name).matrix
            except SessionFileError:
                continue
        return matrices

    def _tables(self) -> None:
        readers: dict[str, Callable[[], pd.DataFrame]] = {
            name: partial(getattr, self.store, attribute) for name, attribute in TABLES.items()
        }
        if self.store.has_cells:
            readers |= {"outlines": self._outlines, "change_response": self._change_response}
        for name, read in readers.items():
            try:
                table = read()
            except DataLayerError:
                continue
            # A plain frame: the aliases of the session's own are not for Parquet.
            pd.DataFrame(table).to_parquet(
                self.folder / f"{name}.parquet", write_page_checksum=True
            )
            self.contents.append(name)

    def _outlines(self) -> pd.DataFrame:
        columns = ("cell_roi_id", "cell_specimen_id", "x", "y", "area")
        rows = [{name: getattr(o, name) for name in columns} for o in self.store.outlines]
        table = pd.DataFrame(rows, columns=list(columns)).astype({"cell_specimen_id": "Int64"})
        centres = np.array([o.centre for o in self.store.outlines]).reshape(-1, 2)
        return table.assign(centre_x=centres[:, 0], centre_y=centres[:, 1])

    def _change_response(self) -> pd.DataFrame:
        return pd.DataFrame({"dff": change_response(self.store, "dff")})

    def _signal(self, name: str) -> None:
        try:
            times, values = self.store.samples(name)
        except DataLayerError:
            return
        if not len(times):
            return
        self._times(SIGNALS[name].clock, times)
        self._array(f"signals/{name}", values, len(values))
        levels = build_extremes(values).levels
        sizes = np.cumsum([0, *(len(level) for level in levels.values())]).tolist()
        self.facts["extremes"][name] = {str(size): sizes[i] for i, size in enumerate(levels)}
        stacked = np.concatenate(list(levels.values()))
        self._array(f"extremes/{name}", stacked, len(stacked))

    def _times(self, clock: str, times: Floats) -> None:
        if f"times/{clock}" not in self.contents:
            self._array(f"times/{clock}", times, len(times))

    def _activity(self, name: str, matrix: TraceMatrix) -> None:
        self._times("ophys", matrix.timestamps)
        keep = self._trace_writer(name, matrix) if name in WITH_TRACES else None

        def seen(start: int, block: Floats) -> None:
            if keep is not None:
                keep[:, start : start + len(block)] = block.T.astype(np.float32)
            self._step(name, len(block))

        levels = build_levels(*matrix.shape, matrix.read, seen)
        self._array(f"activity/{name}/mean", levels.mean, CHUNK_BINS)
        self._array(f"activity/{name}/max", levels.max, CHUNK_BINS)
        offsets = {str(size): row for size, row in levels.offsets.items()}
        self.facts["activity"][name] = {"offsets": offsets, "top": sampled_top(matrix)}

    def _trace_writer(self, name: str, matrix: TraceMatrix) -> Any:
        """An array of (cells, frames): one chunk a cell and block, one file a block."""
        n_frames, n_cells = matrix.shape
        self.contents.append(f"traces/{name}")
        return self.group.create_array(
            f"traces/{name}", shape=(n_cells, n_frames), dtype="float32",
            shards=(n_cells, BLOCK_FRAMES), chunks=(1, BLOCK_FRAMES), **_CODING,
        )  # fmt: skip

    def _array(self, name: str, values: NDArray[Any], chunk: int) -> None:
        """One file, in which chunks of ``chunk`` rows can be read alone."""
        rows = min(chunk, len(values))
        shard = -(-len(values) // rows) * rows
        array = self.group.create_array(
            name, shape=values.shape, dtype=values.dtype,
            shards=(shard, *values.shape[1:]), chunks=(rows, *values.shape[1:]), **_CODING,
        )  # fmt: skip
        array[:] = values
        self.contents.append(name)


# Noise does not compress, but sparse events do, and a broken chunk is told by its checksum.
_CODING: dict[str, Any] = {
    "compressors": (ZstdCodec(level=1, checksum=True),),
    "config": {"write_empty_chunks": True},
}
