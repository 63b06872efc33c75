"""A prepared store on disk: levels, tables and outlines of one session, ready to be drawn.

Zarr arrays in shards of one file each, so that a window touches few chunks, with a checksum in
every chunk; Parquet tables. Read through fsspec where the folder is a URL, so that a store may
lie in object storage as well. A chunk that is missing or fails its checksum is an error, never
a blank: Zarr alone would answer with fill values.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import zarr
from numpy.typing import NDArray
from zarr.abc.store import ByteRequest
from zarr.core.buffer import Buffer, BufferPrototype
from zarr.storage import FsspecStore, LocalStore, WrapperStore

from data_layer.errors import StoreDamaged
from data_layer.store.extremes import Extremes
from data_layer.store.matrix_levels import MatrixLevels
from data_layer.store.slices import Outline

T = TypeVar("T")
FORMAT = 1
"""The version of what is written here; a store of another version is built anew."""

METADATA_KEYS = ("zarr.json", ".zgroup", ".zarray", ".zattrs", ".zmetadata")


class CompleteStore(WrapperStore[Any]):
    """A Zarr store in which a chunk that is not there is an error."""

    async def get(
        self, key: str, prototype: BufferPrototype, byte_range: ByteRequest | None = None
    ) -> Buffer | None:
        """The bytes of a key, as the wrapped store gives them."""
        found: Buffer | None = await self._store.get(key, prototype, byte_range)
        if found is None and not key.endswith(METADATA_KEYS):
            raise FileNotFoundError(key)
        return found


class StoredArray:
    """A Zarr array whose failures are ours: ``array[...]`` reads, damage is ``StoreDamaged``."""

    def __init__(self, folder: str, array: Any) -> None:
        self._folder, self._array = folder, array

    @property
    def shape(self) -> tuple[int, ...]:
        """As of the array."""
        return tuple(self._array.shape)

    def __getitem__(self, where: Any) -> NDArray[Any]:
        return reading(self._folder, self._array.path, lambda: np.asarray(self._array[where]))


def reading(folder: str, what: str, read: Callable[[], T]) -> T:
    """What ``read`` returns; whatever it raises means that the store is damaged."""
    try:
        return read()
    except Exception as error:
        # Zarr, its codecs and Arrow each have exceptions of their own for a broken file.
        raise StoreDamaged(folder, f"{what} ({type(error).__name__}: {error})") from error


class LevelStore:
    """What was prepared from one session, under ``folder`` (a path or a URL).

    Raises:
        StoreDamaged: from every method, where what it needs is missing or broken.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._group: Any = reading(folder, "the store", self._open)
        self.facts: dict[str, Any] = dict(self._group.attrs)

    def _open(self) -> Any:
        remote = "://" in self.folder
        url = f"{self.folder}/arrays"
        inner: Any = (
            FsspecStore.from_url(url, read_only=True) if remote else LocalStore(url, read_only=True)
        )
        return zarr.open_group(CompleteStore(inner), mode="r")

    @property
    def fingerprint(self) -> str:
        """The state of the file that this was made from."""
        return str(self.facts.get("fingerprint"))

    def has(self, name: str) -> bool:
        """Whether an array or group was prepared."""
        return name in self.facts.get("contents", ())

    def array(self, name: str) -> StoredArray:
        """A prepared array, to be read in parts."""
        return StoredArray(self.folder, reading(self.folder, name, lambda: self._group[name]))

    def table(self, name: str) -> pd.DataFrame:
        """A prepared table, whole."""
        path = f"{self.folder}/{name}.parquet"
        return reading(self.folder, name, lambda: pd.read_parquet(path))

    def extremes(self, name: str) -> Extremes:
        """The extremes of a signal at all sizes, in memory."""
        rows = self.array(f"extremes/{name}")[:]
        offsets = self.facts["extremes"][name]
        starts = [*offsets.values(), len(rows)]
        return Extremes(
            {int(size): rows[starts[i] : starts[i + 1]] for i, size in enumerate(offsets)}
        )

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
    def outlines(self) -> tuple[Outline, ...]:
        """The outline of every kept cell."""
        return tuple(map(_outline, self.table("outlines").to_dict("records")))


def _outline(record: dict[Any, Any]) -> Outline:
    specimen = record["cell_specimen_id"]
    return Outline(
        cell_roi_id=int(record["cell_roi_id"]),
        cell_specimen_id=None if pd.isna(specimen) else int(specimen),
        x=np.asarray(record["x"]),
        y=np.asarray(record["y"]),
        centre=(float(record["centre_x"]), float(record["centre_y"])),
        area=int(record["area"]),
    )
