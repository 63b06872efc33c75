"""A prepared store on disk: arrays, tables and facts of one session, ready to be drawn.

Zarr arrays in shards of one file each, so that a window touches few chunks, with a checksum in
every chunk; Parquet tables; a label. Read through fsspec where the folder is a URL, so that a
store may lie in object storage as well. Whatever is missing or fails its checksum is an error,
never a blank.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any

import pandas as pd
from fsspec.core import url_to_fs
from numpy.typing import NDArray
from pyarrow.parquet import ParquetFile

from data_layer.prepared.arrays import CompleteStore, StoredArray, open_arrays, reading
from data_layer.prepared.label import LABEL, PACK, checksum, read_label
from data_layer.prepared.pack import unpacked


class PreparedStore:
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
        self._whole: dict[str, NDArray[Any]] = {}

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
        """Whether a datum or an array of this name was prepared."""
        return any(name in self.facts[part] for part in ("headers", "arrays", "small"))

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

    def header(self, name: str) -> Any:
        """What the label says of a prepared datum."""
        return self.facts["headers"][name]

    def whole(self, name: str) -> NDArray[Any]:
        """A prepared array, whole, which stays in memory."""
        if name not in self._whole:
            self._whole[name] = self.array(name)[:]
        return self._whole[name]

    def rows(self, name: str, part: slice) -> NDArray[Any]:
        """Some rows of an array, from memory where it is there whole."""
        known = self._whole.get(name)
        return self.array(name)[part] if known is None else known[part]

    @cached_property
    def small(self) -> dict[str, NDArray[Any]]:
        """The small arrays of the session, all of them."""
        return reading(self.folder, PACK, self._unpacked)

    def _unpacked(self) -> dict[str, NDArray[Any]]:
        content = self._bytes(PACK)
        if checksum(content) != self.facts["pack"]:
            raise ValueError("the checksum differs")
        return unpacked(content)
