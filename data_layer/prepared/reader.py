"""A prepared store on disk: levels, tables and outlines of one session, ready to be drawn.

Zarr arrays in shards of one file each, so that a window touches few chunks, with a checksum in
every chunk; Parquet tables; a label. Read through fsspec where the folder is a URL, so that a
store may lie in object storage as well. Whatever is missing or fails its checksum is an error,
never a blank.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from fsspec.core import url_to_fs
from numpy.typing import NDArray
from pyarrow.parquet import ParquetFile

from data_layer.levels.extremes import Extremes
from data_layer.levels.matrix_levels import MatrixLevels
from data_layer.nwb.aliases import AliasedDict
from data_layer.prepared.arrays import CompleteStore, StoredArray, open_arrays, reading
from data_layer.prepared.label import LABEL, PACK, checksum, read_label
from data_layer.prepared.metadata import from_json
from data_layer.prepared.pack import outlines_of, spans_of, unpacked
from data_layer.quality.checks.check import Check
from data_layer.quality.session_checks import from_rows
from data_layer.store.eye import Range
from data_layer.store.signals import Samples
from data_layer.values.slices import Floats, Outline, SpanSlice
from data_layer.values.window import Window

TICK = 4096
"""Every so many samples the time is among the small arrays, to find a window's samples by."""
MOST_TICKS = 16


class LevelStore:
    """What was prepared from one session, under ``folder`` (a path or a URL).

    Raises:
        StoreDamaged: from every method, where what it needs is missing or broken.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._files, self._root = url_to_fs(folder)
        self.facts: dict[str, Any] = reading(
            folder, "its label", lambda: read_label(self._bytes(LABEL))
        )
        self._times: dict[str, Floats] = {}

    def _bytes(self, name: str) -> bytes:
        content: bytes = self._files.cat_file(f"{self._root}/{name}")
        return content

    @cached_property
    def _arrays(self) -> CompleteStore:
        return open_arrays(self.folder)

    @property
    def fingerprint(self) -> str:
        """The state of the file that this was made from."""
        return str(self.facts.get("fingerprint"))

    @property
    def built(self) -> str:
        """What tells this store from one that was built later of the same file."""
        return str(self.facts.get("built"))

    def has(self, name: str) -> bool:
        """Whether an array, a table, spans or a small array was prepared."""
        return any(name in self.facts[kind] for kind in ("arrays", "tables", "spans", "small"))

    def array(self, name: str) -> StoredArray:
        """A prepared array, to be read in parts."""
        return StoredArray(self.folder, self._arrays, name, self.facts["arrays"][name])

    def table(self, name: str) -> pd.DataFrame:
        """A prepared table, whole."""
        return reading(self.folder, name, lambda: self._table(name))

    def _table(self, name: str) -> pd.DataFrame:
        content = self._bytes(f"{name}.parquet")
        if checksum(content) != self.facts["tables"][name]:
            raise ValueError("the checksum differs")
        # pandas would go through pyarrow's datasets, whose start alone takes 50 ms.
        table: pd.DataFrame = ParquetFile(io.BytesIO(content)).read().to_pandas()
        return table

    def times(self, clock: str) -> Floats:
        """The times of every signal that follows a clock, in memory."""
        if clock not in self._times:
            self._times[clock] = self.array(f"times/{clock}")[:]
        return self._times[clock]

    def part(self, name: str, clock: str, window: Window, cell: int | None) -> Samples | None:
        """Samples around a window and some more on either side; None where they are many.

        The first of them lies at a multiple of ``TICK``, so that bins begin where they always do.
        """
        ticks, length = self.small[f"ticks/{clock}"], self.array(name).shape[-1]
        first = max(int(np.searchsorted(ticks, window.start)) - 2, 0) * TICK
        last = min((int(np.searchsorted(ticks, window.stop)) + 1) * TICK, length)
        if last - first > MOST_TICKS * TICK:
            return None
        times = self._times.get(clock)
        where = slice(first, last)
        around = self.array(f"times/{clock}")[where] if times is None else times[where]
        values = self.array(name)[where if cell is None else (cell, where)]
        return around, values

    def cell_range(self, name: str, cell: int) -> tuple[float, float]:
        """Where nearly all samples of a cell lie; ``name`` is that of a small array."""
        low, high = self.small[name].reshape(-1, 2)[cell].tolist()
        return low, high

    def extremes(self, name: str) -> Extremes:
        """The extremes of a signal at all sizes, in memory."""
        rows = self.array(f"extremes/{name}")[:]
        offsets = self.facts["extremes"][name]
        starts = [*offsets.values(), len(rows)]
        return Extremes(
            {int(size): rows[starts[i] : starts[i + 1]] for i, size in enumerate(offsets)}
        )

    def usual_range(self, name: str) -> tuple[float, float]:
        """Where nearly all samples of a signal lie."""
        low, high = self.facts["ranges"][name]
        return low, high

    @property
    def camera_range(self) -> Range | None:
        """Where in the camera's image the eye is."""
        spans = self.facts["camera_range"]
        return spans and (tuple(spans[0]), tuple(spans[1]))

    def levels(self, name: str) -> MatrixLevels:
        """The levels of a trace matrix, read as windows ask for them."""
        offsets = {int(size): row for size, row in self.facts["activity"][name]["offsets"].items()}
        return MatrixLevels(
            self.array(f"activity/{name}/mean"), self.array(f"activity/{name}/max"), offsets
        )

    def top(self, name: str) -> float:
        """Where the colour scale of a trace matrix ends."""
        return float(self.facts["activity"][name]["top"])

    def trace(self, name: str, cell: int) -> NDArray[np.float32]:
        """One cell's whole trace; ``cell`` is its place in the matrix."""
        return self.array(f"traces/{name}")[cell]

    @cached_property
    def small(self) -> dict[str, NDArray[Any]]:
        """The small arrays of the session, all of them."""
        return reading(self.folder, PACK, self._unpacked)

    def _unpacked(self) -> dict[str, NDArray[Any]]:
        content = self._bytes(PACK)
        if checksum(content) != self.facts["pack"]:
            raise ValueError("the checksum differs")
        return unpacked(content)

    def spans(self, name: str) -> SpanSlice:
        """Spans of the whole session, by start."""
        return spans_of(name, self.small, self.facts["spans"][name])

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The outline of every kept cell."""
        return outlines_of(self.small)

    @property
    def metadata(self) -> AliasedDict:
        """The session's metadata."""
        return from_json(self.facts["metadata"])

    @property
    def quality(self) -> tuple[Check, ...]:
        """The checks of the session, judged by today's thresholds."""
        return from_rows(self.facts["quality"])

    @property
    def measures(self) -> dict[str, float | None]:
        """The session's summary measures."""
        return dict(self.facts["measures"])

    @property
    def image_names(self) -> list[str]:
        """The images that were shown, sorted."""
        return list(self.facts["image_names"])

    @property
    def bounds(self) -> tuple[float, float]:
        """First and last time (s) of the stimulus clock."""
        first, last = self.facts["bounds"]
        return first, last
