"""Reads a prepared store: arrays, tables and facts derived from one session.

The store has a label, Parquet tables, a pack of small arrays, and Zarr arrays in shards of one
file each, with a checksum in every chunk. A window reads only a few chunks. If the folder is a
URL, the store is read through fsspec, so it may be in object storage. Missing data and wrong
checksums raise an error; they never read as blank.
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
    """The prepared store of one session in ``folder`` (a path or a URL).

    Raises:
        StoreDamaged: From every method, if the data it reads are missing or broken.
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
        """The fingerprint of the NWB file that this store was built from."""
        return str(self.facts.get("fingerprint"))

    @property
    def built(self) -> str:
        """A random id of this build, which differs when the store is rebuilt."""
        return str(self.facts.get("built"))

    def has(self, name: str) -> bool:
        """Whether the store has a datum or an array of this name."""
        return any(name in self.facts[part] for part in ("headers", "arrays", "small"))

    def array(self, name: str) -> StoredArray:
        """An array, which can be read in parts."""
        return StoredArray(self.folder, self._arrays, name, self.facts["arrays"][name])

    def table(self, name: str) -> pd.DataFrame:
        """A table."""
        return reading(self.folder, name, lambda: self._table(name))

    def _table(self, name: str) -> pd.DataFrame:
        content = self._bytes(f"{name}.parquet")
        if checksum(content) != self.facts["tables"][name]:
            raise ValueError("the checksum differs")
        # pandas.read_parquet() goes through pyarrow's datasets, which take 50 ms to start.
        table: pd.DataFrame = ParquetFile(io.BytesIO(content)).read().to_pandas()
        return table

    def header(self, name: str) -> Any:
        """The header of a datum, as stored on the label."""
        return self.facts["headers"][name]

    def whole(self, name: str) -> NDArray[Any]:
        """A whole array, which is then cached in memory."""
        if name not in self._whole:
            self._whole[name] = self.array(name)[:]
        return self._whole[name]

    def rows(self, name: str, part: slice) -> NDArray[Any]:
        """Some rows of an array, from memory if :meth:`whole` has cached it."""
        known = self._whole.get(name)
        return self.array(name)[part] if known is None else known[part]

    @cached_property
    def small(self) -> dict[str, NDArray[Any]]:
        """All small arrays of the session by name."""
        return reading(self.folder, PACK, self._unpacked)

    def _unpacked(self) -> dict[str, NDArray[Any]]:
        content = self._bytes(PACK)
        if checksum(content) != self.facts["pack"]:
            raise ValueError("the checksum differs")
        return unpacked(content)
