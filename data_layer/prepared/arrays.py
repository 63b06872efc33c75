"""Arrays of a prepared store: read in parts; a missing chunk is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.abc.store import ByteRequest
from zarr.core.buffer import Buffer, BufferPrototype
from zarr.storage import FsspecStore, LocalStore, StorePath, WrapperStore

from data_layer.errors import StoreDamaged

T = TypeVar("T")
FORMAT = 3  # of Zarr


class CompleteStore(WrapperStore[Any]):
    """A Zarr store in which a missing chunk is an error.

    Zarr itself returns fill values for a missing chunk, which would look like data.
    """

    async def get(
        self, key: str, prototype: BufferPrototype, byte_range: ByteRequest | None = None
    ) -> Buffer | None:
        """The bytes of a key.

        Raises:
            FileNotFoundError: The key is not in the store.
        """
        found: Buffer | None = await self._store.get(key, prototype, byte_range)
        if found is None:
            raise FileNotFoundError(key)
        return found


def open_arrays(folder: str) -> CompleteStore:
    """Open the arrays of the store in ``folder``, a path or an fsspec URL."""
    inner: Any = FsspecStore.from_url if is_remote(folder) else LocalStore
    return CompleteStore(inner(f"{folder}/arrays", read_only=True))


def is_remote(folder: str) -> bool:
    """Whether a folder is a URL."""
    return "://" in folder


class StoredArray:
    """A Zarr array that is read with ``array[...]`` and raises ``StoreDamaged`` if that fails."""

    def __init__(self, folder: str, store: CompleteStore, name: str, metadata: Any) -> None:
        self._folder, self._name = folder, name
        if metadata.get("zarr_format") != FORMAT:
            # Arrays of format 2 may name a codec that unpickles what it reads.
            raise StoreDamaged(folder, f"{name}, which is no Zarr array of format {FORMAT}")
        self._array: Any = zarr.Array.from_dict(StorePath(store, name), metadata)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return tuple(self._array.shape)

    def __getitem__(self, where: Any) -> NDArray[Any]:
        return reading(self._folder, self._name, lambda: np.asarray(self._array[where]))


def reading(folder: str, what: str, read: Callable[[], T]) -> T:
    """Return ``read()``; any exception becomes ``StoreDamaged`` with ``what`` as the part."""
    try:
        return read()
    except FileNotFoundError as error:
        raise StoreDamaged(folder, f"{what}, of which a part is missing") from error
    except Exception as error:
        # Zarr, its codecs and Arrow each have exceptions of their own for a broken file.
        raise StoreDamaged(folder, f"{what}, which cannot be read") from error
