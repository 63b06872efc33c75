"""Writes the files of a prepared store: Zarr arrays, Parquet tables and, last, the label."""

from __future__ import annotations

import io
import json
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import zarr
from numpy.typing import NDArray
from zarr.codecs import Crc32cCodec, ZstdCodec

from data_layer.prepared.label import FORMAT, LABEL, PACK, checksum, label_of
from data_layer.prepared.pack import packed

# Recorded noise does not compress, and reading it compressed takes more than four times as long
# (docs/prepared_store.md). Both codecs add a checksum, by which a broken chunk is detected.
_PLAIN, _COMPRESSED = Crc32cCodec(), ZstdCodec(level=1, checksum=True)


class StoreWriter:
    """Writes a store into an empty ``folder``; it is valid only after :meth:`finish`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._group = zarr.create_group(folder / "arrays")
        self._arrays: dict[str, Any] = {}
        self._tables: dict[str, str] = {}
        self._small: dict[str, NDArray[Any]] = {}
        self._headers: dict[str, Any] = {}

    def has(self, name: str) -> bool:
        """Whether an array of this name was written."""
        return name in self._arrays

    def array(
        self, name: str, values: NDArray[Any], chunk: int | None = None, *, compress: bool = False
    ) -> None:
        """Write an array to one file with ``chunk`` rows per chunk (default: all rows)."""
        rows = max(min(chunk or len(values), len(values)), 1)
        shard = -(-len(values) // rows) * rows
        shards = (shard, *values.shape[1:]) if shard > rows else None
        chunks = rows, *values.shape[1:]
        with self.filling(
            name, values.shape, values.dtype, shards, chunks, compress=compress
        ) as array:
            array[:] = values

    @contextmanager
    def filling(
        self,
        name: str,
        shape: tuple[int, ...],
        dtype: Any,
        shards: tuple[int, ...] | None,
        chunks: tuple[int, ...],
        *,
        compress: bool = False,
    ) -> Iterator[Any]:
        """Create an array that the ``with`` block fills; if the block fails, it is removed."""
        array = self._group.create_array(
            name,
            shape=shape,
            dtype=dtype,
            shards=shards,
            chunks=chunks,
            compressors=(_COMPRESSED if compress else _PLAIN,),
            config={"write_empty_chunks": True},
        )
        folder = self._folder / "arrays" / name
        try:
            yield array
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._arrays[name] = json.loads((folder / "zarr.json").read_text())

    def table(self, name: str, table: pd.DataFrame) -> None:
        """Write a table with its index, its types and its ``attrs``."""
        buffer = io.BytesIO()
        # A plain DataFrame, because the session's own classes have aliases that Parquet cannot
        # store.
        plain = pd.DataFrame(table)
        plain.attrs = dict(table.attrs)
        plain.to_parquet(buffer)
        content = buffer.getvalue()
        (self._folder / f"{name}.parquet").write_bytes(content)
        self._tables[name] = checksum(content)

    def small(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Add arrays to the pack, which is read in one go."""
        self._small |= arrays

    def header(self, name: str, header: Any) -> None:
        """Set the header of a datum on the label; it must fit JSON."""
        self._headers[name] = header

    def finish(self, fingerprint: str, declared: Mapping[str, Any]) -> None:
        """Write the pack and then the label, which makes the store valid.

        Args:
            fingerprint: the state of the file that the store was made from.
            declared: what the code that builds it declares as prepared.
        """
        pack = packed(self._small)
        (self._folder / PACK).write_bytes(pack)
        facts = {
            "format": FORMAT,
            "declared": declared,
            "fingerprint": fingerprint,
            "built": uuid.uuid4().hex,
            "arrays": self._arrays,
            "tables": self._tables,
            "small": sorted(self._small),
            "pack": checksum(pack),
            "headers": self._headers,
        }
        (self._folder / LABEL).write_bytes(label_of(facts))
